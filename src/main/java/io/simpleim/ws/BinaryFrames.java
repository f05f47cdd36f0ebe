package io.simpleim.ws;

import jakarta.websocket.MessageHandler;
import java.nio.ByteBuffer;

/**
 * Measures binary frames and drops them, since the protocol has none. Not thread-safe: the container calls one thread at a
 * time.
 */
final class BinaryFrames implements MessageHandler.Partial<ByteBuffer> {
    private final int maxBytes;
    private final Runnable onFrame;
    private final Runnable onTooLarge;
    private long bytes;
    private boolean tooLarge;

    /**
     * @param maxBytes {@code [limits] maxFrameBytes}
     * @param onFrame run for each frame within the limit
     * @param onTooLarge run once, for the first frame beyond the limit; later frames are ignored
     */
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
