package io.simpleim.faults;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A client that sends to one room without a pause, and sends again what was not answered, under the same id and before
 * anything else. One thread at a time.
 */
final class SendingClient {
    private static final int PAUSE_MILLIS = 50;
    private static final int MAX_TRIES = 20;

    private final String name;
    private final SendChannel.Factory kind;
    private final int inFlight;
    private final SendLedger ledger;
    /** The number of the first message that has not been answered. */
    private int next;
    /** The number after the last message that has been sent at least once. */
    private int begun;

    /** @param inFlight how many messages are under way at a time */
    SendingClient(String name, SendChannel.Factory kind, int inFlight, SendLedger ledger) {
        this.name = name;
        this.kind = kind;
        this.inFlight = inFlight;
        this.ledger = ledger;
    }

    /** Talks on a thread of its own until told to stop, or until the server dies. */
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

    /** As {@link #sendUntil}; when the server dies, it goes on at the next one. */
    CompletableFuture<Void> sendAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return sendUntil(bases.get(), stop).thenCompose(ended -> {
            if (stop.getCount() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            pause(stop);
            return sendAnywhere(bases, stop);
        });
    }

    /** As {@link #retryUnanswered}, at whatever server is there. */
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

    /** Sends once more what was not answered, so that all is; fails if the server dies. */
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
            // With several under way the next one may be stored: then this one could not come before it any more.
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
