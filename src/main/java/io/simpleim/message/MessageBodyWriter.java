package io.simpleim.message;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.WriteOrder;
import java.util.List;
import java.util.Set;

/**
 * Stores message bodies without waiting until they are durable. The numbers are stored right after them with a durable
 * write, which makes the bodies durable too ({@link WriteOrder}). Owned by one writer thread.
 *
 * <ul>
 *   <li>No sender is answered before {@link #confirmDurable}. If the order of the writes is in doubt, that method
 *       stores the bodies again and waits.
 *   <li>A batch that fails halfway, or whose bodies could not be confirmed, may leave numbers without bodies if the store
 *       loses its latest writes. No sender was answered, but later numbers may follow those. So the bodies are kept
 *       here and stored durably before the next batch.
 *   <li>If this node dies before that, a number without a body remains. Its message was never answered, and readers skip
 *       it.
 * </ul>
 */
final class MessageBodyWriter {
    private final MessageDao messages;
    private final WriteOrder order;
    /** Bodies of the latest batch whose durability is not confirmed yet. */
    private List<MessageDraft> unconfirmed = List.of();
    /** Taken before the latest batch of bodies was stored. */
    private WriteOrder.Mark mark;

    MessageBodyWriter(MessageDao messages, WriteOrder order) {
        this.messages = messages;
        this.order = order;
        this.mark = order.mark();
    }

    /**
     * Stores the bodies of a batch.
     *
     * @return ids of the messages whose body was already stored; those bodies are left unchanged
     */
    Set<String> insert(List<MessageDraft> drafts) {
        if (!unconfirmed.isEmpty()) {
            messages.insertAll(unconfirmed);
        }
        // The new messages have no numbers yet: if their insert fails, nothing is in doubt.
        unconfirmed = List.of();
        mark = order.mark();
        Set<String> alreadyStored = mark.isUsable() ? messages.insertAllUnsafely(drafts) : messages.insertAll(drafts);
        unconfirmed = drafts;
        return alreadyStored;
    }

    /** Returns once the bodies are durable. The last write of this thread must have been a durable one. */
    void confirmDurable() {
        if (!order.coversSince(mark)) {
            messages.insertAll(unconfirmed);
        }
        unconfirmed = List.of();
    }
}
