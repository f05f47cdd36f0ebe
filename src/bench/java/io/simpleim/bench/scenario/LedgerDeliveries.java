package io.simpleim.bench.scenario;

import io.simpleim.bench.ledger.Ledger;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.LatencyHistogram;

/** Counts deliveries by the ledger. */
record LedgerDeliveries(Ledger ledger) implements Load.Deliveries {
    @Override
    public void beginWindow() {
        ledger.beginWindow();
    }

    @Override
    public long count() {
        return ledger.deliveries();
    }

    @Override
    public LatencyHistogram latency() {
        return ledger.untilAll();
    }
}
