package io.simpleim.store;

import java.util.ArrayList;
import java.util.List;

/** Splits long lists so that each call to a store stays short. */
public final class Chunks {
    private Chunks() {}

    /**
     * Splits a list into consecutive parts of {@code size} elements; only the last part may be shorter. The parts are
     * views: changing the structure of the list invalidates them.
     *
     * @param size at least 1
     * @return no part if the list is empty
     * @throws IllegalArgumentException if {@code size} is less than 1
     */
    public static <T> List<List<T>> of(List<T> list, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("Chunk size " + size);
        }
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); ) {
            int to = from + Math.min(size, list.size() - from);
            chunks.add(list.subList(from, to));
            from = to;
        }
        return chunks;
    }
}
