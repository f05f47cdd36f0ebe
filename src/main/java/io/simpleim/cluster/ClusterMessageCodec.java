package io.simpleim.cluster;

import io.simpleim.json.Json;
import io.simpleim.push.Frame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * News as they stand in a stream: for each a line of JSON that says what it is, and for a push another one that is sent to
 * clients as it is. Members and kinds that are not known are passed over: a newer version may have told of them.
 */
final class ClusterMessageCodec {
    private ClusterMessageCodec() {}

    /** What was read, with what the teller said of the message before it. */
    record Read(ClusterMessage news, boolean isNext) {}

    /** @param isNext whether the message before it has been told of too; of no meaning for all else */
    static String write(ClusterMessage news, boolean isNext) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (news instanceof ClusterMessage.SessionEnded ended) {
            header.put("ended", ended.sessionId());
            return Json.write(header) + "\n";
        }
        if (news instanceof ClusterMessage.Acknowledges first) {
            header.put("acks", first.userId());
            return Json.write(header) + "\n";
        }
        if (news instanceof ClusterMessage.LookBack lookBack) {
            header.put("since", lookBack.since());
            return Json.write(header) + "\n";
        }
        ClusterMessage.Push push = (ClusterMessage.Push) news;
        header.put("room", push.roomId());
        if (push.audience().isRoom()) {
            header.put("version", push.audience().membersVersion());
            if (!push.audience().except().isEmpty()) {
                header.put("except", push.audience().except());
            }
        } else {
            header.put("to", push.audience().userIds());
        }
        if (!push.ownSession().isEmpty()) {
            header.put("own", push.ownSession());
        }
        ClusterMessage.Numbered message = push.message();
        if (message != null) {
            header.put("seq", message.seq());
            header.put("from", message.senderId());
            header.put(message.isAgain() ? "again" : "next", message.isAgain() || isNext);
        }
        return Json.write(header) + "\n" + push.frame().text() + "\n";
    }

    /** Reads what was written one after the other. */
    static List<Read> read(String text) {
        List<Read> all = new ArrayList<>();
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            Map<String, @Nullable Object> header = Json.readObject(lines.next());
            if (header.get("ended") instanceof String sessionId) {
                all.add(new Read(new ClusterMessage.SessionEnded(sessionId), false));
            } else if (header.get("acks") instanceof String userId) {
                all.add(new Read(new ClusterMessage.Acknowledges(userId), false));
            } else if (header.get("since") instanceof Number since) {
                all.add(new Read(new ClusterMessage.LookBack(since.longValue()), false));
            } else if (header.get("room") instanceof String roomId && lines.hasNext()) {
                all.add(new Read(push(roomId, header, lines.next()), Boolean.TRUE.equals(header.get("next"))));
            }
        }
        return all;
    }

    private static ClusterMessage.Push push(String roomId, Map<String, @Nullable Object> header, String text) {
        long seq = header.get("seq") instanceof Number number ? number.longValue() : 0;
        ClusterMessage.Numbered message =
                seq == 0 ? null : new ClusterMessage.Numbered(seq, text(header, "from"), header.containsKey("again"));
        Frame frame = seq == 0 ? Frame.ofText(text) : Frame.ofEncoded(text, roomId, seq);
        return new ClusterMessage.Push(roomId, audience(header), text(header, "own"), frame, message);
    }

    private static ClusterMessage.Audience audience(Map<String, @Nullable Object> header) {
        List<String> userIds = new ArrayList<>();
        if (header.get("to") instanceof List<?> named) {
            named.forEach(userId -> userIds.add(String.valueOf(userId)));
        }
        long version = header.get("version") instanceof Number number ? number.longValue() : 0;
        return new ClusterMessage.Audience(userIds, version, text(header, "except"));
    }

    private static String text(Map<String, @Nullable Object> header, String name) {
        return header.get(name) instanceof String text ? text : "";
    }
}
