package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BoundedMapTest {
    @Test
    void theOldestEntryIsEvicted() {
        BoundedMap<String, Integer> map = BoundedMap.evictingOldest(2);
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");
        map.put("a", 3);
        map.put("c", 4);
        assertThat(map).containsOnlyKeys("b", "c");
    }

    @Test
    void theLeastRecentlyUsedEntryIsEvicted() {
        BoundedMap<String, Integer> map = BoundedMap.evictingLeastRecentlyUsed(2);
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");
        map.put("c", 3);
        assertThat(map).containsOnlyKeys("a", "c");
    }

    @Test
    void theLimitHoldsForBulkInserts() {
        BoundedMap<Integer, Integer> map = BoundedMap.evictingLeastRecentlyUsed(100);
        for (int i = 0; i < 1000; i++) {
            map.merge(i, i, Integer::sum);
        }
        assertThat(map).hasSize(100).containsKey(999).doesNotContainKey(899);
    }

    @Test
    void theLimitIsAtLeastOneEntry() {
        assertThatIllegalArgumentException().isThrownBy(() -> BoundedMap.evictingOldest(0));
    }
}
