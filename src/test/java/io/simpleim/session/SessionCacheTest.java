package io.simpleim.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SessionCacheTest {
    private static final Session SESSION = new Session("s", "anna", 1000, 0);

    private final Map<String, Session> stored = new HashMap<>(Map.of("s", SESSION));
    private long nanos;
    private long readingNanos;
    private final SessionCache sessions = new SessionCache(this::read, () -> nanos);

    private Optional<Session> read(String sessionId) {
        Optional<Session> found = Optional.ofNullable(stored.get(sessionId));
        nanos += readingNanos;
        return found;
    }

    private void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Test
    void whileDisabledEachLookupQueriesTheStore() {
        assertThat(sessions.find("s")).contains(SESSION);
        stored.clear();
        assertThat(sessions.find("s")).isEmpty();
    }

    @Test
    void aSessionIsCachedForOneSecond() {
        sessions.enable();
        assertThat(sessions.find("s")).contains(SESSION);
        stored.clear();
        advance(Duration.ofMillis(999));
        assertThat(sessions.find("s")).contains(SESSION);
        advance(Duration.ofMillis(1));
        assertThat(sessions.find("s")).isEmpty();
    }

    @Test
    void useDoesNotExtendTheTimeInTheCache() {
        sessions.enable();
        for (int i = 0; i < 4; i++) {
            assertThat(sessions.find("s")).contains(SESSION);
            stored.clear();
            advance(Duration.ofMillis(300));
        }
        assertThat(sessions.find("s")).isEmpty();
    }

    /** A session that was read may be as old as the read took. */
    @Test
    void theSecondBeginsWhenTheQueryStarts() {
        sessions.enable();
        readingNanos = Duration.ofMillis(900).toNanos();
        assertThat(sessions.find("s")).contains(SESSION);
        readingNanos = 0;
        stored.clear();
        advance(Duration.ofMillis(100));
        assertThat(sessions.find("s")).isEmpty();
    }

    @Test
    void aMissingSessionIsNotCached() {
        sessions.enable();
        stored.clear();
        assertThat(sessions.find("s")).isEmpty();
        stored.put("s", SESSION);
        assertThat(sessions.find("s")).contains(SESSION);
    }

    @Test
    void aSessionThatHasEndedIsForgotten() {
        sessions.enable();
        sessions.find("s");
        stored.clear();
        sessions.forget("s");
        assertThat(sessions.find("s")).isEmpty();
    }

    @Test
    void disablingClearsTheCache() {
        sessions.enable();
        sessions.find("s");
        sessions.disable();
        stored.clear();
        assertThat(sessions.find("s")).isEmpty();
        sessions.enable();
        assertThat(sessions.find("s")).isEmpty();
    }

    /** The read begins before the session ends, and returns after this node was notified. */
    @Test
    @Timeout(20)
    void aSessionThatEndsWhileItIsReadIsNotCached() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        SessionCache slow = new SessionCache(
                sessionId -> {
                    Optional<Session> found = Optional.ofNullable(stored.get(sessionId));
                    reading.countDown();
                    ended.join();
                    return found;
                },
                () -> 0);
        slow.enable();
        CompletableFuture<Optional<Session>> found = CompletableFuture.supplyAsync(() -> slow.find("s"));
        reading.await();
        stored.clear();
        CompletableFuture<Void> forgotten = CompletableFuture.runAsync(() -> slow.forget("s"));
        ended.complete(null);
        found.join();
        forgotten.join();
        assertThat(slow.find("s")).isEmpty();
    }
}
