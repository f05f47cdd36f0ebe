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
 * Refuses WebSocket handshakes from pages of other sites, before the token is examined. Browsers let any page open a
 * WebSocket to any server, without CORS.
 */
public final class OriginFilter extends HttpFilter {
    private final transient AllowedOrigins origins;

    public OriginFilter(AllowedOrigins origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // On the path of a WebSocket, a GET is either a handshake or refused.
        if (request.getMethod().equals("GET") && !origins.admit(request)) {
            throw RequestRejected.because(ApiError.ORIGIN_NOT_ALLOWED);
        }
        chain.doFilter(request, response);
    }
}
