package io.simpleim.ws;

import jakarta.websocket.MessageHandler;
import java.util.function.Consumer;

/**
 * Joins the parts of text frames, up to a limit. A handler of whole messages would keep a buffer of the limit's size for
 * each connection. Not thread-safe: the container calls one thread at a time.
 */
final class TextFrames implements MessageHandler.Partial<String> {
    private final int maxBytes;
    private final Consumer<String> onFrame;
    private final Runnable onTooLarge;
    private final StringBuilder parts = new StringBuilder();
    private long bytes;
    private boolean tooLarge;

    /**
     * @param maxBytes {@code [limits] maxFrameBytes}, in UTF-8
     * @param onFrame takes each frame within the limit
     * @param onTooLarge run once, for the first frame beyond the limit; its rest and later frames are ignored
     */
    TextFrames(int maxBytes, Consumer<String> onFrame, Runnable onTooLarge) {
        this.maxBytes = maxBytes;
        this.onFrame = onFrame;
        this.onTooLarge = onTooLarge;
    }

    @Override
    public void onMessage(String part, boolean last) {
        if (tooLarge) {
            return;
        }
        bytes += utf8Length(part);
        if (bytes > maxBytes) {
            tooLarge = true;
            reset();
            onTooLarge.run();
            return;
        }
        if (last && parts.isEmpty()) {
            bytes = 0;
            onFrame.accept(part);
            return;
        }
        parts.append(part);
        if (last) {
            String frame = parts.toString();
            reset();
            onFrame.accept(frame);
        }
    }

    private void reset() {
        parts.setLength(0);
        parts.trimToSize();
        bytes = 0;
    }

    /** Counts without encoding. Each half of a surrogate pair counts two of its four bytes, so a pair may be split. */
    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length += 1;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                length += 2;
            } else {
                length += 3;
            }
        }
        return length;
    }
}
