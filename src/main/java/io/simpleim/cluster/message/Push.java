package io.simpleim.cluster.message;

import io.simpleim.feed.Delivery.Continuity;
import io.simpleim.push.Frame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message or an event of a room for users on other nodes.
 *
 * @param ownSession the session that sent the message, whose connections are skipped; empty to skip no connection
 * @param frame the frame as clients get it
 * @param message null for an event
 */
public record Push(
        String roomId,
        Audience audience,
        String ownSession,
        Frame frame,
        @Nullable Numbered message) implements ClusterMessage {
    private static final String ROOM = "room";
    private static final String OWN_SESSION = "own";
    private static final String SEQ = "seq";
    private static final String SENDER = "from";
    private static final String AGAIN = "again";
    private static final String NEXT = "next";

    /**
     * What a message has and an event does not.
     *
     * @param continuity {@code NEXT} if the message before it was announced to the same nodes
     */
    public record Numbered(long seq, String senderId, Continuity continuity) {}

    static Optional<Push> read(MessageReader in) {
        return in.text(ROOM).flatMap(roomId -> in.line().map(text -> read(in, roomId, text)));
    }

    private static Push read(MessageReader in, String roomId, String text) {
        OptionalLong seq = in.number(SEQ);
        Audience audience = Audience.read(in);
        String ownSession = in.text(OWN_SESSION).orElse("");
        if (seq.isEmpty() || seq.getAsLong() == 0) {
            return new Push(roomId, audience, ownSession, Frame.ofText(text), null);
        }
        Continuity continuity = in.has(AGAIN) ? Continuity.AGAIN : in.isTrue(NEXT) ? Continuity.NEXT : Continuity.NEW;
        Numbered message = new Numbered(seq.getAsLong(), in.text(SENDER).orElse(""), continuity);
        return new Push(roomId, audience, ownSession, Frame.ofEncoded(text, roomId, seq.getAsLong()), message);
    }

    @Override
    public ClusterMessageKind kind() {
        return ClusterMessageKind.PUSH;
    }

    @Override
    public List<String> userIds() {
        return audience.userIds();
    }

    @Override
    public void write(MessageWriter out) {
        out.put(ROOM, roomId);
        audience.write(out);
        if (!ownSession.isEmpty()) {
            out.put(OWN_SESSION, ownSession);
        }
        if (message != null) {
            out.put(SEQ, message.seq());
            out.put(SENDER, message.senderId());
            if (message.continuity() == Continuity.AGAIN) {
                out.put(AGAIN, true);
            } else {
                out.put(NEXT, message.continuity() == Continuity.NEXT);
            }
        }
        out.line(frame.text());
    }

    /** A room's order must not begin with a message if this node may have missed the one before it. */
    @Override
    public void deliver(ClusterMessageHandler handler, ReceivingNode node) {
        handler.push(
                message == null || message.continuity() != Continuity.NEXT || node.isComplete()
                        ? this
                        : withContinuity(Continuity.NEW));
    }

    /** Returns the same push with another continuity; an event has none, and stays as it is. */
    public Push withContinuity(Continuity continuity) {
        return message == null
                ? this
                : new Push(
                        roomId,
                        audience,
                        ownSession,
                        frame,
                        new Numbered(message.seq(), message.senderId(), continuity));
    }
}
