package io.simpleim.standalone.store.redo;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.ValueKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Applies the records of one log ({@link RedoBuffer}) to the store. Not thread-safe. */
final class RedoReplay {
    private final MVStore store;
    private final Map<Integer, OpenMap<?>> maps = new HashMap<>();
    private boolean complete;

    /** A map that the log has named. */
    private record OpenMap<V>(MVMap<Key, V> map, ValueKind<V> kind) {
        void put(ByteBuffer in) {
            Key key = new Key(bytes(in));
            map.put(key, kind.read().apply(bytes(in)));
        }
    }

    RedoReplay(MVStore store) {
        this.store = store;
    }

    /** Whether the log has its end record, so that another log follows. */
    boolean isComplete() {
        return complete;
    }

    void apply(ByteBuffer records) {
        while (records.hasRemaining()) {
            applyOne(records);
        }
    }

    private void applyOne(ByteBuffer in) {
        int type = in.get();
        switch (type) {
            case RedoBuffer.PUT -> map(in).put(in);
            case RedoBuffer.REMOVE -> map(in).map().remove(new Key(bytes(in)));
            case RedoBuffer.CLEAR -> map(in).map().clear();
            case RedoBuffer.MAP -> {
                int number = DataUtils.readVarInt(in);
                maps.put(number, open(ValueKind.of(in.get()), name(in)));
            }
            case RedoBuffer.DROP -> store.removeMap(name(in));
            case RedoBuffer.RENAME -> rename(name(in), name(in));
            case RedoBuffer.END -> complete = true;
            default -> throw new IllegalStateException("Unknown record type " + type);
        }
    }

    private <V> OpenMap<V> open(ValueKind<V> kind, String name) {
        return new OpenMap<>(kind.open(store, name), kind);
    }

    private void rename(String before, String after) {
        if (store.hasMap(before)) {
            store.renameMap(store.openMap(before), after);
        }
    }

    private OpenMap<?> map(ByteBuffer in) {
        return Objects.requireNonNull(maps.get(DataUtils.readVarInt(in)), "an earlier record names the map");
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[DataUtils.readVarInt(in)];
        in.get(bytes);
        return bytes;
    }

    private static String name(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }
}
