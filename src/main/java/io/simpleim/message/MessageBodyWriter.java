package io.simpleim.message;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.WriteOrder;
import java.util.List;
import java.util.Set;

/**
 * Stores message bodies without waiting until they are durable. The numbers are written right after them, are waited for,
 * and make the bodies durable too ({@link WriteOrder}). Owned by one writer thread.
 *
 * <ul>
 *   <li>No sender is answered before {@link #confirmDurable}. If the order of the writes is in doubt, it stores the bodies
 *       again and waits.
 *   <li>A batch that fails halfway, or whose bodies could not be confirmed, may leave numbers without bodies if the store
 *       loses its latest writes. No sender was answered, but others may build on those numbers. So the bodies are kept
 *       here, and are stored durably before the next batch.
 *   <li>If this node dies before that, a number without a body remains. Its message was never answered, and readers skip
 *       it.
 * </ul>
 */
final class MessageBodyWriter {
    private final MessageDao messages;
    private final WriteOrder order;
    private List<MessageDraft> unconfirmed = List.of();
    private WriteOrder.Mark mark;

    MessageBodyWriter(MessageDao messages, WriteOrder order) {
        this.messages = messages;
        this.order = order;
        this.mark = order.mark();
    }

    /**
     * Stores the bodies of a batch.
     *
     * @return ids of the messages whose body was stored before; those bodies are left as they are
     */
    Set<String> insert(List<MessageDraft> drafts) {
        if (!unconfirmed.isEmpty()) {
            messages.insertAll(unconfirmed);
        }
        // The new messages have no numbers yet: if their insert fails, nothing is in doubt.
        unconfirmed = List.of();
        mark = order.mark();
        Set<String> storedBefore = mark.isUsable() ? messages.insertAllUnsafely(drafts) : messages.insertAll(drafts);
        unconfirmed = drafts;
        return storedBefore;
    }

    /** Returns once the bodies are as durable as the last write of this thread, which must have been waited for. */
    void confirmDurable() {
        if (!order.coversSince(mark)) {
            messages.insertAll(unconfirmed);
        }
        unconfirmed = List.of();
    }
}
