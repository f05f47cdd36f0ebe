package io.simpleim.ws;

import io.simpleim.push.Frame;
import io.simpleim.push.Transport;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends several frames with one write to the network, or as few as the container's buffer allows. One step at a time:
 * each frame, then the flush. A step that is done before its call returns is followed by the next in the same loop, one
 * that is done later by its callback; whichever of the two comes second goes on.
 */
final class FrameBatch implements SendHandler {
    private final TomcatRemote remote;
    private final List<Frame> frames;
    private final Transport.Done done;
    private final AtomicInteger returns = new AtomicInteger();
    /** Handed from step to step, so by one thread at a time. */
    private int step;

    private boolean failed;

    FrameBatch(TomcatRemote remote, List<Frame> frames, Transport.Done done) {
        this.remote = remote;
        this.frames = frames;
        this.done = done;
    }

    /** @throws IOException or a runtime exception if the connection is gone; then the outcome is not told */
    void send() throws IOException {
        remote.setBatching(true);
        goOn();
    }

    @Override
    public void onResult(SendResult result) {
        if (!result.isOK()) {
            failed = true;
        }
        if (returns.incrementAndGet() == 2) {
            try {
                goOn();
            } catch (IOException | RuntimeException e) {
                done.result(false);
            }
        }
    }

    private void goOn() throws IOException {
        while (!failed && step <= frames.size()) {
            int current = step;
            step++;
            returns.set(0);
            if (current < frames.size()) {
                remote.sendText(frames.get(current).payload(), this);
            } else {
                remote.flush(this);
            }
            if (returns.incrementAndGet() != 2) {
                return;
            }
        }
        if (!failed) {
            // The container's own answers to pings are not to wait for a batch of ours.
            remote.setBatching(false);
        }
        done.result(!failed);
    }
}
