package io.simpleim.bench.scenario;

import io.simpleim.bench.client.Histogram;
import io.simpleim.bench.ledger.Ledger;
import io.simpleim.bench.load.Load;

/** What listeners have received, by the ledger. */
record Received(Ledger ledger) implements Load.Deliveries {
    @Override
    public void beginWindow() {
        ledger.beginWindow();
    }

    @Override
    public long count() {
        return ledger.deliveries();
    }

    @Override
    public Histogram latency() {
        return ledger.untilAll();
    }
}
