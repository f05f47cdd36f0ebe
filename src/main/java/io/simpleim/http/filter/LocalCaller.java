package io.simpleim.http.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/** Tells whether a request comes from a program on this machine, and neither through a proxy nor from a foreign page. */
final class LocalCaller {
    /** Any of these says that a proxy stands between the caller and this machine's loopback. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** What Tomcat's RemoteIpValve leaves when it has believed a proxy: the headers are gone, their address is in place. */
    private static final String FORWARDED_ATTRIBUTE = "org.apache.tomcat.request.forwarded";

    private static final Pattern LOCAL_ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

    private LocalCaller() {}

    static boolean isBehind(HttpServletRequest request) {
        return isLoopback(request) && !isForwarded(request) && !isForeignPage(request);
    }

    /** Whether the address that counts as the caller's is this machine's own. */
    static boolean isLoopback(HttpServletRequest request) {
        return AddressText.parse(request.getRemoteAddr())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    /** Whether it comes from a proxy that the container was told to trust, whatever headers it has. */
    static boolean isOfNamedProxy(HttpServletRequest request) {
        return request.getAttribute(FORWARDED_ATTRIBUTE) != null;
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return isOfNamedProxy(request) || FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null);
    }

    /** A page of another site in a browser on this machine: back ends send no Origin, and a page cannot leave it out. */
    private static boolean isForeignPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !LOCAL_ORIGIN.matcher(origin).matches();
    }
}
