package io.simpleim.standalone.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;

/**
 * Collects what commands change until it is logged. Records, each a byte and then:
 *
 * <pre>
 * 1 put     map, key, value        4 map     map, kind of its values, name: opens or creates it
 * 2 remove  map, key               5 drop    name
 * 3 clear   map                    6 rename  name, name
 * 7 end     the log is complete and another one goes on
 * </pre>
 *
 * <p>Numbers are variable integers; keys, values and names have their length before them. A map has a number within one
 * log, which its first record there tells. All can be repeated: done over what they have done already, they change
 * nothing, if the ones after them follow.
 *
 * <p>Thread-safe. What has been cut stays valid until the next cut; only one thread at a time may cut.
 */
final class RedoBuffer {
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

    synchronized void put(MVMap<Key, ?> map, ValueKind<?> kind, Key key, byte[] value) {
        record(PUT, map, kind);
        bytes(key.bytes());
        bytes(value);
    }

    synchronized void remove(MVMap<Key, ?> map, ValueKind<?> kind, Key key) {
        record(REMOVE, map, kind);
        bytes(key.bytes());
    }

    synchronized void clear(MVMap<Key, ?> map, ValueKind<?> kind) {
        record(CLEAR, map, kind);
    }

    /** Has the log tell of a map, empty though it may be. */
    synchronized void open(MVMap<Key, ?> map, ValueKind<?> kind) {
        if (known.add(map.getId())) {
            filling.put((byte) MAP).putVarInt(map.getId()).put((byte) kind.code());
            name(map.getName());
        }
    }

    synchronized void drop(String name) {
        filling.put((byte) DROP);
        name(name);
    }

    synchronized void rename(String before, String after) {
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

    /** The records so far, which are no longer here. */
    synchronized ByteBuffer cut() {
        WriteBuffer full = filling;
        filling = resting.clear();
        resting = full;
        return full.getBuffer().duplicate().flip();
    }

    /** The records so far, and the end of the log; what follows is for another one. */
    synchronized ByteBuffer cutLast() {
        filling.put((byte) END);
        known.clear();
        return cut();
    }
}
