package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may use the server: those of its own origin and those of {@code [web] allowedOrigins}. Relies on the
 * {@code Origin} header, which browsers set and pages cannot change. Thread-safe.
 */
public final class AllowedOrigins {
    private static final String ANY = "*";
    private static final String HOST_AND_PORT = "(\\[[0-9a-f:.]+]|[^\\[\\]/:@?#\\s]+)(?::([0-9]{1,5}))?";
    private static final Pattern HOST = Pattern.compile(HOST_AND_PORT);
    private static final Pattern PAGE = Pattern.compile("(https?)://" + HOST_AND_PORT);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Set<String> listed;

    /** @param listed origins as browsers write them (lower case, no default port), or a single {@code *} for all */
    public AllowedOrigins(Collection<String> listed) {
        this.listed = Set.copyOf(listed);
    }

    /** Whether the request's origin may use the server. Apps and back ends send no Origin and are admitted. */
    public boolean admit(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || isListed(origin) || isOwn(origin, request);
    }

    /** Whether the configuration lists an origin. Only * covers {@code null}, which browsers send for pages without an address. */
    public boolean isListed(String origin) {
        return listed.contains(ANY) || listed.contains(origin);
    }

    /**
     * Whether the page's host and port are those that the request was sent to. The page's scheme gives the default port,
     * because behind a proxy that terminates TLS the browser's https request arrives as http. A request that arrives with
     * TLS never comes from an http page of the same origin.
     */
    static boolean isOwn(String origin, HttpServletRequest request) {
        Matcher page = matcher(PAGE, origin);
        Matcher host = matcher(HOST, request.getHeader("Host"));
        if (!page.matches() || !host.matches() || !page.group(2).equals(host.group(1))) {
            return false;
        }
        boolean isHttps = page.group(1).equals("https");
        int defaultPort = isHttps ? HTTPS_PORT : HTTP_PORT;
        return port(page.group(3), defaultPort) == port(host.group(2), defaultPort) && (isHttps || !request.isSecure());
    }

    private static Matcher matcher(Pattern pattern, @Nullable String text) {
        return pattern.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT));
    }

    private static int port(@Nullable String port, int defaultPort) {
        return port == null ? defaultPort : Integer.parseInt(port);
    }
}
