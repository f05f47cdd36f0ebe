package io.simpleim.service;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.Room;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.service.MessageLog.Pending;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores batches of messages and gives them their numbers. Owned by one writer thread of the {@link MessageLog}.
 *
 * <p>The store decides, never this node's memory: a number is the {@code _id} of {@code user_message}, and a message is
 * there once by its id. So, whoever dies and whenever, and however many nodes write to a room:
 *
 * <ul>
 *   <li>No number twice: the second insert of it is refused.
 *   <li>No hole: numbers are inserted in ascending order, after the last one that is in use, and the insert stops at
 *       the first refusal.
 *   <li>Sent once: a repeated send has the same message id, and the second entry of it in its room is refused. If the
 *       first try died between the two collections, the repeated one finds the text and gives it its number.
 *   <li>In order: after a refusal the rest of the batch is numbered again, all of it, in the order in which it came.
 * </ul>
 */
final class Numbering {
    /** Rooms whose last number is remembered. It is a guess that saves a query: a wrong one costs another try. */
    private static final int REMEMBERED_ROOMS = 10_000;

    /**
     * How often a message may lose its number to another node, each time after the last one had been looked up. Counted
     * anew for each message: a batch has many rooms, and may lose once in all of them.
     */
    private static final int MAX_TRIES = 100;

