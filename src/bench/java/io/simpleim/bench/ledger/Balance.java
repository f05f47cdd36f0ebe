package io.simpleim.bench.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * The result of the ledger's checks, in counts.
 *
 * @param answered messages acknowledged to their sender
 * @param received messages received, summed over all connections
 * @param lost messages answered but not stored, or not received on a connection that stayed open
 * @param cutOff messages answered but not received because the server had closed the connection; the client would get
 *     them on its next connect
 * @param doubled seqs or messages seen twice
 * @param outOfOrder messages received after one with a higher seq
 * @param events pushes that are not messages
 * @param strays messages of rooms that the connection does not expect
 * @param ends connections that the server closed, by reason
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
