package io.simpleim.message;

import io.simpleim.model.Message;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the outcomes of a batch of sends. Listeners and senders receive them together, once the batch is durable.
 * Owned by one writer thread.
 */
final class BatchOutcome {
    private final RoomHeads heads;
    private final List<PendingSend> settled;
    private final List<Message> messages;

    BatchOutcome(RoomHeads heads, int size) {
        this.heads = heads;
        this.settled = new ArrayList<>(size);
        this.messages = new ArrayList<>(size);
    }

    void addStored(PendingSend send, long seq) {
        Message message = send.draft().numbered(seq);
        send.settleAsNew(message);
        add(send, message);
    }

    /** @param earlier the entry that the message already has */
    void addRepeat(PendingSend send, Entry earlier) {
        Message message = send.draft().numbered(earlier.seq(), earlier.createdAt());
        send.settleAsRepeat(message);
        add(send, message);
    }

    private void add(PendingSend send, Message message) {
        settled.add(send);
        messages.add(message);
    }

    void addRefused(PendingSend send, RuntimeException reason) {
        send.refuse(reason);
        settled.add(send);
    }

    /** Calls the listeners and answers the senders. No sender is answered before all listeners were called. */
    void complete() {
        notifyListeners();
        settled.forEach(PendingSend::answer);
    }

    /** Calls the listeners only, for a batch that failed after part of it was stored. */
    void notifyListeners() {
        heads.advance(messages);
        settled.forEach(PendingSend::notifyBeforeAnswer);
        settled.forEach(PendingSend::notifyStored);
    }
}
