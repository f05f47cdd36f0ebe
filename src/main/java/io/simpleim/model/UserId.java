package io.simpleim.model;

/** The rule for user ids: 1 to 64 characters, without white space and control characters. */
public final class UserId {
    /** Maximum length in Unicode code points. */
    public static final int MAX_LENGTH = 64;

    private UserId() {}

    /** Whether a text is a valid user id. Unpaired surrogates are refused, since no store can keep them. */
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
