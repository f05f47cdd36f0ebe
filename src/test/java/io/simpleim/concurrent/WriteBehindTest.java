package io.simpleim.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private final List<Map<String, Integer>> written = new ArrayList<>();
    private boolean isStoreDown;
    private Runnable duringWrite = () -> {};

    private final WriteBehind<Map<String, Integer>> buffer = new WriteBehind<>(
            "numbers",
            HashMap::new,
            (newer, older) -> older.forEach((key, value) -> newer.merge(key, value, Math::max)),
            this::write);

    private void write(Map<String, Integer> batch) {
        duringWrite.run();
        if (isStoreDown) {
            throw new IllegalStateException("down");
        }
        written.add(Map.copyOf(batch));
    }

    private void put(String key, int value) {
        buffer.update(pending -> pending.merge(key, value, Math::max));
    }

    private Map<String, Integer> visible() {
        return buffer.read((writing, pending) -> {
            Map<String, Integer> all = new HashMap<>(writing);
            all.putAll(pending);
            return all;
        });
    }

    @Test
    void updatesAreMergedAndWrittenOnce() {
        put("a", 1);
        put("a", 3);
        put("b", 2);
        buffer.flush();
        buffer.flush();
        assertThat(written).containsExactly(Map.of("a", 3, "b", 2), Map.of());
        assertThat(visible()).isEmpty();
    }

    @Test
    void dataStaysVisibleWhileItIsWritten() {
        put("a", 1);
        List<Map<String, Integer>> seen = new ArrayList<>();
        duringWrite = () -> {
            put("b", 2);
            seen.add(visible());
        };
        buffer.flush();
        assertThat(seen).containsExactly(Map.of("a", 1, "b", 2));
        assertThat(visible()).containsExactly(Map.entry("b", 2));
    }

    @Test
    void dataThatCouldNotBeWrittenIsWrittenLaterAndNeverReplacesNewerData() {
        put("a", 1);
        isStoreDown = true;
        duringWrite = () -> put("a", 5);
        buffer.flush();
        duringWrite = () -> {};
        assertThat(visible()).containsExactly(Map.entry("a", 5));
        isStoreDown = false;
        buffer.flush();
        assertThat(written).containsExactly(Map.of("a", 5));
    }

    @Test
    void dataThatIsNotDueIsKeptBack() {
        put("due", 1);
        put("later", 2);
        buffer.flush((taken, kept) -> kept.put("later", taken.remove("later")));
        assertThat(written).containsExactly(Map.of("due", 1));
        assertThat(visible()).containsExactly(Map.entry("later", 2));
    }
}
