package io.simpleim.standalone.store.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Writes keys to a page of the file: the number of bytes shared with the previous key, then the rest. The keys of a
 * page are sorted and long ids share most of their bytes, so indexes stay small. Stateless.
 */
final class KeyType extends BasicDataType<Key> {
    static final KeyType INSTANCE = new KeyType();

    private static final int OBJECT_OVERHEAD = 40;

    private KeyType() {}

    @Override
    public int compare(Key a, Key b) {
        return a.compareTo(b);
    }

    /** Like the inherited method, without a call and a cast for each comparison. */
    @Override
    public int binarySearch(Key key, Object storage, int size, int initialGuess) {
        Key[] keys = cast(storage);
        byte[] bytes = key.bytes();
        int low = 0;
        int high = size - 1;
        int x = initialGuess < 1 || initialGuess > size ? high >>> 1 : initialGuess - 1;
        while (low <= high) {
            int compare = Arrays.compareUnsigned(bytes, keys[x].bytes());
            if (compare == 0) {
                return x;
            } else if (compare > 0) {
                low = x + 1;
            } else {
                high = x - 1;
            }
            x = (low + high) >>> 1;
        }
        return ~low;
    }

    @Override
    public int getMemory(Key key) {
        return OBJECT_OVERHEAD + key.length();
    }

    @Override
    public void write(WriteBuffer out, Object storage, int length) {
        byte[] before = Key.FIRST.bytes();
        for (int i = 0; i < length; i++) {
            byte[] bytes = cast(storage)[i].bytes();
            write(out, bytes, sharedPrefix(before, bytes));
            before = bytes;
        }
    }

    @Override
    public void read(ByteBuffer in, Object storage, int length) {
        byte[] before = Key.FIRST.bytes();
        for (int i = 0; i < length; i++) {
            before = read(in, before);
            cast(storage)[i] = new Key(before);
        }
    }

    @Override
    public void write(WriteBuffer out, Key key) {
        write(out, key.bytes(), 0);
    }

    @Override
    public Key read(ByteBuffer in) {
        return new Key(read(in, Key.FIRST.bytes()));
    }

    @Override
    public Key[] createStorage(int size) {
        return new Key[size];
    }

    private static void write(WriteBuffer out, byte[] bytes, int shared) {
        out.putVarInt(shared).putVarInt(bytes.length - shared);
        out.put(ByteBuffer.wrap(bytes, shared, bytes.length - shared));
    }

    private static byte[] read(ByteBuffer in, byte[] before) {
        int shared = DataUtils.readVarInt(in);
        int rest = DataUtils.readVarInt(in);
        byte[] bytes = Arrays.copyOf(before, shared + rest);
        in.get(bytes, shared, rest);
        return bytes;
    }

    private static int sharedPrefix(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }
}
