package io.simpleim.ws;

import jakarta.websocket.MessageHandler;
import java.nio.ByteBuffer;

/**
 * Counts the bytes of binary frames and forgets them: no frame of the protocol is binary. Called by one thread at a time,
 * as the container promises.
 */
final class BinaryFrames implements MessageHandler.Partial<ByteBuffer> {
    private final int maxBytes;
    private final Runnable onFrame;
    private final Runnable onTooLarge;
    private long bytes;
    private boolean tooLarge;

    /** @param maxBytes {@code [limits] maxFrameBytes}; after a frame that was larger the connection is closing */
    BinaryFrames(int maxBytes, Runnable onFrame, Runnable onTooLarge) {
        this.maxBytes = maxBytes;
        this.onFrame = onFrame;
        this.onTooLarge = onTooLarge;
    }

    @Override
    public void onMessage(ByteBuffer part, boolean last) {
        if (tooLarge) {
            return;
        }
        bytes += part.remaining();
        if (bytes > maxBytes) {
            tooLarge = true;
            onTooLarge.run();
        } else if (last) {
            bytes = 0;
            onFrame.run();
        }
    }
}
