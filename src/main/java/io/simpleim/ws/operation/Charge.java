package io.simpleim.ws.operation;

/** The rate limit that a frame counts against. Every frame counts exactly once. */
public enum Charge {
    /** {@code [limits] framesPerSecond}, before anything else is done. */
    FRAME,
    /**
     * {@code [limits] messagesPerSecond}, which {@link io.simpleim.chat.MessageService} charges. A frame that is refused before
     * it gets there counts as {@link #FRAME}.
     */
    MESSAGE
}
