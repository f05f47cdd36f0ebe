package io.simpleim.model;

import java.util.Optional;

/**
 * The rule for room names: 1 to 64 characters, at least one of them visible, no control characters and no surrounding
 * white space.
 */
public final class RoomName {
    /** Maximum length in Unicode code points. */
    public static final int MAX_LENGTH = 64;

    private RoomName() {}

    /** Returns the text without surrounding white space if it is a valid name. */
    public static Optional<String> of(String text) {
        String name = trim(text);
        int length = name.codePointCount(0, name.length());
        boolean isName = length <= MAX_LENGTH
                && name.codePoints().anyMatch(RoomName::isVisible)
                && name.codePoints().allMatch(RoomName::isAllowed);
        return isName ? Optional.of(name) : Optional.empty();
    }

    /** Removes every kind of white space, breaking or not: a name made of it would look empty. */
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

    /** Format characters join emoji and change the writing direction; they are allowed next to visible ones. */
    private static boolean isVisible(int codePoint) {
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
