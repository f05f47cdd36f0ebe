package io.simpleim.bench.scenario;

import io.simpleim.bench.client.JsonField;
import io.simpleim.bench.client.PushHandler;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.LatencyHistogram;

/** Counts synthetic pushes, scanning them like real ones. Not thread-safe. */
final class PushCounter implements PushHandler, Load.Deliveries {
    private final JsonField type = new JsonField("message_type");
    private final JsonField roomId = new JsonField("room_id");
    private final JsonField seq = new JsonField("seq");
    private final JsonField messageId = new JsonField("message_id");
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
        // Only the count matters.
    }

    @Override
    public long count() {
        return count;
    }

    /** Mean size of a push; 0 if there was none. */
    long meanBytes() {
        return count == 0 ? 0 : bytesSeen / count;
    }

    @Override
    public LatencyHistogram latency() {
        return new LatencyHistogram();
    }
}
