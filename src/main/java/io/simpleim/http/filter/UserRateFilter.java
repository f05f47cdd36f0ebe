package io.simpleim.http.filter;

import io.simpleim.admission.RateLimiter;
import io.simpleim.http.RequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Limits the rate of a user. Stands after the token filter. */
public final class UserRateFilter extends HttpFilter {
    private final transient RateLimiter rate;

    public UserRateFilter(RateLimiter rate) {
        this.rate = rate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        rate.take(RequestContext.of(request).session().userId());
        chain.doFilter(request, response);
    }
}
