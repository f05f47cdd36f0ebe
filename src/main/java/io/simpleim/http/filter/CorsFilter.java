package io.simpleim.http.filter;

import io.simpleim.http.caller.AllowedOrigins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Allows pages of {@code [web] allowedOrigins} to call the API and read its responses (CORS), refusals included. So it
 * stands before the filters that refuse.
 *
 * <p>For other origins it sets no headers, so that browsers withhold the responses. Their requests are processed all the
 * same, which does no harm: the token is in a header or the body and never in a cookie, so a page without the token
 * cannot act for a user (no CSRF). Hence no Allow-Credentials either.
 */
public final class CorsFilter extends HttpFilter {
    /** Without {@code X-Partner-Key}, which is for back ends and does not belong in a browser. */
    private static final String REQUEST_HEADERS = "token, Authorization, Content-Type, Accept-Language";

    /** Of all paths together. A path refuses other methods itself, and the page can read the refusal. */
    private static final String METHODS = "GET, HEAD, POST";

    /** Two hours, the maximum that all browsers accept. */
    private static final String MAX_AGE_SECONDS = "7200";

    private final transient AllowedOrigins origins;

    public CorsFilter(AllowedOrigins origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin == null || !origins.isListed(origin)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (isPreflight(request) && !hasBody(request)) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
            response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.setHeader("Access-Control-Expose-Headers", "Retry-After");
            chain.doFilter(request, response);
        }
    }

    /** Browsers send none. If this filter answered such a request, the container would block a thread on the body. */
    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
