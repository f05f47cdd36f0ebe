package io.simpleim.model;

/** The rule for a partner's user ids: 1 to 64 characters, no white space, no control characters. */
public final class UserId {
    /** The most characters (Unicode code points) that an id may have. */
    public static final int MAX_LENGTH = 64;

    private UserId() {}

    /** Whether a text may serve as a user's id. Unpaired surrogates are refused: no store can keep them. */
    public static boolean isValid(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!isAllowed(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    private static boolean isAllowed(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }
}
