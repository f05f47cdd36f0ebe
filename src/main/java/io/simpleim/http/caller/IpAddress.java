package io.simpleim.http.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of an address. A proxy that the container believes may have written it, with a port maybe; what is no
 * address in digits is not looked up.
 */
final class IpAddress {
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]+)?");
    private static final Pattern IPV6 =
            Pattern.compile("\\[?([0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:%[^\\]]*)?(?:](?::[0-9]+)?)?");

    private IpAddress() {}

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
