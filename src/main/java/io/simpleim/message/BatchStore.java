package io.simpleim.message;

import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.WriteOrder;
import java.util.List;
import java.util.Set;

/**
 * Stores a batch of sends, bodies first and numbers second, and settles each of them. A batch waits for durability only
 * once, because durable numbers make the bodies durable too ({@link MessageBodyWriter}). Owned by one writer thread.
 *
 * <p>If a node dies between the two writes, the client repeats the send, which finds the body and gives it a number.
 */
final class BatchStore {
    private final RoomHeads heads;
    private final MessageBodyWriter bodies;
    private final RepeatedSends repeats;
    private final LastNumbers lastNumbers;
    private final Numbering numbering;

    BatchStore(MessageDao messages, UserMessageDao entries, RoomHeads heads, WriteOrder order) {
        this.heads = heads;
        this.bodies = new MessageBodyWriter(messages, order);
        this.repeats = new RepeatedSends(messages, entries);
        this.lastNumbers = new LastNumbers(entries, heads);
        this.numbering = new Numbering(entries, lastNumbers, repeats);
    }

    /** Stores and settles a batch, within each room in ascending order of the numbers. */
    void store(List<PendingSend> batch) {
        RepeatedSends.Distinct distinct = RepeatedSends.distinct(batch);
        List<PendingSend> conflicting = distinct.conflicting();
        if (store(distinct.sends(), batch) && !conflicting.isEmpty()) {
            // The sends that they conflict with are settled now, so the stored content decides.
            store(conflicting, conflicting);
        }
    }

    /**
     * Stores and settles sends. Each id is unique among them or already in the store.
     *
     * @param all {@code sends} and those that fail together with them
     * @return false if they failed
     */
    private boolean store(List<PendingSend> sends, List<PendingSend> all) {
        BatchOutcome outcome = new BatchOutcome(heads, sends.size());
        try {
            Set<String> storedIds =
                    bodies.insert(sends.stream().map(PendingSend::draft).toList());
            numbering.number(storedIds.isEmpty() ? sends : repeats.settle(sends, storedIds, outcome), outcome);
            bodies.confirmDurable();
        } catch (RuntimeException | Error e) {
            // Errors too: the writer must continue, and only this method answers these senders.
            fail(all, outcome, e);
            return false;
        }
        outcome.complete();
        return true;
    }

    private void fail(List<PendingSend> sends, BatchOutcome outcome, Throwable reason) {
        // It is unknown what was stored, so the numbers in use are unknown too.
        sends.forEach(send -> lastNumbers.forget(send.roomId()));
        sends.forEach(send -> send.fail(reason));
        // The members must get the messages that are stored, even if no sender ever repeats the send.
        outcome.notifyListeners();
    }
}
