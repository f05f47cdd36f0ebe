package io.simpleim.faults;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A client that sends to one room without pausing. It retries unanswered messages under the same id before it sends new
 * ones. Used by one thread at a time.
 */
final class SendingClient {
    private static final int PAUSE_MILLIS = 50;
    private static final int MAX_TRIES = 20;

    private final String name;
    private final SendChannel.Factory kind;
    private final int inFlight;
    private final SendLedger ledger;
    /** The number of the first unanswered message. */
    private int next;
    /** One past the last message that was sent at least once. */
    private int begun;

    /** @param inFlight messages that may be unanswered at a time */
    SendingClient(String name, SendChannel.Factory kind, int inFlight, SendLedger ledger) {
        this.name = name;
        this.kind = kind;
        this.inFlight = inFlight;
        this.ledger = ledger;
    }

    /** Sends on its own thread until told to stop, or until the server dies. */
    CompletableFuture<Void> sendUntil(URI base, CountDownLatch stop) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (SendChannel channel = kind.open(base)) {
                        while (stop.getCount() > 0) {
                            sendBatch(channel, Math.max(begun, next + inFlight), stop);
                        }
                        ended.complete(null);
                    } catch (BreakableSocket.BrokenException e) {
                        ended.complete(null);
                    } catch (RuntimeException | Error e) {
                        ended.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    /** As {@link #sendUntil}, moving to the next server when one dies. */
    CompletableFuture<Void> sendAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return sendUntil(bases.get(), stop).thenCompose(ended -> {
            if (stop.getCount() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            pause(stop);
            return sendAnywhere(bases, stop);
        });
    }

    /** As {@link #retryUnanswered}, on any server. */
    void retryUnansweredAnywhere(Supplier<URI> bases) {
        for (int tries = 1; next < begun; tries++) {
            try {
                retryUnanswered(bases.get());
            } catch (BreakableSocket.BrokenException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Resends until every message is answered. Fails if the server dies. */
    void retryUnanswered(URI base) {
        CountDownLatch never = new CountDownLatch(1);
        try (SendChannel channel = kind.open(base)) {
            while (next < begun) {
                sendBatch(channel, begun, never);
            }
        }
    }

    /** Sends the next message. */
    void sendOne(URI base) {
        begun = next + 1;
        retryUnanswered(base);
    }

    private void sendBatch(SendChannel channel, int end, CountDownLatch stop) {
        List<String> texts = IntStream.range(next, Math.min(end, next + inFlight))
                .mapToObj(number -> SendLedger.text(name, number))
                .toList();
        begun = Math.max(begun, next + texts.size());
        int before = next;
        channel.send(texts, this::take);
        if (next == before) {
            pause(stop);
        }
    }

    private void take(SendOutcome reply) {
        if (reply.isStored()) {
            ledger.answered(SendLedger.text(name, next), reply.json().getAsJsonObject("data"));
            next++;
        } else if (!reply.isUnavailable() || inFlight > 1) {
            // With several in flight, a later one may already be stored, so this one could not precede it on a retry.
            throw new AssertionError(name + " got " + reply);
        } else {
            ledger.refused();
        }
    }

    private static void pause(CountDownLatch stop) {
        try {
            boolean unused = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
