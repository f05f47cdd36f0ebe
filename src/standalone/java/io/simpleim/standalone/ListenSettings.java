package io.simpleim.standalone;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address on which the server listens, and the proxies it trusts.
 *
 * @param port 0 for any free port
 * @param address null for all addresses of the machine
 * @param trustedProxies addresses of proxies whose headers about the client's address and scheme are used; null for
 *     none
 */
public record ListenSettings(
        int port, @Nullable String address, @Nullable Pattern trustedProxies) {
    /** Without a proxy in front. */
    public static ListenSettings on(int port, @Nullable String address) {
        return new ListenSettings(port, address, null);
    }
}
