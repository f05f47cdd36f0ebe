package io.simpleim.standalone.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final SlowStorage storage = new SlowStorage();
    private @Nullable GroupCommit commits;

    @AfterEach
    void close() {
        storage.allowed.release(1_000);
        if (commits != null) {
            commits.close();
        }
    }

    private GroupCommit commits(Duration delay) {
        GroupCommit created = new GroupCommit(storage, delay, Thread::new);
        commits = created;
        return created;
    }

    @Test
    void callersWaitUntilTheCommitHasEnded() {
        GroupCommit group = commits(LONG);
        CompletableFuture<Void> write = CompletableFuture.runAsync(group::awaitCommit);
        await().untilAsserted(() -> assertThat(storage.begun).hasValue(1));
        assertThat(write).isNotDone();
        storage.allowed.release();
        assertThat(write).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void callersDuringACommitShareTheNextOne() {
        GroupCommit group = commits(LONG);
        CompletableFuture<Void> first = CompletableFuture.runAsync(group::awaitCommit);
        await().untilAsserted(() -> assertThat(storage.begun).hasValue(1));
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(group::awaitCommit);
            thread.start();
            waiting.add(thread);
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        storage.allowed.release();
        assertThat(first).succeedsWithin(Duration.ofSeconds(5));
        assertThat(waiting).allMatch(Thread::isAlive); // the running commit does not cover them
        storage.allowed.release();
        await().until(() -> waiting.stream().noneMatch(Thread::isAlive));
        assertThat(storage.begun).hasValue(2);
    }

    @Test
    void aFailedCommitFailsOnlyItsOwnCallers() {
        GroupCommit group = commits(LONG);
        storage.failure = new IllegalStateException("disk full");
        storage.allowed.release();
        assertThatThrownBy(group::awaitCommit).hasMessageContaining("disk full");
        storage.failure = null;
        storage.allowed.release();
        group.awaitCommit();
        assertThat(storage.begun).hasValue(2);
    }

    @Test
    void changesWithoutACallerAreCommittedAfterTheDelay() {
        GroupCommit group = commits(Duration.ofMillis(20));
        storage.allowed.release();
        group.touch();
        group.touch();
        await().untilAsserted(() -> assertThat(storage.ended).hasValue(1));
    }

    @Test
    void closingCommitsOnceMoreAndRefusesWaiting() {
        GroupCommit group = commits(LONG);
        CompletableFuture<Void> write = CompletableFuture.runAsync(group::awaitCommit);
        await().untilAsserted(() -> assertThat(storage.begun).hasValue(1));
        group.touch();
        storage.allowed.release(2);
        group.close();
        assertThat(write).succeedsWithin(Duration.ofSeconds(5));
        assertThat(storage.ended).hasValue(2);
        assertThatThrownBy(group::awaitCommit).hasMessageContaining("closed");
    }

    @Test
    void eachOfManyWritersGetsACommitThatStartedAfterItsCall() {
        storage.allowed.release(100_000);
        GroupCommit group = commits(LONG);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 200; n++) {
                    int before = storage.begun.get();
                    group.awaitCommit();
                    if (storage.begun.get() <= before) {
                        throw new CompletionException(new AssertionError("answered by an older commit"));
                    }
                }
            }));
        }
        assertThat(CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    /** A commit waits until the test permits it. */
    private static final class SlowStorage implements GroupCommit.Storage {
        final Semaphore allowed = new Semaphore(0);
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        volatile @Nullable RuntimeException failure;

        @Override
        public void commit() {
            begun.incrementAndGet();
            allowed.acquireUninterruptibly();
            RuntimeException toThrow = failure;
            if (toThrow != null) {
                throw toThrow;
            }
            ended.incrementAndGet();
        }
    }
}
