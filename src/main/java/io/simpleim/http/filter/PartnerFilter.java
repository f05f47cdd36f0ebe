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

/** Lets partners' back ends through to what is theirs alone. */
public final class PartnerFilter extends HttpFilter {
    private final transient PartnerGate gate;

    public PartnerFilter(PartnerGate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate.admit(request.getHeader("X-Partner-Key"), LocalCaller.isBehind(request))
                .isEmpty()) {
            throw Refused.because(ApiError.PARTNER_KEY_REQUIRED);
        }
        chain.doFilter(request, response);
    }
}
