package io.simpleim.conversation;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Cursor;
import io.simpleim.model.CursorMove;
import io.simpleim.store.mongo.ChatLogDao;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current conversation entries, cursors and read positions: the data pending on this node merged with the stored data.
 * Thread-safe.
 *
 * <p>Every method follows one rule: it reads the pending data first and the store second. Data that is flushed in between is
 * found twice, and merging takes the newer value. In the opposite order it could be missed.
 */
public final class ConversationState {
    private final ChatLogDao chatLog;
    private final Activity activity;
    private final Cursors cursors;

    public ConversationState(ChatLogDao chatLog, Activity activity, Cursors cursors) {
        this.chatLog = chatLog;
        this.activity = activity;
        this.cursors = cursors;
    }

    /**
     * A user's conversations with the latest activity, with their read positions.
     *
     * @param roomType {@link ConversationIndex#ALL_TYPES} or one of {@link io.simpleim.model.RoomType}
     * @param depth number of conversations from the first one on whose order is exact; later ones may be missing
     */
    ConversationIndex latest(String userId, int roomType, int depth) {
        Map<String, Long> readSeqs = cursors.pendingReadSeqs(userId);
        List<ConversationEntry> pending = activity.pendingEntries(userId);
        List<ConversationEntry> stored = roomType == ConversationIndex.ALL_TYPES
                ? chatLog.latest(userId, depth)
                : chatLog.latest(userId, roomType, depth);
        ConversationIndex index = new ConversationIndex(stored);
        pending.forEach(index::apply);
        readSeqs.forEach(index::raiseReadSeq);
        return index;
    }

    /** All stored conversations of a user. Call {@link #refresh} before use, since pending data is missing. */
    ConversationIndex load(String userId) {
        List<ConversationEntry> entries = new ArrayList<>();
        chatLog.forEachActiveSince(userId, 0, entries::add);
        return new ConversationIndex(entries);
    }

    /**
     * Brings the order of an index up to date; read positions of other entries may stay behind.
     *
     * @param sinceMillis Unix milliseconds from which the store is read
     */
    void refresh(ConversationIndex index, String userId, long sinceMillis) {
        List<ConversationEntry> pending = activity.pendingEntries(userId);
        chatLog.forEachActiveSince(userId, sinceMillis, index::apply);
        pending.forEach(index::apply);
    }

    /** A user's read positions in at least these rooms, by room id; rooms without an entry are left out. */
    Map<String, Long> readSeqsOfRooms(String userId, Collection<String> roomIds) {
        Map<String, Long> readSeqs = cursors.pendingReadSeqs(userId);
        activity.pendingEntries(userId).forEach(entry -> readSeqs.merge(entry.roomId(), entry.readSeq(), Math::max));
        chatLog.findAll(userId, roomIds).forEach((roomId, entry) -> readSeqs.merge(roomId, entry.readSeq(), Math::max));
        return readSeqs;
    }

    /** The read positions of at least these users in one room, by user id; users without an entry are left out. */
    Map<String, Long> readSeqsOfUsers(String roomId, Collection<String> userIds) {
        Map<String, Long> readSeqs = activity.pendingReadSeqs(roomId);
        cursors.pendingReadSeqs(roomId, userIds).forEach((userId, seq) -> readSeqs.merge(userId, seq, Math::max));
        chatLog.readSeqs(roomId, userIds).forEach((userId, seq) -> readSeqs.merge(userId, seq, Math::max));
        return readSeqs;
    }

    /** All cursors of a user, latest activity first. */
    List<Cursor> cursors(String userId) {
        Map<String, CursorMove> pending = cursors.pendingMoves(userId);
        List<Cursor> all = new ArrayList<>();
        chatLog.forEachCursor(userId, stored -> all.add(moved(stored, pending.get(stored.roomId()))));
        all.sort(Comparator.comparingLong(Cursor::activeAtMillis).reversed());
        return all;
    }

    private static Cursor moved(Cursor stored, @Nullable CursorMove move) {
        return move == null
                ? stored
                : new Cursor(stored.roomId(), stored.activeAtMillis(), move.ackedFrom(stored.ackSeq()));
    }
}
