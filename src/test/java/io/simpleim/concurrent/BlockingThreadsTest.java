package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BlockingThreadsTest {
    @Test
    void rejectedTasksThrowAndAreCounted() {
        BlockingThreads threads = new BlockingThreads();
        threads.shutdown();

        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(threads.rejected()).isEqualTo(1);
    }
}
