package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.auth.PartnerGate;
import io.simpleim.http.Caller;
import io.simpleim.http.RequestContext;
import io.simpleim.http.caller.LocalCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Identifies operators: callers on this machine, whether or not keys are configured, and partners with a key. */
public final class OperatorFilter extends HttpFilter {
    private final transient PartnerGate gate;

    public OperatorFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // With a host name that resolves to this machine, a page needs no Origin to read from here (DNS rebinding).
        if (!(LocalCaller.isLocal(request) && LocalCaller.hasLoopbackHost(request))
                && gate.admit(request.getHeader("X-Partner-Key"), false).isEmpty()) {
            throw RequestRejected.because(ApiError.PARTNER_KEY_REQUIRED);
        }
        RequestContext.of(request).identify(new Caller.Operator());
        chain.doFilter(request, response);
    }
}
