package io.simpleim.http.filter;

import io.simpleim.admission.RateLimiter;
import io.simpleim.http.caller.ClientAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Limits the rate of an address. Stands before authentication, so that it slows down guessing too. */
public final class AddressRateFilter extends HttpFilter {
    private final transient RateLimiter rate;

    public AddressRateFilter(RateLimiter rate) {
        this.rate = rate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = ClientAddress.of(request);
        if (!address.isEmpty()) {
            rate.take(address);
        }
        chain.doFilter(request, response);
    }
}
