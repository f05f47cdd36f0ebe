package io.simpleim.bench.scenario;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Member;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the data of years of use directly to the store: direct conversations with their members, list entries and
 * messages, in the server's format. Used by one thread.
 */
final class HistoryWriter implements AutoCloseable {
    /** Many, so that writes of single documents share a commit. */
    private static final int THREADS = 24;

    /** Messages or rooms per batch. */
    private static final int BATCH = 500;

    private static final long CREATED_AT = 1_790_000_000;

    private final MongoStore store;
    private final MessageDao messages;
    private final UserMessageDao entries;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao lists;
    private final ExecutorService executor;
    private final List<Future<?>> pending = new ArrayList<>();

    HistoryWriter(MongoStore store) {
        this.store = store;
        messages = new MessageDao(store);
        entries = new UserMessageDao(store);
        rooms = new RoomDao(store);
        memberships = new UserRoomDao(store);
        lists = new ChatLogDao(store);
        AtomicInteger threads = new AtomicInteger();
        executor = Executors.newFixedThreadPool(
                THREADS, task -> new Thread(task, "bench-history-" + threads.incrementAndGet()));
    }

    /** Two users with a conversation. */
    record Pair(String userId, String peerId) {
        String roomId() {
            return ServerId.ofPair(userId, peerId);
        }
    }

    /** Writes conversations with this many messages each, in the background. */
    void addConversations(List<Pair> pairs, int messagesEach) {
        int together = Math.max(1, BATCH / messagesEach);
        for (int from = 0; from < pairs.size(); from += together) {
            List<Pair> some = pairs.subList(from, Math.min(pairs.size(), from + together));
            pending.add(executor.submit(() -> write(some, messagesEach)));
        }
    }

    boolean isDone() {
        return pending.stream().allMatch(Future::isDone);
    }

    /** Waits until all is written. */
    void await() throws InterruptedException, ExecutionException {
        for (Future<?> future : pending) {
            future.get();
        }
        pending.clear();
    }

    private void write(List<Pair> pairs, int messagesEach) {
        List<ConversationEntry> listEntries = new ArrayList<>();
        for (Pair pair : pairs) {
            for (String userId : List.of(pair.userId(), pair.peerId())) {
                listEntries.add(
                        new ConversationEntry(userId, pair.roomId(), RoomType.SINGLE, 1000 * CREATED_AT, messagesEach));
                memberships.insert(new Member(userId, pair.roomId(), 1000 * CREATED_AT));
            }
        }
        lists.advance(listEntries);
        List<MessageDraft> last = writeMessages(pairs, messagesEach);
        for (int i = 0; i < pairs.size(); i++) {
            rooms.insert(room(pairs.get(i), messagesEach, last.get(i)));
        }
    }

    /** Returns the last message of each pair. */
    private List<MessageDraft> writeMessages(List<Pair> pairs, int messagesEach) {
        List<MessageDraft> last = new ArrayList<>();
        List<MessageDraft> drafts = new ArrayList<>();
        List<UserMessageDao.Entry> numbered = new ArrayList<>();
        for (Pair pair : pairs) {
            for (int seq = 1; seq <= messagesEach; seq++) {
                MessageDraft draft = new MessageDraft(
                        ServerId.random(), pair.roomId(), pair.userId(), 1, ScenarioContext.TEXT + seq, CREATED_AT);
                drafts.add(draft);
                numbered.add(UserMessageDao.Entry.of(draft, seq));
                if (seq == messagesEach) {
                    last.add(draft);
                }
                if (drafts.size() == BATCH) {
                    flush(drafts, numbered);
                }
            }
        }
        flush(drafts, numbered);
        return last;
    }

    private void flush(List<MessageDraft> drafts, List<UserMessageDao.Entry> numbered) {
        if (!drafts.isEmpty()) {
            messages.insertAll(drafts);
            entries.insertInOrder(numbered);
            drafts.clear();
            numbered.clear();
        }
    }

    private static Room room(Pair pair, int messagesEach, MessageDraft last) {
        Room.Head head = new Room.Head(messagesEach, last.senderId(), last.messageId(), CREATED_AT);
        return new Room(
                pair.roomId(),
                RoomType.SINGLE,
                RoomStatus.OPEN,
                "",
                List.of(pair.userId(), pair.peerId()),
                2,
                1,
                "",
                head,
                CREATED_AT);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        store.close();
    }
}
