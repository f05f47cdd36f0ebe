package io.simpleim.standalone;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, and whom it believes.
 *
 * @param port 0 = any free one
 * @param address the address to listen on; null = all
 * @param trustedProxies the proxies who are believed what they say of their clients' address and scheme; null = nobody
 */
public record Listening(
        int port, @Nullable String address, @Nullable Pattern trustedProxies) {
    /** Without a proxy in front. */
    public static Listening on(int port, @Nullable String address) {
        return new Listening(port, address, null);
    }
}
