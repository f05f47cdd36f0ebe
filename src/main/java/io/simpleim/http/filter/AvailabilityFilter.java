package io.simpleim.http.filter;

import io.simpleim.admission.Availability;
import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses requests before the server is ready and while it is stopping. */
public final class AvailabilityFilter extends HttpFilter {
    private static final int RETRY_AFTER_SECONDS = 1;

    private final transient Availability availability;

    public AvailabilityFilter(Availability availability) {
        this.availability = availability;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!availability.isUp()) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
        chain.doFilter(request, response);
    }

    /** The container destroys filters before it closes connections and the application. */
    @Override
    public void destroy() {
        availability.stopping();
    }
}
