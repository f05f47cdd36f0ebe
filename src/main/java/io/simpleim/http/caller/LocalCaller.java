package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;

/** Tells whether a request comes from a program on this machine, and neither through a proxy nor from a foreign page. */
public final class LocalCaller {
    /** Any of these says that a proxy stands between the caller and this machine's loopback. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** What Tomcat's RemoteIpValve leaves when it has believed a proxy: the headers are gone, their address is in place. */
    private static final String FORWARDED_ATTRIBUTE = "org.apache.tomcat.request.forwarded";

    private LocalCaller() {}

    public static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request) && !isForwarded(request) && !isForeignPage(request);
    }

    /** Whether the address that counts as the caller's is this machine's own. */
    static boolean isLoopback(HttpServletRequest request) {
        return IpAddress.parse(request.getRemoteAddr())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    /** Whether it comes from a proxy that the container was told to trust, whatever headers it has. */
    public static boolean isFromTrustedProxy(HttpServletRequest request) {
        return request.getAttribute(FORWARDED_ATTRIBUTE) != null;
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return isFromTrustedProxy(request) || FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null);
    }

    /** Whether the request names this machine as one that no name server could have made to mean it. */
    public static boolean hasLoopbackHost(HttpServletRequest request) {
        String name = request.getServerName();
        return name.equals("localhost")
                || IpAddress.parse(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /**
     * A page in a browser on this machine that the server has not served: back ends send no Origin, and a page that posts
     * cannot leave it out. One whose own host's name was made to mean this machine asks by that name, and to the browser is
     * of the server's origin.
     */
    private static boolean isForeignPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !(hasLoopbackHost(request) && AllowedOrigins.isOwn(origin, request));
    }
}
