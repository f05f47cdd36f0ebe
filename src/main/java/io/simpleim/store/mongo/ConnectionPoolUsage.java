package io.simpleim.store.mongo;

import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionClosedEvent;
import com.mongodb.event.ConnectionCreatedEvent;
import com.mongodb.event.ConnectionPoolListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts the connections in the driver's pools. Thread-safe. */
public final class ConnectionPoolUsage implements ConnectionPoolListener {
    private final LongAdder open = new LongAdder();
    private final LongAdder inUse = new LongAdder();

    ConnectionPoolUsage() {}

    /** Connections that are open or being opened. */
    public long open() {
        return open.sum();
    }

    /** Open connections that carry a call. */
    public long inUse() {
        return inUse.sum();
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        open.increment();
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        open.decrement();
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        inUse.increment();
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        inUse.decrement();
    }
}
