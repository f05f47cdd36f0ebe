package io.simpleim.config.value;

import java.util.regex.Pattern;

/** Makes an operator's text safe to show in a message: on one line and without the credentials in a URI. */
public final class Redactor {
    /** Up to the last @, since a password may hold one unescaped. */
    private static final Pattern USER_INFO = Pattern.compile("^([a-z+]+://)?.*@", Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile("\\?.*$", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

    private Redactor() {}

    /** Replaces the credentials and the query of an address. */
    public static String address(String address) {
        String anonymous = USER_INFO.matcher(address).replaceFirst("$1" + Secret.REDACTED + "@");
        return QUERY.matcher(anonymous).replaceFirst("?" + Secret.REDACTED);
    }

    /** In quotes, with control characters replaced. */
    public static String quoted(String text) {
        return "\"" + CONTROL.matcher(text).replaceAll("?") + "\"";
    }

    /** An unknown key or section: a text that does not look like a name may be a misplaced secret and is not shown. */
    public static String name(String name) {
        return NAME.matcher(name).matches() ? name : "(" + name.length() + " characters, not shown)";
    }
}
