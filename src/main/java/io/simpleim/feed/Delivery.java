package io.simpleim.feed;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something to be pushed to users.
 *
 * @param userIds who gets it; of the same room and members the same object, which saves looking for their connections
 * @param senderId who sent it, empty for an event
 * @param own the connection that does not get it, since it has sent it
 * @param continuity what the news of a message says of those before it; of no meaning for an event
 * @param isFromElsewhere whether another node has stored it; under pressure it is dropped and read from the store later
 */
public record Delivery(
        Frame frame,
        Collection<String> userIds,
        String senderId,
        Predicate<Connection> own,
        Continuity continuity,
        boolean isFromElsewhere) {

    /** What the news of a message says of the messages before it in its room. */
    public enum Continuity {
        /** Whoever has told of it has told of the one before it too: the order of a room may begin with it. */
        NEXT,
        /** Of the one before it nothing is known. */
        NEW,
        /** As new; and it may have been pushed already, long ago. */
        AGAIN
    }

    /** A message or an event of this node, of which everything before has been told. */
    public Delivery(Frame frame, Collection<String> userIds, String senderId, Predicate<Connection> own) {
        this(frame, userIds, senderId, own, Continuity.NEXT, false);
    }

    /** An event, for all connections of some users. */
    public static Delivery event(Object event, Collection<String> userIds) {
        return new Delivery(Frame.of(event), userIds, "", connection -> false);
    }

    /** A message that nobody has told of in time. */
    static Delivery late(MessagePush message, Collection<String> userIds) {
        return new Delivery(Frame.ofLate(message), userIds, message.sendUserId(), connection -> false);
    }

    boolean isMessage() {
        return frame.roomId() != null;
    }

    /** What a connection of one of the users gets of deliveries that are made together. */
    static List<Frame> framesFor(Connection connection, List<Delivery> together, List<Frame> all) {
        for (Delivery delivery : together) {
            if (delivery.own().test(connection)) {
                return together.stream().map(each -> each.frameFor(connection)).toList();
            }
        }
        return all;
    }

    private Frame frameFor(Connection connection) {
        return own.test(connection) ? frame.unsent() : frame;
    }
}
