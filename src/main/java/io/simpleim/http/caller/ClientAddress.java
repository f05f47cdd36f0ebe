package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The key of a caller for limits by address. */
public final class ClientAddress {
    /** One IPv6 customer usually has all addresses that share the first half (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** The key of a request's caller. Empty for this machine (a back end or an unconfigured proxy), which is not limited. */
    public static String of(HttpServletRequest request) {
        Optional<InetAddress> address = IpAddress.parse(request.getRemoteAddr());
        if (address.isEmpty()) {
            return request.getRemoteAddr();
        }
        if (address.get().isLoopbackAddress()) {
            return "";
        }
        return address.get() instanceof Inet6Address ipv6
                ? HexFormat.of().formatHex(Arrays.copyOf(ipv6.getAddress(), NETWORK_BYTES))
                : address.get().getHostAddress();
    }
}
