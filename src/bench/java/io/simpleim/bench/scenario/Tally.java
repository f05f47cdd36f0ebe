package io.simpleim.bench.scenario;

import io.simpleim.bench.client.Field;
import io.simpleim.bench.client.Histogram;
import io.simpleim.bench.client.PushHandler;
import io.simpleim.bench.load.Load;

/** Counts pushes that are nobody's messages, after looking at them as closely as at real ones. Not thread-safe. */
final class Tally implements PushHandler, Load.Deliveries {
    private final Field type = new Field("message_type");
    private final Field roomId = new Field("room_id");
    private final Field seq = new Field("seq");
    private final Field messageId = new Field("message_id");
    private long count;
    private long bytesSeen;

    @Override
    public void push(byte[] bytes, int from, int to, long nowNanos) {
        if (type.number(bytes, from, to, 0) == 1
                && roomId.find(bytes, from, to) > 0
                && messageId.find(bytes, from, to) > 0
                && seq.number(bytes, from, to, 0) > 0) {
            count++;
            bytesSeen += to - from;
        }
    }

    @Override
    public void ended(String why) {
        throw new IllegalStateException(why);
    }

    @Override
    public void beginWindow() {
        // Only the count is of interest.
    }

    @Override
    public long count() {
        return count;
    }

    /** The mean; 0 if there was none. */
    long bytesEach() {
        return count == 0 ? 0 : bytesSeen / count;
    }

    @Override
    public Histogram latency() {
        return new Histogram();
    }
}
