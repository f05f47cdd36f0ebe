package io.simpleim.chat;

import java.util.concurrent.atomic.LongAdder;

/** How many messages were sent. Thread-safe. */
public final class SendCounters {
    private final LongAdder single = new LongAdder();
    private final LongAdder group = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    SendCounters() {}

    /** Messages that were stored in rooms of two. */
    public long single() {
        return single.sum();
    }

    /** Messages that were stored in rooms of {@code room_type} 2. */
    public long group() {
        return group.sum();
    }

    /** Sends that were answered as an earlier one of the same id was. */
    public long repeated() {
        return repeated.sum();
    }

    void stored(boolean isSingle) {
        (isSingle ? single : group).increment();
    }

    void wasRepeated() {
        repeated.increment();
    }
}
