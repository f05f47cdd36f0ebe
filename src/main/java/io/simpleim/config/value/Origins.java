package io.simpleim.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of {@code [web] allowedOrigins}. Parsed origins are written as browsers write them (RFC 6454, section 6.2):
 * in lower case and without the scheme's default port.
 */
public final class Origins {
    /** Stands for all origins. */
    public static final String ANY = "*";

    public static final Format<List<String>> FORMAT = new Format<>(
            "scheme://host[:port][, scheme://host[:port]…] without a path, such as https://shop.example, or *",
            Origins::parse);

    /** Any scheme is allowed, since applications in web views use their own. */
    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9_][a-z0-9_.-]*)(?::([0-9]{1,5}))?");

    private static final String HTTP_PORT = "80";
    private static final String HTTPS_PORT = "443";

    private Origins() {}

    private static List<String> parse(String text) throws BadValueException {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> origins = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            origins.add(origin(entry.strip().toLowerCase(Locale.ROOT)));
        }
        if (origins.contains(ANY) && origins.size() > 1) {
            throw new BadValueException("* stands for all, and so stands alone");
        }
        return List.copyOf(origins);
    }

    private static String origin(String entry) throws BadValueException {
        if (entry.equals(ANY)) {
            return entry;
        }
        Matcher matcher = ORIGIN.matcher(entry);
        if (!matcher.matches()) {
            throw new BadValueException("not an origin");
        }
        String scheme = matcher.group(1);
        String port = matcher.group(3);
        boolean isDefault = port == null
                || (scheme.equals("http") && port.equals(HTTP_PORT))
                || (scheme.equals("https") && port.equals(HTTPS_PORT));
        return scheme + "://" + matcher.group(2) + (isDefault ? "" : ":" + port);
    }
}
