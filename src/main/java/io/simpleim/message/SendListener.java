package io.simpleim.message;

import io.simpleim.model.Message;

/**
 * Is notified of the outcome of one message that was appended to the {@link MessageLog}. Called on the thread that stores
 * messages: must not block. Exceptions are logged and otherwise ignored. All methods do nothing by default.
 */
public interface SendListener {
    /** A new message is stored. Called before the sender gets it as the answer, for work that must be done by then. */
    default void beforeAnswer(Message stored) {}

    /** Follows {@link #beforeAnswer} of the whole batch. Called once per message, in ascending order within a room. */
    default void stored(Message stored) {}

    /**
     * The message was stored by an earlier send with the same id. The node that stored it may have stopped before it
     * pushed the message.
     */
    default void repeated(Message stored) {}
}
