package io.simpleim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.CursorMove;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingCursorsTest {
    private static final int MAX_MOVES = 200_000;

    private final PendingCursors cursors = new PendingCursors();

    private static CursorMove read(String userId, String roomId, long seq) {
        return CursorMove.said(userId, roomId, seq, seq);
    }

    @Test
    void movesOfAUserInARoomBecomeOneMove() {
        cursors.add(read("anna", "r", 2));
        cursors.add(read("anna", "r", 1));
        cursors.add(read("anna", "other", 3));
        assertThat(cursors.movesOf("anna"))
                .isEqualTo(Map.of("r", read("anna", "r", 2), "other", read("anna", "other", 3)));
        assertThat(cursors.movesOf("bert")).isEmpty();
        assertThat(cursors.moves()).hasSize(2);
    }

    @Test
    void olderMovesAreMergedIntoNewerOnes() {
        PendingCursors older = new PendingCursors();
        older.add(read("anna", "r", 2));
        older.add(read("bert", "r", 1));
        cursors.add(read("anna", "r", 3));
        cursors.merge(older);
        assertThat(cursors.moves()).containsExactlyInAnyOrder(read("anna", "r", 3), read("bert", "r", 1));
    }

    @Test
    void movesBeyondTheLimitAreDropped() {
        IntStream.range(0, MAX_MOVES + 1).forEach(i -> cursors.add(read("anna", "r" + i, 1)));
        assertThat(cursors.moves()).hasSize(MAX_MOVES);
        assertThat(cursors.movesOf("anna")).doesNotContainKey("r" + MAX_MOVES);
    }
}
