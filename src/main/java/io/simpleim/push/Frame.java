package io.simpleim.push;

import io.simpleim.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text frame, encoded once for all connections that get it. Immutable. */
public final class Frame {
    private static final byte[] NOTHING = {};

    private final byte[] utf8;
    private final @Nullable String roomId;
    private final long firstSeq;
    private final long seq;

    private Frame(byte[] utf8, @Nullable String roomId, long firstSeq, long seq) {
        this.utf8 = utf8;
        this.roomId = roomId;
        this.firstSeq = firstSeq;
        this.seq = seq;
    }

    /** An answer or an event: it has no place in the order of a room. */
    public static Frame of(Object value) {
        return ofText(Json.write(value));
    }

    /** A frame with a text of its own. */
    public static Frame ofText(String text) {
        return new Frame(text.getBytes(StandardCharsets.UTF_8), null, 0, 0);
    }

    /** A message, with its number in its room. */
    public static Frame ofMessage(MessagePush message) {
        return new Frame(bytes(message), message.roomId(), message.seq(), message.seq());
    }

    /** An event that stands for messages which are not pushed, from a number to another one, both included. */
    public static Frame instead(Object event, String roomId, long firstSeq, long lastSeq) {
        return new Frame(bytes(event), roomId, firstSeq, lastSeq);
    }

    private static byte[] bytes(Object value) {
        return Json.write(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What stands for this message on the connection that has sent it: it takes its turn there, so that what has reached
     * the client is known without a gap, and is not sent.
     */
    public Frame unsent() {
        return new Frame(NOTHING, roomId, firstSeq, seq);
    }

    /** Whether there is something to send. */
    public boolean isSent() {
        return utf8.length > 0;
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
        return utf8.length;
    }

    /** The text in UTF-8; each call gives a buffer of its own over the same bytes, which nobody may change. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(utf8);
    }

    /** The text, decoded. */
    public String text() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
