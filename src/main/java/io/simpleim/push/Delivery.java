package io.simpleim.push;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something to be pushed to users.
 *
 * @param userIds who gets it; of the same room and members the same object, which saves looking for their connections
 * @param senderId who sent it, empty for an event
 * @param own the connection that does not get it, since it has sent it
 * @param isAgain whether it may have been pushed already; then it does not set where the order of a room begins
 */
public record Delivery(
        Frame frame, Collection<String> userIds, String senderId, Predicate<Connection> own, boolean isAgain) {
    public Delivery(Frame frame, Collection<String> userIds, String senderId, Predicate<Connection> own) {
        this(frame, userIds, senderId, own, false);
    }

    Delivery again() {
        return new Delivery(frame, userIds, senderId, own, true);
    }

    /** An event, for all connections of some users. */
    public static Delivery event(Object event, Collection<String> userIds) {
        return new Delivery(Frame.of(event), userIds, "", connection -> false);
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
