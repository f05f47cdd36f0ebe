package io.simpleim.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Adds the security headers for browsers to every response. Stands before all other filters. */
public final class SecurityHeadersFilter extends HttpFilter {
    /**
     * Pages load scripts and styles from this server only, connect to it only, and use nothing inline. {@code 'self'}
     * includes WebSockets of the same host and port (CSP 3, in browsers since 2022).
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /** Swagger UI, which shows the API reference, has its icons in its style sheet. Images cannot run code. */
    private static final String REFERENCE_POLICY = CONTENT_SECURITY_POLICY + "; img-src 'self' data:";

    private static final String REFERENCE = "/docs/";

    /** One year, and for this host only: subdomains may belong to others. */
    private static final String STRICT_TRANSPORT_SECURITY = "max-age=31536000";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isReference = request.getServletPath().startsWith(REFERENCE);
        String policy = isReference ? REFERENCE_POLICY : CONTENT_SECURITY_POLICY;
        SecuredResponse secured = new SecuredResponse(response, policy, request.isSecure());
        secured.setHeaders();
        chain.doFilter(request, secured);
    }

    /** A response that keeps the headers when it is reset. */
    private static final class SecuredResponse extends HttpServletResponseWrapper {
        private final String policy;
        private final boolean isSecure;

        SecuredResponse(HttpServletResponse response, String policy, boolean isSecure) {
            super(response);
            this.policy = policy;
            this.isSecure = isSecure;
        }

        void setHeaders() {
            setHeader("Content-Security-Policy", policy);
            setHeader("X-Content-Type-Options", "nosniff");
            setHeader("Referrer-Policy", "no-referrer");
            // Does not apply to CORS requests and module imports; there CORS decides.
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
