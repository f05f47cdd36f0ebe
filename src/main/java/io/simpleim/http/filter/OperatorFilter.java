package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.auth.PartnerGate;
import io.simpleim.http.caller.LocalCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets through who runs the server: callers from this machine, keys or no keys, and partners with a key. */
public final class OperatorFilter extends HttpFilter {
    private final transient PartnerGate gate;

    public OperatorFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // A page whose host's name was made to mean this machine needs no Origin to read from there.
        if (!(LocalCaller.isLocal(request) && LocalCaller.hasLoopbackHost(request))
                && gate.admit(request.getHeader("X-Partner-Key"), false).isEmpty()) {
            throw RequestRejected.because(ApiError.PARTNER_KEY_REQUIRED);
        }
        chain.doFilter(request, response);
    }
}
