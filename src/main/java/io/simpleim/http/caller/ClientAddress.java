package io.simpleim.http.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What stands for a caller where callers are limited by address. */
public final class ClientAddress {
    /** Whoever has one IPv6 address has all with the same first half (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Empty for this machine, whose callers are not limited: a proxy that was not named to the container, or a back end. */
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
