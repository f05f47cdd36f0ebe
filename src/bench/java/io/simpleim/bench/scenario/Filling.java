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
 * What years of use leave behind, written past the server: rooms of two with their members, lists and messages, as the
 * server writes them.
 */
final class Filling implements AutoCloseable {
    /** Single documents wait for the disk together. */
    private static final int THREADS = 24;

    /** Messages, or rooms, that are written together. */
    private static final int BATCH = 500;

    private static final long CREATED_AT = 1_790_000_000;

    private final MongoStore store;
    private final MessageDao messages;
    private final UserMessageDao entries;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao lists;
    private final ExecutorService executor;
    private final List<Future<?>> underWay = new ArrayList<>();

    Filling(MongoStore store) {
        this.store = store;
        messages = new MessageDao(store);
        entries = new UserMessageDao(store);
        rooms = new RoomDao(store);
        memberships = new UserRoomDao(store);
        lists = new ChatLogDao(store);
        AtomicInteger threads = new AtomicInteger();
        executor = Executors.newFixedThreadPool(
                THREADS, task -> new Thread(task, "bench-filling-" + threads.incrementAndGet()));
    }

    /** Two users who have talked. */
    record Pair(String userId, String peerId) {
        String roomId() {
            return ServerId.ofPair(userId, peerId);
        }
    }

    /** Writes pairs with that many messages each, in the background. */
    void talk(List<Pair> pairs, int messagesEach) {
        int together = Math.max(1, BATCH / messagesEach);
        for (int from = 0; from < pairs.size(); from += together) {
            List<Pair> some = pairs.subList(from, Math.min(pairs.size(), from + together));
            underWay.add(executor.submit(() -> write(some, messagesEach)));
        }
    }

    boolean isDone() {
        return underWay.stream().allMatch(Future::isDone);
    }

    /** Returns when all is written. */
    void await() throws InterruptedException, ExecutionException {
        for (Future<?> future : underWay) {
            future.get();
        }
        underWay.clear();
    }

    private void write(List<Pair> pairs, int messagesEach) {
        List<ConversationEntry> places = new ArrayList<>();
        for (Pair pair : pairs) {
            for (String userId : List.of(pair.userId(), pair.peerId())) {
                places.add(
                        new ConversationEntry(userId, pair.roomId(), RoomType.SINGLE, 1000 * CREATED_AT, messagesEach));
                memberships.insert(new Member(userId, pair.roomId(), 1000 * CREATED_AT));
            }
        }
        lists.advance(places);
        List<MessageDraft> last = writeMessages(pairs, messagesEach);
        for (int i = 0; i < pairs.size(); i++) {
            rooms.insert(room(pairs.get(i), messagesEach, last.get(i)));
        }
    }

    /** Gives the last one of each pair. */
    private List<MessageDraft> writeMessages(List<Pair> pairs, int messagesEach) {
        List<MessageDraft> last = new ArrayList<>();
        List<MessageDraft> drafts = new ArrayList<>();
        List<UserMessageDao.Entry> numbered = new ArrayList<>();
        for (Pair pair : pairs) {
            for (int seq = 1; seq <= messagesEach; seq++) {
                MessageDraft draft = new MessageDraft(
                        ServerId.random(), pair.roomId(), pair.userId(), 1, Context.TEXT + seq, CREATED_AT);
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
