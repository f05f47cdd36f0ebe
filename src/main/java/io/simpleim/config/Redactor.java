package io.simpleim.config;

import java.util.regex.Pattern;

/** Makes texts that somebody wrote fit for a message: on one line, and without the credentials that a URI may hold. */
final class Redactor {
    /** Up to the last @, since a password may hold one unescaped. */
    private static final Pattern USER_INFO = Pattern.compile("^([a-z+]+://)?.*@", Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile("\\?.*$", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

    private Redactor() {}

    static String address(String address) {
        String anonymous = USER_INFO.matcher(address).replaceFirst("$1" + Secret.REDACTED + "@");
        return QUERY.matcher(anonymous).replaceFirst("?" + Secret.REDACTED);
    }

    static String value(Setting<?> setting, String value) {
        if (setting.secret()) {
            return "(value not shown)";
        }
        return "= " + quoted(address(value));
    }

    static String quoted(String text) {
        return "\"" + CONTROL.matcher(text).replaceAll("?") + "\"";
    }

    /** A key or section that is unknown: what does not look like a name may be a secret that slipped into its place. */
    static String name(String name) {
        return NAME.matcher(name).matches() ? name : "(" + name.length() + " characters, not shown)";
    }
}
