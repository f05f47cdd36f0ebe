package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.caller.AllowedOrigins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses WebSocket handshakes of pages of other sites, before the token is looked at. A browser lets any page open a
 * WebSocket to anywhere, and asks nobody: CORS does not count there.
 */
public final class OriginFilter extends HttpFilter {
    private final transient AllowedOrigins origins;

    public OriginFilter(AllowedOrigins origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Every GET on the path of a WebSocket is a handshake, or refused for being none.
        if (request.getMethod().equals("GET") && !origins.admit(request)) {
            throw RequestRejected.because(ApiError.ORIGIN_NOT_ALLOWED);
        }
        chain.doFilter(request, response);
    }
}
