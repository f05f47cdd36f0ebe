package io.simpleim.message;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives messages their numbers: inserts entries in order, stops at the first refusal, resolves it, and numbers the rest
 * again. Deals with entries and numbers only, not with message bodies. Owned by one writer thread.
 *
 * <p>The store decides, never this node's memory: a number is the {@code _id} of an entry, and the message id is unique
 * within the room. This holds for any number of nodes that write to a room, and if any of them dies:
 *
 * <ul>
 *   <li>No number twice: the store refuses the second insert of a number.
 *   <li>No hole: numbers are inserted in ascending order after the last one in use, and the insert stops at the first
 *       refusal.
 *   <li>Stored once: a repeated send has the same message id, so the store refuses its second entry.
 *   <li>In order: after a refusal all remaining sends get new numbers in their original order.
 * </ul>
 */
final class Numbering {
    /** Maximum attempts to number one message. After that, all sends to its room are refused. */
    private static final int MAX_ATTEMPTS = 100;

    private final UserMessageDao entries;
    private final LastNumbers lastNumbers;
    private final RepeatedSends repeats;

    Numbering(UserMessageDao entries, LastNumbers lastNumbers, RepeatedSends repeats) {
        this.entries = entries;
        this.lastNumbers = lastNumbers;
        this.repeats = repeats;
    }

    /** Numbers and settles sends to any rooms; keeps the given order within each room. */
    void number(List<PendingSend> sends, BatchOutcome outcome) {
        lastNumbers.load(sends);
        List<PendingSend> rest = sends;
        int attempts = 0;
        while (!rest.isEmpty()) {
            int before = rest.size();
            rest = insert(rest, outcome);
            // Counted per message, not per batch: each of the batch's rooms may lose a number to another node.
            attempts = rest.size() < before ? 0 : attempts + 1;
            if (attempts == MAX_ATTEMPTS) {
                rest = refuseFirstRoom(rest, outcome);
                attempts = 0;
            }
        }
    }

    /** Inserts up to the first refusal; returns the sends that still need a number. */
    private List<PendingSend> insert(List<PendingSend> sends, BatchOutcome outcome) {
        List<Entry> numbered = assignNumbers(sends);
        int stored = entries.insertInOrder(numbered);
        for (int i = 0; i < stored; i++) {
            Entry entry = numbered.get(i);
            outcome.addStored(sends.get(i), entry.seq());
            lastNumbers.set(entry.roomId(), entry.seq());
        }
        return stored == sends.size() ? List.of() : resolveConflict(sends.subList(stored, sends.size()), outcome);
    }

    private List<Entry> assignNumbers(List<PendingSend> sends) {
        Map<String, Long> assigned = new HashMap<>();
        List<Entry> numbered = new ArrayList<>(sends.size());
        for (PendingSend send : sends) {
            long next = lastNumbers.lastKnown(send) + 1;
            long seq = assigned.merge(send.roomId(), next, (last, first) -> last + 1);
            numbered.add(Entry.of(send.draft(), seq));
        }
        return numbered;
    }

    /** Handles the refusal of the first send: its message already has a number, or another node took this one. */
    private List<PendingSend> resolveConflict(List<PendingSend> rest, BatchOutcome outcome) {
        PendingSend refused = rest.get(0);
        if (repeats.settle(refused, outcome)) {
            return rest.subList(1, rest.size());
        }
        lastNumbers.refresh(refused);
        return rest;
    }

    /** Refuses all sends to the first send's room; returns the others. */
    private static List<PendingSend> refuseFirstRoom(List<PendingSend> rest, BatchOutcome outcome) {
        String roomId = rest.get(0).roomId();
        List<PendingSend> others = new ArrayList<>();
        for (PendingSend send : rest) {
            if (send.roomId().equals(roomId)) {
                outcome.addRefused(
                        send,
                        new StoreUnavailableException("no free number was found in " + MAX_ATTEMPTS + " attempts"));
            } else {
                others.add(send);
            }
        }
        return others;
    }
}
