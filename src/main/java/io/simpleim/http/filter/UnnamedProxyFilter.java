package io.simpleim.http.filter;

import io.simpleim.http.caller.LocalCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once if requests seem to come through a proxy that is not configured as trusted: all its clients then share one
 * address and that address's limits. Any client can send the header, so nothing but the log depends on it.
 */
public final class UnnamedProxyFilter extends HttpFilter {
    private static final Logger log = LoggerFactory.getLogger(UnnamedProxyFilter.class);

    private final transient AtomicBoolean hasWarned = new AtomicBoolean();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("X-Forwarded-For") != null
                && !LocalCaller.isFromTrustedProxy(request)
                && hasWarned.compareAndSet(false, true)) {
            log.warn(
                    "A request with X-Forwarded-For came from {}, which is no trusted proxy: limits by address and logs"
                            + " see that address, not its client's. If it is your proxy, name it: IM_HTTP_TRUSTEDPROXIES"
                            + " with the files of tomcat-conf, --trusted-proxies of the standalone server,"
                            + " RemoteIpValve in a Tomcat of your own",
                    request.getRemoteAddr());
        }
        chain.doFilter(request, response);
    }
}
