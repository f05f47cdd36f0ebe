package io.simpleim.message;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What has become of a batch of sends so far; its senders hear of it all at once, when the batch is safe. Owned by one
 * writer thread.
 */
final class BatchOutcome {
    private final RoomHeads heads;
    private final List<PendingSend> settled;

    BatchOutcome(RoomHeads heads, int size) {
        this.heads = heads;
        this.settled = new ArrayList<>(size);
    }

    void stored(PendingSend send, long seq) {
        send.stored(send.draft().numbered(seq));
        settled.add(send);
    }

    void repeated(PendingSend send, Entry entry) {
        MessageDraft draft = send.draft();
        send.repeated(draft.numbered(entry.seq(), entry.createdAt()));
        settled.add(send);
    }

    void refuse(PendingSend send, RuntimeException reason) {
        send.refuse(reason);
        settled.add(send);
    }

    /** Has everything pushed, which waits for nobody, and then answered: so a sender that has its answer can wait for it. */
    void settle() {
        note();
        settled.forEach(PendingSend::push);
        settled.forEach(PendingSend::answer);
    }

    /** Tells of what is stored, when the batch as a whole has failed after that. */
    void announceStored() {
        note();
        settled.forEach(PendingSend::push);
    }

    private void note() {
        heads.note(settled);
        settled.forEach(PendingSend::note);
    }
}
