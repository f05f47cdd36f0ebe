package io.simpleim.message;

import io.simpleim.model.Message;

/**
 * Learns what happened to one message that was appended to the {@link MessageLog}. Called on the thread that stores
 * messages: must not block. What it throws is logged and otherwise ignored. All methods do nothing by default.
 */
public interface SendListener {
    /** A new message is durable, and its sender has no answer yet: for work that the sender must find done. */
    default void beforeAnswer(Message stored) {}

    /** A new message is durable: called once per message, within a room in ascending order of the numbers. */
    default void stored(Message stored) {}

    /**
     * The message was stored by an earlier send with the same id. The node that stored it may have stopped before it told
     * anybody.
     */
    default void repeated(Message stored) {}
}
