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
final class Talker {
    private static final int PAUSE_MILLIS = 50;
    private static final int MOST_TRIES = 20;

    private final String name;
    private final Outlet.Kind kind;
    private final int atOnce;
    private final SendBook book;
    /** The number of the first message that has not been answered. */
    private int next;
    /** The number after the last message that has been sent at least once. */
    private int begun;

    /** @param atOnce how many messages are under way at a time */
    Talker(String name, Outlet.Kind kind, int atOnce, SendBook book) {
        this.name = name;
        this.kind = kind;
        this.atOnce = atOnce;
        this.book = book;
    }

    /** Talks on a thread of its own until told to stop, or until the server dies. */
    CompletableFuture<Void> talk(URI base, CountDownLatch stop) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Outlet outlet = kind.open(base)) {
                        while (stop.getCount() > 0) {
                            say(outlet, Math.max(begun, next + atOnce), stop);
                        }
                        ended.complete(null);
                    } catch (Line.BrokenException e) {
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

    /** As {@link #talk}; when the server dies, it goes on at the next one. */
    CompletableFuture<Void> talkAnywhere(Supplier<URI> bases, CountDownLatch stop) {
        return talk(bases.get(), stop).thenCompose(ended -> {
            if (stop.getCount() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            pause(stop);
            return talkAnywhere(bases, stop);
        });
    }

    /** As {@link #finish}, at whatever server is there. */
    void finishAnywhere(Supplier<URI> bases) {
        for (int tries = 1; next < begun; tries++) {
            try {
                finish(bases.get());
            } catch (Line.BrokenException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Sends once more what was not answered, so that all is; fails if the server dies. */
    void finish(URI base) {
        CountDownLatch never = new CountDownLatch(1);
        try (Outlet outlet = kind.open(base)) {
            while (next < begun) {
                say(outlet, begun, never);
            }
        }
    }

    /** Sends the next message. */
    void sayOne(URI base) {
        begun = next + 1;
        finish(base);
    }

    private void say(Outlet outlet, int end, CountDownLatch stop) {
        List<String> texts = IntStream.range(next, Math.min(end, next + atOnce))
                .mapToObj(number -> SendBook.text(name, number))
                .toList();
        begun = Math.max(begun, next + texts.size());
        int before = next;
        outlet.send(texts, this::take);
        if (next == before) {
            pause(stop);
        }
    }

    private void take(Reply reply) {
        if (reply.isStored()) {
            book.answered(SendBook.text(name, next), reply.json().getAsJsonObject("data"));
            next++;
        } else if (!reply.isUnavailable() || atOnce > 1) {
            // With several under way the next one may be stored: then this one could not come before it any more.
            throw new AssertionError(name + " got " + reply);
        } else {
            book.refused();
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
