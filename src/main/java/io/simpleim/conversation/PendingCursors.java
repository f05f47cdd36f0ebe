package io.simpleim.conversation;

import io.simpleim.model.CursorMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cursor moves that are not written yet, by user and room. Not thread-safe: its owner guards it. */
final class PendingCursors {
    /** Further moves are dropped, which happens only while the store is unavailable. Their messages are pushed again. */
    private static final int MAX_MOVES = 200_000;

    private final Map<String, Map<String, CursorMove>> byUser = new HashMap<>();
    private int size;

    void add(CursorMove move) {
        if (size >= MAX_MOVES) {
            return;
        }
        byUser.computeIfAbsent(move.userId(), userId -> new HashMap<>(2)).merge(move.roomId(), move, (known, added) -> {
            size--;
            return known.and(added);
        });
        size++;
    }

    void merge(PendingCursors older) {
        older.byUser.values().forEach(moves -> moves.values().forEach(this::add));
    }

    /** One user's moves, by room. */
    Map<String, CursorMove> movesOf(String userId) {
        return byUser.getOrDefault(userId, Map.of());
    }

    List<CursorMove> moves() {
        List<CursorMove> moves = new ArrayList<>(size);
        byUser.values().forEach(byRoom -> moves.addAll(byRoom.values()));
        return moves;
    }
}
