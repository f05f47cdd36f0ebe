package io.simpleim.testing;

import io.simpleim.event.CloseCode;
import io.simpleim.push.Frame;
import io.simpleim.push.Transport;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport that records its frames. Thread-safe. */
public final class FakeTransport implements Transport {
    private final Executor network;
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Queue<CloseCode> closed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean broken;

    /** @param network completes the sends: at once, later or on other threads */
    public FakeTransport(Executor network) {
        this.network = network;
    }

    /** A network that accepts every frame before the call returns. */
    public static FakeTransport inline() {
        return new FakeTransport(Runnable::run);
    }

    @Override
    public void send(List<Frame> frames, Done done) {
        frames.forEach(frame -> sent.add(frame.text()));
        batches.incrementAndGet();
        carry(done);
    }

    @Override
    public void ping(Done done) {
        pings.incrementAndGet();
        carry(done);
    }

    private void carry(Done done) {
        if (!sending.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        network.execute(() -> {
            sending.set(false);
            done.result(!broken);
        });
    }

    @Override
    public void close(CloseCode code) {
        closed.add(code);
    }

    /** Makes every further send fail. */
    public void breakDown() {
        broken = true;
    }

    /** The frames whose send was started, in order. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** The close codes it was given. */
    public List<CloseCode> closed() {
        return List.copyOf(closed);
    }

    /** The number of network writes that the frames took. */
    public int batches() {
        return batches.get();
    }

    public int pings() {
        return pings.get();
    }

    /** The number of sends that were started while another was in progress. */
    public int overlaps() {
        return overlaps.get();
    }
}
