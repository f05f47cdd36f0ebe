package io.simpleim.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Tells browsers, with whatever is answered, to be careful with it. Stands before all others. */
public final class SecurityHeadersFilter extends HttpFilter {
    /**
     * For pages served from here: scripts, styles and connections from here alone, and nothing inline. {@code 'self'}
     * has the WebSockets of the same host and port in it, by CSP 3 and in browsers since 2022.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /** Swagger UI, which shows the API reference, has its icons in its style sheet. A picture cannot do anything. */
    private static final String POLICY_OF_REFERENCE = CONTENT_SECURITY_POLICY + "; img-src 'self' data:";

    private static final String REFERENCE = "/docs/";

    /** A year, and this host alone: what is below it may belong to somebody else. */
    private static final String STRICT_TRANSPORT_SECURITY = "max-age=31536000";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isReference = request.getServletPath().startsWith(REFERENCE);
        String policy = isReference ? POLICY_OF_REFERENCE : CONTENT_SECURITY_POLICY;
        Careful careful = new Careful(response, policy, request.isSecure());
        careful.setHeaders();
        chain.doFilter(request, careful);
    }

    /** An answer that keeps the headers when it is begun anew. */
    private static final class Careful extends HttpServletResponseWrapper {
        private final String policy;
        private final boolean isSecure;

        Careful(HttpServletResponse response, String policy, boolean isSecure) {
            super(response);
            this.policy = policy;
            this.isSecure = isSecure;
        }

        void setHeaders() {
            setHeader("Content-Security-Policy", policy);
            setHeader("X-Content-Type-Options", "nosniff");
            setHeader("Referrer-Policy", "no-referrer");
            // Not asked for what a page fetches by CORS or imports as a module: there CORS decides.
            setHeader("Cross-Origin-Resource-Policy", "same-origin");
            if (isSecure) {
                setHeader("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
            }
        }

        @Override
        public void reset() {
            super.reset();
            setHeaders();
        }
    }
}
