package io.simpleim.feed;

import io.simpleim.event.MessagePush;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import io.simpleim.push.Place;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * A frame that is to be pushed to users.
 *
 * @param userIds who gets it; consecutive deliveries with the same object need one lookup of connections
 * @param senderId the sender of a message; empty for an event
 * @param isOwn matches the connections that do not get it, since their client caused it
 * @param continuity what is known of the previous message; ignored for an event
 * @param origin where it was stored
 */
public record Delivery(
        Frame frame,
        Collection<String> userIds,
        String senderId,
        Predicate<Connection> isOwn,
        Continuity continuity,
        Origin origin) {
    /** What the node that announces a message says about the previous message of the stream. */
    public enum Continuity {
        /** The same node has announced the previous message too, so the order of a stream may start with this one. */
        NEXT,
        /** Nothing is known of the previous message. */
        NEW,
        /** As {@link #NEW}. In addition, this message was stored earlier and may have been pushed then. */
        AGAIN
    }

    /** Where a message was stored. */
    public enum Origin {
        /**
         * Stored here, so that its sender can be slowed down; never dropped. Events and late messages count as this
         * too.
         */
        THIS_NODE,
        /** Stored elsewhere. Dropped under pressure, and read from the store later. */
        OTHER_NODE
    }

    /** A message that this node has stored. */
    public static Delivery ofMessage(
            Frame frame,
            Collection<String> members,
            String senderId,
            Predicate<Connection> isOwn,
            Continuity continuity) {
        return new Delivery(frame, members, senderId, isOwn, continuity, Origin.THIS_NODE);
    }

    /** A message that another node has stored and announced. */
    public static Delivery ofAnnounced(
            Frame frame,
            Collection<String> members,
            String senderId,
            Predicate<Connection> isOwn,
            Continuity continuity) {
        return new Delivery(frame, members, senderId, isOwn, continuity, Origin.OTHER_NODE);
    }

    /** An event, from this node or another one. */
    public static Delivery ofEvent(Frame frame, Collection<String> userIds, Predicate<Connection> isOwn) {
        return new Delivery(frame, userIds, "", isOwn, Continuity.NEXT, Origin.THIS_NODE);
    }

    /** A message that was read from the store, since its announcement did not arrive in time. */
    static Delivery ofLateMessage(MessagePush message, Collection<String> userIds) {
        Frame frame = Frame.ofLateMessage(message);
        return new Delivery(
                frame, userIds, message.sendUserId(), Delivery::causedByNone, Continuity.NEXT, Origin.THIS_NODE);
    }

    /** The event that replaces the oldest messages of a large gap. */
    static Delivery ofGap(Frame frame, Collection<String> userIds) {
        return ofEvent(frame, userIds, Delivery::causedByNone);
    }

    /** Matches no connection: the delivery was not caused by a client of this node. */
    private static boolean causedByNone(Connection connection) {
        return false;
    }

    /** Whether it has a place in a stream. */
    boolean isNumbered() {
        return frame.place() != null;
    }

    /** The last number that it covers in its stream; 0 if it has no place. */
    long seq() {
        Place place = frame.place();
        return place == null ? 0 : place.last();
    }

    /**
     * The frames of several deliveries as one connection gets them.
     *
     * @param frames the frames of these deliveries; returned as they are unless one was caused by the connection
     */
    static List<Frame> framesFor(Connection connection, List<Delivery> deliveries, List<Frame> frames) {
        for (Delivery delivery : deliveries) {
            if (delivery.isOwn().test(connection)) {
                return deliveries.stream()
                        .map(each -> each.frameFor(connection))
                        .toList();
            }
        }
        return frames;
    }

    private Frame frameFor(Connection connection) {
        return isOwn.test(connection) ? frame.placeholder() : frame;
    }
}
