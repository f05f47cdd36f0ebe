package io.simpleim.http.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What stands for a caller where callers are limited by address. */
final class ClientAddress {
    /** Whoever has one IPv6 address has all with the same first half (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Empty for this machine, whose callers are not limited: a proxy that was not named to the container, or a back end. */
    static String of(HttpServletRequest request) {
        try {
            // An address in digits: nothing is looked up.
            InetAddress address = InetAddress.getByName(request.getRemoteAddr());
            if (address.isLoopbackAddress()) {
                return "";
            }
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            return request.getRemoteAddr();
        }
    }
}
