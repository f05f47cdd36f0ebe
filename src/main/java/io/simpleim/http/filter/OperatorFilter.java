package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.auth.PartnerGate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;

/** Lets through who runs the server: callers from this machine, keys or no keys, and partners with a key. */
public final class OperatorFilter extends HttpFilter {
    private final transient PartnerGate gate;

    public OperatorFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(LocalCaller.isBehind(request) && isAskedByALocalName(request))
                && gate.admit(request.getHeader("X-Partner-Key"), false).isEmpty()) {
            throw Refused.because(ApiError.PARTNER_KEY_REQUIRED);
        }
        chain.doFilter(request, response);
    }

    /** A page whose name was made to mean this machine asks by that name, and needs no Origin to read from its own. */
    private static boolean isAskedByALocalName(HttpServletRequest request) {
        String name = request.getServerName();
        return name.equals("localhost")
                || AddressText.parse(name)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }
}
