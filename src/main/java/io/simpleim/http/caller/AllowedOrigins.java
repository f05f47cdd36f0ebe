package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may use the server: those of its own origin, and those of {@code [web] allowedOrigins}. Goes by the header
 * {@code Origin}, which browsers send and which no page can change. Thread-safe.
 */
public final class AllowedOrigins {
    private static final String ANY = "*";
    private static final String HOST_AND_PORT = "(\\[[0-9a-f:.]+]|[^\\[\\]/:@?#\\s]+)(?::([0-9]{1,5}))?";
    private static final Pattern HOST = Pattern.compile(HOST_AND_PORT);
    private static final Pattern PAGE = Pattern.compile("(https?)://" + HOST_AND_PORT);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Set<String> listed;

    /** @param listed as browsers write them: lower case, without a default port; or the one {@code *} for all */
    public AllowedOrigins(Collection<String> listed) {
        this.listed = Set.copyOf(listed);
    }

    /** Whether a request may come from where it comes from. Apps and back ends send no Origin. */
    public boolean admit(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || isListed(origin) || isOwn(origin, request);
    }

    /** Whether the configuration has it. What browsers send for pages without an address, {@code null}, only * covers. */
    public boolean isListed(String origin) {
        return listed.contains(ANY) || listed.contains(origin);
    }

    /**
     * Whether the page comes from the host and port that the request went to. Its scheme says what a Host without a port
     * means: behind a proxy that ends TLS we may see http where the browser sees https. The other way round there is
     * nothing to be mistaken about.
     */
    static boolean isOwn(String origin, HttpServletRequest request) {
        Matcher page = matcher(PAGE, origin);
        Matcher host = matcher(HOST, request.getHeader("Host"));
        if (!page.matches() || !host.matches() || !page.group(2).equals(host.group(1))) {
            return false;
        }
        boolean isHttps = page.group(1).equals("https");
        int ifAbsent = isHttps ? HTTPS_PORT : HTTP_PORT;
        return port(page.group(3), ifAbsent) == port(host.group(2), ifAbsent) && (isHttps || !request.isSecure());
    }

    private static Matcher matcher(Pattern pattern, @Nullable String text) {
        return pattern.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT));
    }

    private static int port(@Nullable String port, int ifAbsent) {
        return port == null ? ifAbsent : Integer.parseInt(port);
    }
}
