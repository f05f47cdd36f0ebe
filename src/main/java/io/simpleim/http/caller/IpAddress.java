package io.simpleim.http.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses an address in digits, with or without a port. The text may come from a trusted proxy's header. Host names are
 * never resolved.
 */
final class IpAddress {
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]+)?");
    private static final Pattern IPV6 =
            Pattern.compile("\\[?([0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:%[^\\]]*)?(?:](?::[0-9]+)?)?");

    private IpAddress() {}

    /** The address; empty if the text is not an address. */
    static Optional<InetAddress> parse(String text) {
        Matcher ipv4 = IPV4.matcher(text);
        Matcher ipv6 = IPV6.matcher(text);
        try {
            if (ipv4.matches()) {
                return Optional.of(InetAddress.getByName(ipv4.group(1)));
            }
            return ipv6.matches() ? Optional.of(InetAddress.getByName(ipv6.group(1))) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
