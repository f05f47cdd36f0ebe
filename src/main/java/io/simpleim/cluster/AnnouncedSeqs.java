package io.simpleim.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/** Of each room, the last message that others were told of. Not thread-safe. */
final class AnnouncedSeqs {
    private static final int REMEMBERED_ROOMS = 50_000;

    private final Map<String, Long> lastByRoom = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_ROOMS;
        }
    };

    /**
     * Takes note of news, and says whether all nodes that they concern have been told of the message before, or did not
     * concern themselves with it then. Of no meaning but for a message.
     */
    boolean isNext(ClusterMessage news) {
        if (!(news instanceof ClusterMessage.Push push) || push.message() == null) {
            return false;
        }
        long seq = push.message().seq();
        Long last = lastByRoom.get(push.roomId());
        // One that is told again is looked for before it is pushed: what comes next does not begin behind it.
        if (!push.message().isAgain()) {
            lastByRoom.put(push.roomId(), seq);
        }
        return last != null && last == seq - 1;
    }

    /** Some may not have been told, or somebody else has come. */
    void forgetAll() {
        lastByRoom.clear();
    }
}
