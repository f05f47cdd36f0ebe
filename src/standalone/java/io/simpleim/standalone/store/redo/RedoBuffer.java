package io.simpleim.standalone.store.redo;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.ValueKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;

/**
 * Collects the changes that commands make until they are logged. A record is a type byte, followed by:
 *
 * <pre>
 * 1 put     map, key, value        4 map     map, kind of its values, name: opens or creates it
 * 2 remove  map, key               5 drop    name
 * 3 clear   map                    6 rename  name, name
 * 7 end     the log is complete and another one follows
 * </pre>
 *
 * <p>Numbers are variable-length integers. Keys, values and names are preceded by their length. Within a log a map is
 * identified by a number, which its first record introduces. Replay is idempotent: applying all records again, to the
 * end, gives the same state.
 *
 * <p>Thread-safe, except that only one thread at a time may cut. Cut records stay valid until the next cut.
 */
public final class RedoBuffer {
    static final int PUT = 1;
    static final int REMOVE = 2;
    static final int CLEAR = 3;
    static final int MAP = 4;
    static final int DROP = 5;
    static final int RENAME = 6;
    static final int END = 7;

    /** Guarded by this, as all fields. */
    private WriteBuffer filling = new WriteBuffer();

    private WriteBuffer resting = new WriteBuffer();
    private final Set<Integer> known = new HashSet<>();

    public synchronized void put(MVMap<Key, ?> map, ValueKind<?> kind, Key key, byte[] value) {
        record(PUT, map, kind);
        bytes(key.bytes());
        bytes(value);
    }

    public synchronized void remove(MVMap<Key, ?> map, ValueKind<?> kind, Key key) {
        record(REMOVE, map, kind);
        bytes(key.bytes());
    }

    public synchronized void clear(MVMap<Key, ?> map, ValueKind<?> kind) {
        record(CLEAR, map, kind);
    }

    /** Records that a map exists, even if it is empty. */
    public synchronized void open(MVMap<Key, ?> map, ValueKind<?> kind) {
        if (known.add(map.getId())) {
            filling.put((byte) MAP).putVarInt(map.getId()).put((byte) kind.code());
            name(map.getName());
        }
    }

    public synchronized void drop(String name) {
        filling.put((byte) DROP);
        name(name);
    }

    public synchronized void rename(String before, String after) {
        filling.put((byte) RENAME);
        name(before);
        name(after);
    }

    private void record(int type, MVMap<Key, ?> map, ValueKind<?> kind) {
        open(map, kind);
        filling.put((byte) type).putVarInt(map.getId());
    }

    private void bytes(byte[] bytes) {
        filling.putVarInt(bytes.length).put(bytes);
    }

    private void name(String name) {
        bytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes and returns the records so far. */
    synchronized ByteBuffer cut() {
        WriteBuffer full = filling;
        filling = resting.clear();
        resting = full;
        return full.getBuffer().duplicate().flip();
    }

    /** Removes and returns the records so far, followed by the end of the log. Later records belong to the next log. */
    synchronized ByteBuffer cutLast() {
        filling.put((byte) END);
        known.clear();
        return cut();
    }
}
