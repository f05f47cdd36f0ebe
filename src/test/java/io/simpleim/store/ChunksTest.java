package io.simpleim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void onlyTheLastChunkMayBeShorter() {
        assertThat(Chunks.of(List.of(1, 2, 3, 4, 5), 2)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
        assertThat(Chunks.of(List.of(1, 2, 3, 4), 2)).containsExactly(List.of(1, 2), List.of(3, 4));
    }

    @Test
    void aListThatFitsIsOneChunk() {
        assertThat(Chunks.of(List.of(1, 2), 2)).containsExactly(List.of(1, 2));
        assertThat(Chunks.of(List.of(1), Integer.MAX_VALUE)).containsExactly(List.of(1));
    }

    @Test
    void anEmptyListHasNoChunks() {
        assertThat(Chunks.of(List.of(), 3)).isEmpty();
    }

    @Test
    void aChunkHasAtLeastOneElement() {
        assertThatIllegalArgumentException().isThrownBy(() -> Chunks.of(List.of(1), 0));
    }
}
