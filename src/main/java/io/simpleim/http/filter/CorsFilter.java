package io.simpleim.http.filter;

import io.simpleim.http.caller.AllowedOrigins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells browsers that pages of {@code [web] allowedOrigins} may call the API and read its answers (CORS), errors and
 * refusals among them: stands before whatever refuses.
 *
 * <p>Of other pages it says nothing, so that browsers keep the answers from them; their requests go on all the same.
 * That does no harm: a request carries its token in a header or its body and never in a cookie, so that a page without
 * the token can do nothing in a user's name (no CSRF). Hence no Allow-Credentials either.
 */
public final class CorsFilter extends HttpFilter {
    /** Without {@code X-Partner-Key}: that is for back ends, and has no business in a browser. */
    private static final String REQUEST_HEADERS = "token, Authorization, Content-Type, Accept-Language";

    /** Of all paths; what one of them does not take it refuses itself, and the page can read that. */
    private static final String METHODS = "GET, HEAD, POST";

    /** Two hours, the most that all browsers keep it. */
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

    /** No browser's has: answered here it would be waited for by the container, with a thread. */
    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
