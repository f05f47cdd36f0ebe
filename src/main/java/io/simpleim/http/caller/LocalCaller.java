package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;

/**
 * Distinguishes requests of programs on this machine from those that a proxy or a browser sends on behalf of others.
 */
public final class LocalCaller {
    /** Each of these headers shows that a proxy forwarded the request. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** Set by Tomcat's RemoteIpValve for a trusted proxy, when it replaces the remote address and removes the headers. */
    private static final String FORWARDED_ATTRIBUTE = "org.apache.tomcat.request.forwarded";

    private LocalCaller() {}

    /** Whether the caller is a program on this machine, and neither a proxy nor a page of another site. */
    public static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request) && !isForwarded(request) && !isForeignPage(request);
    }

    /** Whether the caller's address is a loopback address. */
    private static boolean isLoopback(HttpServletRequest request) {
        return IpAddress.parse(request.getRemoteAddr())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    /** Whether a proxy that the container trusts forwarded the request. */
    public static boolean isFromTrustedProxy(HttpServletRequest request) {
        return request.getAttribute(FORWARDED_ATTRIBUTE) != null;
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return isFromTrustedProxy(request) || FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null);
    }

    /** Whether the request is addressed to a loopback host by a name that no name server can redirect. */
    public static boolean hasLoopbackHost(HttpServletRequest request) {
        String name = request.getServerName();
        return name.equals("localhost")
                || IpAddress.parse(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /**
     * Whether a browser on this machine sends the request for a page that this server did not serve. Back ends send no
     * Origin, and a page cannot omit it from a POST. With DNS rebinding a page seems to be of the server's origin, but then
     * the request has the page's host name.
     */
    private static boolean isForeignPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !(hasLoopbackHost(request) && AllowedOrigins.isOwn(origin, request));
    }
}
