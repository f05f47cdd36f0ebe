package io.simpleim.service;

import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that waits to be stored. Identity matters, not content: two sends may well be equal. Handed from the
 * sender's thread to its writer, which alone settles it.
 */
final class Pending {
    private static final Logger log = LoggerFactory.getLogger(Pending.class);

    private final MessageDraft draft;
    private final long knownLast;
    private final Consumer<Message> beforeAnswer;
    private final Consumer<Message> onNew;
    private final Executor delivery;
    private final CompletableFuture<Message> result = new CompletableFuture<>();

    Pending(
            MessageDraft draft,
            long knownLast,
            Consumer<Message> beforeAnswer,
            Consumer<Message> onNew,
            Executor delivery) {
        this.draft = draft;
        this.knownLast = knownLast;
        this.beforeAnswer = beforeAnswer;
        this.onNew = onNew;
        this.delivery = delivery;
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

    /** The message is new: does what its sender must find done. */
    void note(Message message) {
        tell(beforeAnswer, message);
    }

    void answer(Message message) {
        result.complete(message);
    }

    /** The message is new: has everybody else hear of it, after all that this writer has pushed before. */
    void push(Message message) {
        delivery.execute(() -> tell(onNew, message));
    }

    private static void tell(Consumer<Message> whom, Message message) {
        try {
            whom.accept(message);
        } catch (RuntimeException | Error e) {
            log.error("Telling of message {} failed; it is in the history", message.messageId(), e);
        }
    }

    void fail(Throwable reason) {
        result.completeExceptionally(reason);
    }
}
