package io.simpleim.message;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.store.mongo.WriteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores batches of messages and gives them their numbers. Owned by one writer thread of the {@link MessageLog}.
 *
 * <p>One wait for a batch: the texts are written before the numbers, and are as safe as these are ({@link MessageBodyWriter}).
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
    private static final int REMEMBERED_ROOMS = 50_000;

    /**
     * How often a message may lose its number to another node, each time after the last one had been looked up. Counted
     * anew for each message: a batch has many rooms, and may lose once in all of them.
     */
    private static final int MAX_TRIES = 100;

    private final MessageDao messages;
    private final UserMessageDao entries;
    private final RoomHeads heads;
    private final MessageBodyWriter texts;

    private final Map<String, Long> lastNumbers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_ROOMS;
        }
    };

    Numbering(MessageDao messages, UserMessageDao entries, RoomHeads heads, WriteOrder order) {
        this.messages = messages;
        this.entries = entries;
        this.heads = heads;
        this.texts = new MessageBodyWriter(messages, order);
    }

    /** Stores a batch and settles every one of it, in ascending order of the numbers within each room. */
    void store(List<PendingSend> batch) {
        List<PendingSend> contradicting = new ArrayList<>();
        if (settle(firstOfEach(batch, contradicting), batch) && !contradicting.isEmpty()) {
            // They contradict one that has been settled: which of them is right is for the store to say.
            settle(contradicting, contradicting);
        }
    }

    /**
     * Settles sends; false if they have failed.
     *
     * @param all these, and those that fail with them
     */
    private boolean settle(List<PendingSend> sends, List<PendingSend> all) {
        BatchOutcome results = new BatchOutcome(heads, sends.size());
        try {
            Set<String> known =
                    texts.insert(sends.stream().map(PendingSend::draft).toList());
            number(known.isEmpty() ? sends : withoutNumber(sends, known, results), results);
            texts.makeSure();
        } catch (RuntimeException | Error e) {
            fail(all, results, e);
            return false;
        }
        results.settle();
        return true;
    }

    /** Errors too: the writer has others to serve, and nobody else tells these senders. */
    private void fail(List<PendingSend> batch, BatchOutcome results, Throwable reason) {
        // What has been stored and what not is unknown, here as with the numbers.
        batch.forEach(pending -> lastNumbers.remove(pending.draft().roomId()));
        batch.forEach(pending -> pending.fail(reason));
        // A sender who tries again is answered as a repeat, which is not pushed: now or never.
        results.announceStored();
    }

    /** Sends of one id within a batch are one send: the first of them stands for all that say the same. */
    private static List<PendingSend> firstOfEach(List<PendingSend> batch, List<PendingSend> contradicting) {
        Map<String, PendingSend> firsts = new LinkedHashMap<>();
        for (PendingSend pending : batch) {
            MessageDraft draft = pending.draft();
            PendingSend first = firsts.putIfAbsent(draft.messageId(), pending);
            if (first == null) {
                continue;
            }
            if (first.draft().saysTheSame(draft.type(), draft.data())) {
                first.leads(pending);
            } else {
                contradicting.add(pending);
            }
        }
        return List.copyOf(firsts.values());
    }

    /** Settles those that repeat an earlier send, and gives those that have no number yet, in their order. */
    private List<PendingSend> withoutNumber(List<PendingSend> sends, Set<String> known, BatchOutcome results) {
        Map<String, MessageDao.Content> contents = messages.findAll(known);
        List<PendingSend> repeats = new ArrayList<>();
        for (PendingSend send : sends) {
            MessageDao.Content content = contents.get(send.draft().messageId());
            if (content != null && !send.draft().saysTheSame(content.type(), content.data())) {
                results.refuse(send, RequestRejected.because(ApiError.CONFLICT));
            } else if (content != null) {
                repeats.add(send);
            }
        }
        Map<String, Entry> placed = entries.findMessages(idsByRoom(repeats));
        entries.confirm(placed.values());
        messages.confirm(contents.keySet());
        repeats.forEach(send -> {
            Entry entry = placed.get(send.draft().messageId());
            if (entry != null) {
                results.repeated(send, entry);
            }
        });
        return sends.stream().filter(send -> !send.isSettled()).toList();
    }

    private static Map<String, List<String>> idsByRoom(List<PendingSend> sends) {
        Map<String, List<String>> ids = new HashMap<>();
        sends.forEach(send -> ids.computeIfAbsent(send.draft().roomId(), room -> new ArrayList<>())
                .add(send.draft().messageId()));
        return ids;
    }

    private void number(List<PendingSend> sends, BatchOutcome results) {
        List<PendingSend> rest = sends;
        int tries = 0;
        learn(sends);
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
                rest = giveUp(rest, results);
                tries = 0;
            }
        }
    }

    /** The room of the first of these cannot be written to; the others need not suffer for it. */
    private static List<PendingSend> giveUp(List<PendingSend> rest, BatchOutcome results) {
        String roomId = rest.get(0).draft().roomId();
        List<PendingSend> others = new ArrayList<>();
        for (PendingSend send : rest) {
            if (send.draft().roomId().equals(roomId)) {
                results.refuse(
                        send, new StoreUnavailableException("no number could be had in " + MAX_TRIES + " tries"));
            } else {
                others.add(send);
            }
        }
        return others;
    }

    /** Learns of rooms of which nobody knows how far they have got: of all with one question. */
    private void learn(List<PendingSend> sends) {
        Set<String> unknown = new HashSet<>();
        for (PendingSend send : sends) {
            String roomId = send.draft().roomId();
            if (send.knownLast() == 0 && !lastNumbers.containsKey(roomId)) {
                unknown.add(roomId);
            }
        }
        if (!unknown.isEmpty()) {
            lastNumbers.putAll(heads.notedSeqs(unknown));
        }
    }

    private List<Entry> assign(List<PendingSend> sends) {
        Map<String, Long> next = new HashMap<>();
        List<Entry> numbered = new ArrayList<>(sends.size());
        for (PendingSend send : sends) {
            String roomId = send.draft().roomId();
            long last = Math.max(lastNumbers.getOrDefault(roomId, 0L), send.knownLast());
            long seq = next.merge(roomId, last + 1, (taken, first) -> taken + 1);
            numbered.add(Entry.of(send.draft(), seq));
        }
        return numbered;
    }

    /** The first of these was refused: either its number is taken, or the message has one already. */
    private List<PendingSend> overcome(List<PendingSend> rest, BatchOutcome results) {
        PendingSend refused = rest.get(0);
        if (isAnsweredAlready(refused, results)) {
            return rest.subList(1, rest.size());
        }
        String roomId = refused.draft().roomId();
        long known = Math.max(lastNumbers.getOrDefault(roomId, 0L), refused.knownLast());
        long last = entries.lastNumber(roomId, known);
        // Were the other's number rolled back after we have built on it, it would leave a hole.
        entries.confirmNumber(roomId, last);
        lastNumbers.put(roomId, last);
        return rest;
    }

    private boolean isAnsweredAlready(PendingSend send, BatchOutcome results) {
        MessageDraft draft = send.draft();
        Entry earlier = entries.findMessages(Map.of(draft.roomId(), List.of(draft.messageId())))
                .get(draft.messageId());
        if (earlier == null) {
            return false;
        }
        entries.confirm(List.of(earlier));
        results.repeated(send, earlier);
        return true;
    }
}
