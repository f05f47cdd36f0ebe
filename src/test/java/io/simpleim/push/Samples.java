package io.simpleim.push;

import io.simpleim.event.MessagePush;
import io.simpleim.feed.Delivery;
import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Messages with numbers, and connections that take them. */
public final class Samples {
    public static final String ROOM = "room";
    public static final StreamKey STREAM = StreamKey.ofMessages(ROOM);
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private Samples() {}

    public static MessagePush push(String roomId, long seq) {
        return push(roomId, seq, 1_700_000_000);
    }

    public static MessagePush push(String roomId, long seq, long createdAt) {
        return new MessagePush("id" + seq, 1, "hello", roomId, 2, "sender", seq, createdAt);
    }

    public static Frame message(String roomId, long seq) {
        return Frame.ofMessage(push(roomId, seq));
    }

    /** The messages of {@link #ROOM} with numbers from one to another, both included. */
    public static List<Frame> messages(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq -> message(ROOM, seq))
                .toList();
    }

    public static Delivery delivery(long seq, Collection<String> userIds, String senderId) {
        return delivery(seq, userIds, senderId, Delivery.Continuity.NEW);
    }

    public static Delivery delivery(
            long seq, Collection<String> userIds, String senderId, Delivery.Continuity continuity) {
        return Delivery.ofMessage(message(ROOM, seq), userIds, senderId, connection -> false, continuity);
    }

    /** The last number that a frame with a place covers. */
    public static long lastSeq(Frame frame) {
        return Objects.requireNonNull(frame.place()).last();
    }

    public static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    public static Connection connect(Hub hub, String userId, Transport transport) {
        Connection connection = new Connection(
                new Session("session of " + userId, userId, 0, 0),
                transport,
                new Connection.Limits(Long.MAX_VALUE, Long.MAX_VALUE),
                0,
                () -> 0,
                receipt -> {});
        hub.add(connection);
        return connection;
    }

    /** The numbers of the messages that were sent, in order. */
    public static List<Long> seqs(FakeTransport transport) {
        return transport.sent().stream()
                .map(SEQ::matcher)
                .filter(Matcher::find)
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .toList();
    }
}
