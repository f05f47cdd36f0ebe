package io.simpleim.model;

import java.util.Optional;

/**
 * The rule for names of rooms: 1 to 64 characters, one of them at least to be seen, no control characters, no white space
 * around it.
 */
public final class RoomName {
    /** The most characters (Unicode code points) that a name may have. */
    public static final int MAX_LENGTH = 64;

    private RoomName() {}

    /** The name that a text stands for, without white space around it; empty if it can be none. */
    public static Optional<String> of(String text) {
        String name = trim(text);
        int length = name.codePointCount(0, name.length());
        boolean isName = length <= MAX_LENGTH
                && name.codePoints().anyMatch(RoomName::isSeen)
                && name.codePoints().allMatch(RoomName::isAllowed);
        return isName ? Optional.of(name) : Optional.empty();
    }

    /** White space of every kind, with or without a line break: a name of it alone would look like none. */
    private static String trim(String text) {
        int[] characters = text.codePoints().toArray();
        int from = 0;
        int to = characters.length;
        while (from < to && isSpace(characters[from])) {
            from++;
        }
        while (to > from && isSpace(characters[to - 1])) {
            to--;
        }
        return new String(characters, from, to - from);
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** Format characters join emoji and turn the direction of writing: beside others they have their place. */
    private static boolean isSeen(int codePoint) {
        return !isSpace(codePoint) && Character.getType(codePoint) != Character.FORMAT;
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
