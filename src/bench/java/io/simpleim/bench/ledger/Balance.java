package io.simpleim.bench.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * What the books say.
 *
 * @param answered messages whose sender was told that they are stored
 * @param received messages as connections got them
 * @param lost answered and not stored, or not received by one who should have
 * @param cutOff answered and not received on a connection that the server has ended before; at its next connect the client
 *     would find them
 * @param doubled a number or a message that was there twice
 * @param outOfOrder received after one with a higher number
 * @param events pushes that are no messages
 * @param strays messages of rooms that nothing is known of
 * @param ends connections that the server has ended, by what it said
 */
public record Balance(
        long answered,
        long received,
        long lost,
        long cutOff,
        long doubled,
        long outOfOrder,
        long events,
        long strays,
        Map<String, Integer> ends) {
    public static final Balance EMPTY = new Balance(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public Balance plus(Balance other) {
        Map<String, Integer> allEnds = new HashMap<>(ends);
        other.ends.forEach((why, count) -> allEnds.merge(why, count, Integer::sum));
        return new Balance(
                answered + other.answered,
                received + other.received,
                lost + other.lost,
                cutOff + other.cutOff,
                doubled + other.doubled,
                outOfOrder + other.outOfOrder,
                events + other.events,
                strays + other.strays,
                Map.copyOf(allEnds));
    }

    public boolean isClean() {
        return lost == 0 && cutOff == 0 && doubled == 0 && outOfOrder == 0;
    }
}
