package io.simpleim.conversation;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What has happened in rooms, by room and by user. Not thread-safe: its owner locks it.
 *
 * <p>Noting a message costs the same whatever its room: the users of a room of a few are listed, those of a larger one are
 * looked up in its members by whoever asks for a user. Many rooms of a few may be busy at once, but not many large ones.
 */
final class PendingActivity {
    private static final int FEW = 8;

    private final Map<String, Touched> small = new HashMap<>();
    private final Map<String, List<Touched>> smallOfUser = new HashMap<>();
    private final Map<String, Touched> large = new HashMap<>();

    /** What has happened in one room. */
    static final class Touched {
        private final String roomId;
        private final int roomType;
        private Set<String> members;
        private long atMillis;
        private final Map<String, Long> read = new HashMap<>(2);

        private Touched(String roomId, int roomType, Set<String> members) {
            this.roomId = roomId;
            this.roomType = roomType;
            this.members = members;
        }

        String roomId() {
            return roomId;
        }

        Set<String> members() {
            return members;
        }

        private ConversationEntry entryOf(String userId) {
            return new ConversationEntry(userId, roomId, roomType, atMillis, read.getOrDefault(userId, 0L));
        }

        private void include(Touched earlier) {
            atMillis = Math.max(atMillis, earlier.atMillis);
            earlier.read.forEach((userId, seq) -> read.merge(userId, seq, Math::max));
        }
    }

    /** Notes a message. Who sends into a room has read it up to there. */
    void touch(Message message, int roomType, Set<String> members, long nowMillis) {
        Touched touched = of(message.roomId(), roomType, members);
        if (members.size() > FEW) {
            touched.members = members;
        }
        touched.atMillis = Math.max(touched.atMillis, nowMillis);
        touched.read.merge(message.senderId(), message.seq(), Math::max);
    }

    private Touched of(String roomId, int roomType, Set<String> members) {
        if (members.size() > FEW) {
            return large.computeIfAbsent(roomId, id -> new Touched(id, roomType, members));
        }
        Touched known = small.get(roomId);
        // Those who are listed stay the members of what is gathered: others begin a new one.
        if (known == null || !known.members.equals(members)) {
            Touched touched = new Touched(roomId, roomType, members);
            if (known != null) {
                touched.include(known);
                unlist(known);
            }
            small.put(roomId, touched);
            members.forEach(userId -> smallOfUser
                    .computeIfAbsent(userId, user -> new ArrayList<>(2))
                    .add(touched));
            return touched;
        }
        return known;
    }

    private void unlist(Touched touched) {
        touched.members.forEach(userId -> {
            List<Touched> listed = smallOfUser.get(userId);
            if (listed != null) {
                listed.remove(touched);
            }
        });
    }

    /** Adds one user's entries to a list. */
    void collect(String userId, List<ConversationEntry> found) {
        smallOfUser.getOrDefault(userId, List.of()).forEach(touched -> found.add(touched.entryOf(userId)));
        for (Touched touched : large.values()) {
            if (touched.members.contains(userId)) {
                found.add(touched.entryOf(userId));
            }
        }
    }

    /** How far senders have read one room, by user. */
    Map<String, Long> readIn(String roomId) {
        Touched touched = small.getOrDefault(roomId, large.get(roomId));
        return touched == null ? Map.of() : touched.read;
    }

    /** Takes in what is gathered elsewhere; of the members, those that are known here are newer. */
    void include(PendingActivity earlier) {
        earlier.small.values().forEach(this::include);
        earlier.large.values().forEach(this::include);
    }

    void include(Touched earlier) {
        Touched known = small.getOrDefault(earlier.roomId, large.get(earlier.roomId));
        if (known == null) {
            known = of(earlier.roomId, earlier.roomType, earlier.members);
        }
        known.include(earlier);
    }

    /** Takes the large rooms out that are to be left for later. */
    List<Touched> takeLarge(Predicate<Touched> isForLater) {
        List<Touched> taken = new ArrayList<>();
        large.values().removeIf(touched -> isForLater.test(touched) && taken.add(touched));
        return taken;
    }

    /** The large rooms. */
    Collection<Touched> large() {
        return large.values();
    }

    /** An entry for each member of each room. */
    List<ConversationEntry> entries() {
        List<ConversationEntry> entries = new ArrayList<>();
        small.values().forEach(touched -> addEntries(touched, entries));
        large.values().forEach(touched -> addEntries(touched, entries));
        return entries;
    }

    private static void addEntries(Touched touched, List<ConversationEntry> entries) {
        touched.members.forEach(userId -> entries.add(touched.entryOf(userId)));
    }
}
