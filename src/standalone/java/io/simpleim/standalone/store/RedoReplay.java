package io.simpleim.standalone.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;

/** Does again what the records of one log say ({@link RedoBuffer}). Not thread-safe. */
final class RedoReplay {
    private final MVStore store;
    private final Map<Integer, StoredMap<?>> maps = new HashMap<>();
    private boolean empty = true;
    private boolean complete;

    RedoReplay(MVStore store) {
        this.store = store;
    }

    /** Whether there was no block. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether the writer went on to another log. */
    boolean isComplete() {
        return complete;
    }

    void apply(ByteBuffer records) {
        empty = false;
        while (records.hasRemaining()) {
            applyOne(records);
        }
    }

    private void applyOne(ByteBuffer in) {
        int type = in.get();
        switch (type) {
            case RedoBuffer.PUT -> put(map(in), in);
            case RedoBuffer.REMOVE -> map(in).remove(new Key(bytes(in)));
            case RedoBuffer.CLEAR -> map(in).clear();
            case RedoBuffer.MAP -> {
                int number = DataUtils.readVarInt(in);
                maps.put(number, open(ValueKind.of(in.get()), name(in)));
            }
            case RedoBuffer.DROP -> store.removeMap(name(in));
            case RedoBuffer.RENAME -> rename(name(in), name(in));
            case RedoBuffer.END -> complete = true;
            default -> throw new IllegalStateException("There is no record of the type " + type);
        }
    }

    private <V> StoredMap<V> open(ValueKind<V> kind, String name) {
        return new StoredMap<>(kind.open(store, name), kind, null);
    }

    private void rename(String before, String after) {
        if (store.hasMap(before)) {
            store.renameMap(store.openMap(before), after);
        }
    }

    private static <V> void put(StoredMap<V> map, ByteBuffer in) {
        Key key = new Key(bytes(in));
        map.put(key, map.kind().read().apply(bytes(in)));
    }

    private StoredMap<?> map(ByteBuffer in) {
        return Objects.requireNonNull(maps.get(DataUtils.readVarInt(in)), "a record tells of the map first");
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
