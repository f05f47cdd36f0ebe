package io.simpleim.push;

import io.simpleim.event.Events;
import io.simpleim.event.MessagePush;
import io.simpleim.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text frame, encoded once for all connections that get it, and not before one of them does. Thread-safe: its content
 * never changes.
 */
public final class Frame {
    private final Object value;
    private final @Nullable String roomId;
    private final long firstSeq;
    private final long seq;
    private final boolean isSent;
    private final boolean isLate;
    /** Two threads may both encode it, to the same bytes. */
    private volatile byte @Nullable [] encoded;

    private Frame(Object value, @Nullable String roomId, long firstSeq, long seq, boolean isSent, boolean isLate) {
        this.value = value;
        this.roomId = roomId;
        this.firstSeq = firstSeq;
        this.seq = seq;
        this.isSent = isSent;
        this.isLate = isLate;
    }

    /** An answer or an event: it has no place in the order of a room. */
    public static Frame of(Object value) {
        return new Frame(value, null, 0, 0, true, false);
    }

    /** A frame with a text of its own. */
    public static Frame ofText(String text) {
        Frame frame = new Frame(text, null, 0, 0, true, false);
        frame.encoded = text.getBytes(StandardCharsets.UTF_8);
        return frame;
    }

    /** A message, with its number in its room. */
    public static Frame ofMessage(MessagePush message) {
        return new Frame(message, message.roomId(), message.seq(), message.seq(), true, false);
    }

    /** A message that was found in the store, since nobody had told of it in time: connections may be younger. */
    public static Frame ofLate(MessagePush message) {
        return new Frame(message, message.roomId(), message.seq(), message.seq(), true, true);
    }

    /** A message whose text another node has written. */
    public static Frame ofEncoded(String text, String roomId, long seq) {
        Frame frame = new Frame(text, roomId, seq, seq, true, false);
        frame.encoded = text.getBytes(StandardCharsets.UTF_8);
        return frame;
    }

    /** The event {@code gap}, which stands for the messages between two numbers, both excluded. */
    public static Frame gap(String roomId, long afterSeq, long beforeSeq) {
        return new Frame(Events.gap(roomId, afterSeq, beforeSeq), roomId, afterSeq + 1, beforeSeq - 1, true, false);
    }

    /**
     * What stands for this message on the connection that has sent it: it takes its turn there, so that what has reached
     * the client is known without a gap, and is not sent.
     */
    public Frame unsent() {
        Frame unsent = new Frame(value, roomId, firstSeq, seq, false, isLate);
        unsent.encoded = new byte[0];
        return unsent;
    }

    private byte[] utf8() {
        byte[] known = encoded;
        if (known == null) {
            known = Json.write(value).getBytes(StandardCharsets.UTF_8);
            encoded = known;
        }
        return known;
    }

    /** The message, if it was found in the store because nobody had told of it in time; null for all else. */
    @Nullable
    MessagePush late() {
        return isLate && value instanceof MessagePush message ? message : null;
    }

    /** The id of a message that this node has written; null for all else. */
    @Nullable
    String messageId() {
        return value instanceof MessagePush message ? message.messageId() : null;
    }

    /** Those of some frames with something to send. */
    static List<Frame> toSend(List<Frame> frames) {
        for (Frame frame : frames) {
            if (!frame.isSent) {
                return frames.stream().filter(Frame::isSent).toList();
            }
        }
        return frames;
    }

    /** Whether there is something to send. */
    public boolean isSent() {
        return isSent;
    }

    /** The room of a message; null for all else. */
    public @Nullable String roomId() {
        return roomId;
    }

    /** The number of a message in its room, the last one of those that it stands for; 0 for all else. */
    public long seq() {
        return seq;
    }

    /** The first number of those that it stands for: that of the message itself but for a gap. */
    public long firstSeq() {
        return firstSeq;
    }

    /** How many bytes of UTF-8 the text has. */
    public int size() {
        return utf8().length;
    }

    /** The text in UTF-8; each call gives a buffer of its own over the same bytes, which nobody may change. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(utf8());
    }

    /** The text, decoded. */
    public String text() {
        return new String(utf8(), StandardCharsets.UTF_8);
    }
}
