package io.simpleim.message;

import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that waits to be stored, and then what has become of it. Identity matters, not content: two sends may well
 * be equal. Handed from the sender's thread to its writer, which alone settles it.
 */
final class PendingSend {
    private static final Logger log = LoggerFactory.getLogger(PendingSend.class);

    private final MessageDraft draft;
    private final long knownLast;
    private final Consumer<Message> beforeAnswer;
    private final Consumer<Message> onNew;
    private final Consumer<Message> onRepeated;
    private final CompletableFuture<Message> result = new CompletableFuture<>();

    // Belong to the writer.
    private @Nullable Message message;
    private @Nullable RuntimeException refusal;
    private boolean isNew;
    private List<PendingSend> followers = List.of();

    PendingSend(
            MessageDraft draft,
            long knownLast,
            Consumer<Message> beforeAnswer,
            Consumer<Message> onNew,
            Consumer<Message> onRepeated) {
        this.draft = draft;
        this.knownLast = knownLast;
        this.beforeAnswer = beforeAnswer;
        this.onNew = onNew;
        this.onRepeated = onRepeated;
    }

    MessageDraft draft() {
        return draft;
    }

    long knownLast() {
        return knownLast;
    }

    CompletableFuture<Message> result() {
        return result;
    }

    /** Another send of the same that is answered as this one. */
    void leads(PendingSend follower) {
        if (followers.isEmpty()) {
            followers = new ArrayList<>();
        }
        followers.add(follower);
    }

    void stored(Message asNew) {
        message = asNew;
        isNew = true;
    }

    void repeated(Message earlier) {
        message = earlier;
    }

    void refuse(RuntimeException reason) {
        refusal = reason;
    }

    boolean isSettled() {
        return message != null || refusal != null;
    }

    /** The message that the send has led to, now or earlier; null if it was refused. */
    @Nullable
    Message message() {
        return message;
    }

    /** If the message is new: does what its sender must find done. */
    void note() {
        if (isNew) {
            tell(beforeAnswer);
        }
    }

    void answer() {
        if (refusal != null) {
            fail(refusal);
        } else {
            result.complete(message);
        }
        followers.forEach(follower -> {
            follower.message = message;
            follower.refusal = refusal;
            follower.answer();
        });
    }

    /** Has everybody else hear of the message. */
    void push() {
        tell(isNew ? onNew : onRepeated);
    }

    private void tell(Consumer<Message> whom) {
        Message told = message;
        if (told == null) {
            return;
        }
        try {
            whom.accept(told);
        } catch (RuntimeException | Error e) {
            log.error("Telling of message {} failed; it is in the history", told.messageId(), e);
        }
    }

    void fail(Throwable reason) {
        result.completeExceptionally(reason);
    }
}
