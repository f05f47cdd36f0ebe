package io.simpleim.bench.client;

/**
 * Finds a field in JSON objects of the same shape. The search starts at the offset where the last object had the field.
 * Quotes within JSON strings are escaped, so text that looks like a field name never matches. Not thread-safe.
 */
public final class JsonField {
    private final byte[] name;
    private int hint;

    public JsonField(String name) {
        this.name = ByteText.ascii("\"" + name + "\":");
    }

    /** Offset of the value, after its opening quote if it has one; -1 if the field is missing. */
    public int find(byte[] bytes, int from, int to) {
        int at = from + hint;
        if (!ByteText.isAt(name, bytes, at, to)) {
            at = ByteText.find(name, bytes, from, to);
            if (at < 0) {
                return -1;
            }
            hint = at - from;
        }
        int value = at + name.length;
        return value < to && bytes[value] == '"' ? value + 1 : value;
    }

    /** The value as a number, or {@code otherwise} if the field is missing. */
    public long number(byte[] bytes, int from, int to, long otherwise) {
        int at = find(bytes, from, to);
        return at < 0 ? otherwise : ByteText.number(bytes, at, to);
    }

    /** The value as text, with escapes left in; empty if the field is missing. */
    public String text(byte[] bytes, int from, int to) {
        int at = find(bytes, from, to);
        int end = at < 0 ? -1 : ByteText.find((byte) '"', bytes, at, to);
        return end < 0 ? "" : ByteText.string(bytes, at, end);
    }
}
