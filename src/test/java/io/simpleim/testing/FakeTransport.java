package io.simpleim.testing;

import io.simpleim.push.CloseCode;
import io.simpleim.push.Transport;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport that notes what it is given. Thread-safe. */
public final class FakeTransport implements Transport {
    private final Executor network;
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Queue<CloseCode> closed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();
    private volatile boolean broken;

    /** @param network completes the sends: at once, later or on other threads, as the test would have it */
    public FakeTransport(Executor network) {
        this.network = network;
    }

    /** A network that takes every frame before the call returns. */
    public static FakeTransport inline() {
        return new FakeTransport(Runnable::run);
    }

    @Override
    public void send(String frame, Done done) {
        if (!sending.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        sent.add(frame);
        network.execute(() -> {
            sending.set(false);
            done.result(!broken);
        });
    }

    @Override
    public void close(CloseCode code) {
        closed.add(code);
    }

    /** From now on no send succeeds. */
    public void breakDown() {
        broken = true;
    }

    /** The frames whose sending was started, in that order. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** The codes that it was closed with. */
    public List<CloseCode> closed() {
        return List.copyOf(closed);
    }

    /** How many sends were started while another was under way. */
    public int overlaps() {
        return overlaps.get();
    }
}
