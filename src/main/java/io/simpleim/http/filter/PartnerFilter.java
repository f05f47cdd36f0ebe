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

/** Identifies partners' back ends and refuses all other callers. */
public final class PartnerFilter extends HttpFilter {
    private final transient PartnerGate gate;

    public PartnerFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String partner = gate.admit(request.getHeader("X-Partner-Key"), LocalCaller.isLocal(request))
                .orElseThrow(() -> RequestRejected.because(ApiError.PARTNER_KEY_REQUIRED));
        RequestContext.of(request).identify(new Caller.Partner(partner));
        chain.doFilter(request, response);
    }
}
