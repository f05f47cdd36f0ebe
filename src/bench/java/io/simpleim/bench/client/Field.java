package io.simpleim.bench.client;

/**
 * A member of JSON objects that are alike: where it was in the last one it is looked for first in the next. Within a
 * JSON text a quote is escaped, so what looks like a name in one is none. Not thread-safe.
 */
public final class Field {
    private final byte[] name;
    private int hint;

    public Field(String name) {
        this.name = Text.ascii("\"" + name + "\":");
    }

    /** Where the value begins, behind a quote if it has one; -1 if there is no such member. */
    public int find(byte[] bytes, int from, int to) {
        int at = from + hint;
        if (!Text.isAt(name, bytes, at, to)) {
            at = Text.find(name, bytes, from, to);
            if (at < 0) {
                return -1;
            }
            hint = at - from;
        }
        int value = at + name.length;
        return value < to && bytes[value] == '"' ? value + 1 : value;
    }

    /** The member's number, or another one if there is no such member. */
    public long number(byte[] bytes, int from, int to, long otherwise) {
        int at = find(bytes, from, to);
        return at < 0 ? otherwise : Text.number(bytes, at, to);
    }

    /** The member's text as it stands there, or an empty one. */
    public String text(byte[] bytes, int from, int to) {
        int at = find(bytes, from, to);
        int end = at < 0 ? -1 : Text.find((byte) '"', bytes, at, to);
        return end < 0 ? "" : Text.string(bytes, at, end);
    }
}
