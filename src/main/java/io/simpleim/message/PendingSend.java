package io.simpleim.message;

import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A send on its way into the store, and later its outcome. The sender's thread hands it to a writer thread, and only that
 * thread settles it. Compared by identity: two sends may have equal contents.
 */
final class PendingSend {
    private static final Logger log = LoggerFactory.getLogger(PendingSend.class);

    private final MessageDraft draft;
    private final long knownLast;
    private final SendListener listener;
    private final CompletableFuture<Message> result = new CompletableFuture<>();

    // Owned by the writer thread.
    private @Nullable Message message;
    private @Nullable RuntimeException refusal;
    private boolean isNew;
    private List<PendingSend> duplicates = List.of();

    /** @param knownLast a number up to which all numbers of the room are in use, 0 if none is known */
    PendingSend(MessageDraft draft, long knownLast, SendListener listener) {
        this.draft = draft;
        this.knownLast = knownLast;
        this.listener = listener;
    }

    MessageDraft draft() {
        return draft;
    }

    String roomId() {
        return draft.roomId();
    }

    String messageId() {
        return draft.messageId();
    }

    long knownLast() {
        return knownLast;
    }

    CompletableFuture<Message> result() {
        return result;
    }

    /** Adds an equal send of the same batch. It gets the same answer; its listener is not called. */
    void addDuplicate(PendingSend duplicate) {
        if (duplicates.isEmpty()) {
            duplicates = new ArrayList<>();
        }
        duplicates.add(duplicate);
    }

    void settleAsNew(Message stored) {
        message = stored;
        isNew = true;
    }

    void settleAsRepeat(Message earlier) {
        message = earlier;
    }

    /** Settles the send as refused; {@link #answer} passes the reason to the sender. */
    void refuse(RuntimeException reason) {
        refusal = reason;
    }

    boolean isSettled() {
        return message != null || refusal != null;
    }

    void notifyBeforeAnswer() {
        if (isNew) {
            notifyListener(SendListener::beforeAnswer);
        }
    }

    void notifyStored() {
        notifyListener(isNew ? SendListener::stored : SendListener::repeated);
    }

    private void notifyListener(BiConsumer<SendListener, Message> event) {
        Message settled = message;
        if (settled == null) {
            return;
        }
        try {
            event.accept(listener, settled);
        } catch (RuntimeException | Error e) {
            log.error("The listener of message {} failed; the message is stored", settled.messageId(), e);
        }
    }

    /** Answers the senders of this settled send and of its duplicates. */
    void answer() {
        if (refusal != null) {
            fail(refusal);
        } else {
            result.complete(message);
        }
        duplicates.forEach(duplicate -> {
            duplicate.message = message;
            duplicate.refusal = refusal;
            duplicate.answer();
        });
    }

    /** Answers the sender with a failure at once. */
    void fail(Throwable reason) {
        result.completeExceptionally(reason);
    }
}
