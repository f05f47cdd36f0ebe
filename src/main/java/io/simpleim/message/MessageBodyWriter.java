package io.simpleim.message;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.WriteOrder;
import java.util.List;
import java.util.Set;

/**
 * Stores what messages say without waiting until it is safe: the write that gives them their numbers comes right after,
 * is waited for, and vouches for them ({@link WriteOrder}). Owned by one writer thread.
 *
 * <ul>
 *   <li>Nobody is answered before {@link #makeSure}, which stores the texts again, and waits, if the order of the writes is
 *       in doubt.
 *   <li>A batch that fails half-way, or whose texts could not be made sure of, leaves numbers that may have lost their
 *       texts with the store's last moments. Nobody was answered, but others may build on those numbers: the texts are
 *       kept here, and stored for sure before anything else is. Should this node die too before that, a number without a
 *       text is left, of a message that was never answered; whoever reads passes it over.
 * </ul>
 */
final class MessageBodyWriter {
    private final MessageDao messages;
    private final WriteOrder order;
    private List<MessageDraft> unsure = List.of();
    private WriteOrder.Mark mark;

    MessageBodyWriter(MessageDao messages, WriteOrder order) {
        this.messages = messages;
        this.order = order;
        this.mark = order.mark();
    }

    /**
     * Stores the texts of a batch.
     *
     * @return the ids of those that were there already, and stay as they were
     */
    Set<String> insert(List<MessageDraft> drafts) {
        if (!unsure.isEmpty()) {
            messages.insertAll(unsure);
        }
        // No number has been given for these yet: should this fail, nothing is left in doubt.
        unsure = List.of();
        mark = order.mark();
        Set<String> known = mark.isOfUse() ? messages.insertAllUnsafely(drafts) : messages.insertAll(drafts);
        unsure = drafts;
        return known;
    }

    /** Returns when the texts are as safe as what this thread has written, and waited for, after them. */
    void makeSure() {
        if (!order.vouchesSince(mark)) {
            messages.insertAll(unsure);
        }
        unsure = List.of();
    }
}