    private final MessageDao messages;
    private final UserMessageDao entries;
    private final RoomDao rooms;
    private final Map<String, Long> lastNumbers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_ROOMS;
        }
    };

    Numbering(MessageDao messages, UserMessageDao entries, RoomDao rooms) {
        this.messages = messages;
        this.entries = entries;
        this.rooms = rooms;
    }

    /** Stores a batch and settles every one of it, in ascending order of the numbers within each room. */
    void store(List<Pending> batch) {
        Map<String, Room.Head> heads = new HashMap<>();
        Batch results = new Batch(heads);
        List<Pending> contradicting = new ArrayList<>();
        try {
            List<Pending> toNumber = storeTexts(firstOfEach(batch, results, contradicting), results);
            number(toNumber, results);
            if (!heads.isEmpty()) {
                rooms.advance(heads);
            }
            results.settle();
        } catch (RuntimeException | Error e) {
            // Errors too: the writer has others to serve, and nobody else tells these senders. What has been stored and
            // what not is unknown, here as with the numbers.
            batch.forEach(pending -> lastNumbers.remove(pending.draft().roomId()));
            batch.forEach(pending -> pending.fail(e));
            return;
        }
        if (!contradicting.isEmpty()) {
            store(contradicting);
        }
    }

    /**
     * Sends of one id within a batch are one send: the first of them stands for all that say the same. Which of two
     * that contradict each other is right is for the store to say, once the first is settled.
     */
    private static List<Pending> firstOfEach(List<Pending> batch, Batch results, List<Pending> contradicting) {
        Map<String, Pending> firsts = new LinkedHashMap<>();
        for (Pending pending : batch) {
            MessageDraft draft = pending.draft();
            Pending first = firsts.putIfAbsent(draft.messageId(), pending);
            if (first == null) {
                continue;
            }
            if (first.draft().saysTheSame(draft.type(), draft.data())) {
                results.follow(first, pending);
            } else {
                contradicting.add(pending);
            }
        }
        return List.copyOf(firsts.values());
    }

    /** Stores what the messages say; gives those that have no number yet. */
    private List<Pending> storeTexts(List<Pending> sends, Batch results) {
        Set<String> known =
                messages.insertAll(sends.stream().map(Pending::draft).toList());
        if (known.isEmpty()) {
            return sends;
        }
        Map<String, MessageDao.Content> contents = messages.findAll(known);
        List<Pending> toNumber = new ArrayList<>();
        for (Pending send : sends) {
            MessageDraft draft = send.draft();
            MessageDao.Content content = contents.get(draft.messageId());
            if (content == null) {
                toNumber.add(send);
            } else if (!draft.saysTheSame(content.type(), content.data())) {
                results.refuse(send, Refused.because(ApiError.CONFLICT));
            } else if (!isAnsweredAlready(send, results)) {
                messages.confirm(draft.messageId());
                toNumber.add(send);
            }
        }
        return toNumber;
    }

    private void number(List<Pending> sends, Batch results) {
        List<Pending> rest = sends;
        int tries = 0;
        while (!rest.isEmpty()) {
            List<Entry> numbered = assign(rest);
            int stored = entries.insertInOrder(numbered);
            for (int i = 0; i < stored; i++) {
                results.stored(rest.get(i), numbered.get(i).seq());
                lastNumbers.put(numbered.get(i).roomId(), numbered.get(i).seq());
            }
            int before = rest.size();
            rest = stored == before ? List.of() : overcome(rest.subList(stored, before), results);
            tries = rest.size() < before ? 0 : tries + 1;
            if (tries == MAX_TRIES) {
                throw new StoreUnavailableException("no number could be had in " + MAX_TRIES + " tries");
            }
        }
    }

    private List<Entry> assign(List<Pending> sends) {
        Map<String, Long> next = new HashMap<>();
        List<Entry> numbered = new ArrayList<>(sends.size());
        for (Pending send : sends) {
            String roomId = send.draft().roomId();
            long last = Math.max(lastNumbers.getOrDefault(roomId, 0L), send.knownLast());
            long seq = next.merge(roomId, last + 1, (taken, first) -> taken + 1);
            numbered.add(Entry.of(send.draft(), seq));
        }
        return numbered;
    }

    /** The first of these was refused: either its number is taken, or the message has one already. */
    private List<Pending> overcome(List<Pending> rest, Batch results) {
        Pending refused = rest.get(0);
        if (isAnsweredAlready(refused, results)) {
            return rest.subList(1, rest.size());
        }
        String roomId = refused.draft().roomId();
        long known = Math.max(lastNumbers.getOrDefault(roomId, 0L), refused.knownLast());
        long last = entries.lastNumber(roomId, known);
        // Were the other's number rolled back after we have built on it, it would leave a hole.
        entries.confirm(roomId, last);
        lastNumbers.put(roomId, last);
        return rest;
    }

    private boolean isAnsweredAlready(Pending send, Batch results) {
        Optional<Entry> earlier =
                entries.findMessage(send.draft().roomId(), send.draft().messageId());
        earlier.ifPresent(entry -> {
            entries.confirm(entry.roomId(), entry.seq());
            results.repeated(send, entry);
        });
        return earlier.isPresent();
    }

    /** What has become of a batch so far; settled all at once, when the batch is safe. */
    private static final class Batch {
        private final Map<String, Room.Head> heads;
        private final List<Runnable> outcomes = new ArrayList<>();
        private final Map<Pending, List<Pending>> followers = new HashMap<>();

        Batch(Map<String, Room.Head> heads) {
            this.heads = heads;
        }

        void follow(Pending first, Pending follower) {
            followers.computeIfAbsent(first, key -> new ArrayList<>()).add(follower);
        }

        void stored(Pending send, long seq) {
            Message message = send.draft().numbered(seq);
            advance(message);
            outcomes.add(() -> send.succeed(message));
            answerFollowers(send, message);
        }

        void repeated(Pending send, Entry entry) {
            MessageDraft draft = send.draft();
            Message message = new Message(
                    draft.messageId(),
                    draft.roomId(),
                    entry.seq(),
                    draft.senderId(),
                    draft.type(),
                    draft.data(),
                    entry.createdAt());
            // The first try may have died before it could.
            advance(message);
            outcomes.add(() -> send.repeat(message));
            answerFollowers(send, message);
        }

        void refuse(Pending send, Refused reason) {
            outcomes.add(() -> send.fail(reason));
            for (Pending follower : followers.getOrDefault(send, List.of())) {
                outcomes.add(() -> follower.fail(reason));
            }
        }

        void settle() {
            outcomes.forEach(Runnable::run);
        }

        private void answerFollowers(Pending first, Message message) {
            for (Pending follower : followers.getOrDefault(first, List.of())) {
                outcomes.add(() -> follower.repeat(message));
            }
        }

        private void advance(Message message) {
            Room.Head head = new Room.Head(message.seq(), message.senderId(), message.messageId(), message.createdAt());
            heads.merge(message.roomId(), head, (some, other) -> some.seq() > other.seq() ? some : other);
        }
    }
}
