package io.simpleim.push;

import io.simpleim.event.MessagePush;
import io.simpleim.event.PushEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text frame, and its place if it belongs to a numbered stream. All connections share its bytes, which are encoded on
 * first use. Thread-safe; the content never changes.
 */
public final class Frame {
    private static final byte[] EMPTY = {};

    private final FrameContent content;
    private final @Nullable Place place;
    /** Two threads may both encode the content, to the same bytes. */
    private volatile byte @Nullable [] encoded;

    private Frame(FrameContent content, @Nullable Place place) {
        this.content = content;
        this.place = place;
    }

    /** An answer to a frame of the client. The map must not change afterwards. */
    public static Frame ofAnswer(Map<String, @Nullable Object> members) {
        return new Frame(new FrameContent.Answer(members), null);
    }

    /** An event without a place. Gap events have one: use {@link #ofGap}. */
    public static Frame ofEvent(PushEvent event) {
        return new Frame(new FrameContent.Event(event), null);
    }

    /** The event that stands for the messages between two numbers, both excluded. */
    public static Frame ofGap(StreamKey stream, long afterSeq, long beforeSeq) {
        PushEvent.Gap gap = new PushEvent.Gap(stream.roomId(), afterSeq, beforeSeq);
        return new Frame(new FrameContent.Event(gap), new Place(stream, afterSeq + 1, beforeSeq - 1));
    }

    /** A message that this node has just stored or that the user missed while offline. */
    public static Frame ofMessage(MessagePush message) {
        return new Frame(new FrameContent.Message(message), placeOf(message));
    }

    /**
     * A message that was read from the store because its announcement did not arrive in time. Connections that were
     * opened later may have received it as backlog.
     */
    public static Frame ofLateMessage(MessagePush message) {
        return new Frame(new FrameContent.LateMessage(message), placeOf(message));
    }

    /** A text without a place. */
    public static Frame ofText(String text) {
        return new Frame(new FrameContent.Text(text), null);
    }

    /** A message that another node has stored and encoded. */
    public static Frame ofEncoded(String text, String roomId, long seq) {
        return new Frame(new FrameContent.Text(text), Place.of(StreamKey.ofMessages(roomId), seq));
    }

    private static Place placeOf(MessagePush message) {
        return Place.of(StreamKey.ofMessages(message.roomId()), message.seq());
    }

    /** The frame that takes this one's place on the connection that caused it. It is not sent. */
    public Frame placeholder() {
        if (isPlaceholder()) {
            return this;
        }
        Frame placeholder = new Frame(new FrameContent.Placeholder(content), place);
        placeholder.encoded = EMPTY;
        return placeholder;
    }

    /** Whether the frame only takes a place and is not sent. */
    public boolean isPlaceholder() {
        return content instanceof FrameContent.Placeholder;
    }

    /** The frames that have something to send. */
    static List<Frame> withoutPlaceholders(List<Frame> frames) {
        for (Frame frame : frames) {
            if (frame.isPlaceholder()) {
                return frames.stream().filter(each -> !each.isPlaceholder()).toList();
            }
        }
        return frames;
    }

    /** The place in a stream; null for answers and most events. */
    public @Nullable Place place() {
        return place;
    }

    /** The message of {@link #ofLateMessage}, also behind a placeholder; otherwise null. */
    @Nullable
    MessagePush lateMessage() {
        return original() instanceof FrameContent.LateMessage late ? late.message() : null;
    }

    /** The id of a message that this node has encoded, also behind a placeholder; otherwise null. */
    @Nullable
    String messageId() {
        FrameContent original = original();
        if (original instanceof FrameContent.Message stored) {
            return stored.message().messageId();
        }
        return original instanceof FrameContent.LateMessage late
                ? late.message().messageId()
                : null;
    }

    private FrameContent original() {
        return content instanceof FrameContent.Placeholder placeholder ? placeholder.original() : content;
    }

    private byte[] utf8() {
        byte[] known = encoded;
        if (known == null) {
            known = content.text().getBytes(StandardCharsets.UTF_8);
            encoded = known;
        }
        return known;
    }

    /** The size of the text in bytes of UTF-8. */
    public int size() {
        return utf8().length;
    }

    /** The text in UTF-8. Each call returns a new buffer over the same bytes, which must not be changed. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(utf8());
    }

    /** The text, decoded. */
    public String text() {
        return new String(utf8(), StandardCharsets.UTF_8);
    }
}
