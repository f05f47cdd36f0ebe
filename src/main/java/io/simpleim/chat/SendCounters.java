package io.simpleim.chat;

import java.util.concurrent.atomic.LongAdder;

/** Counts sends since start-up, for metrics. Thread-safe. */
public final class SendCounters {
    private final LongAdder single = new LongAdder();
    private final LongAdder group = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    SendCounters() {}

    /** Messages stored in rooms of type 1. */
    public long single() {
        return single.sum();
    }

    /** Messages stored in rooms of type 2. */
    public long group() {
        return group.sum();
    }

    /** Sends that repeated an earlier one with the same {@code client_msg_id} and got the same answer. */
    public long repeated() {
        return repeated.sum();
    }

    void countStored(boolean isSingle) {
        (isSingle ? single : group).increment();
    }

    void countRepeated() {
        repeated.increment();
    }
}
