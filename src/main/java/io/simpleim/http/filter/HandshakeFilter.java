package io.simpleim.http.filter;

import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.api.ApiError;
import io.simpleim.api.Failure;
import io.simpleim.api.FormDecoder;
import io.simpleim.api.HandshakePrincipal;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.Caller;
import io.simpleim.http.EnvelopeWriter;
import io.simpleim.http.RequestContext;
import io.simpleim.http.RequestReporter;
import io.simpleim.http.caller.ClientAddress;
import io.simpleim.http.caller.PresentedToken;
import io.simpleim.model.Session;
import io.simpleim.session.Authenticator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates WebSocket handshakes and passes the caller to the endpoint as the request's principal. Stands before the
 * container's own WebSocket filter.
 */
public final class HandshakeFilter extends HttpFilter {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final transient Authenticator authenticator;
    private final transient ConnectionLimiter admission;
    private final transient RequestReporter reporter;

    public HandshakeFilter(Authenticator authenticator, ConnectionLimiter admission, RequestReporter reporter) {
        this.authenticator = authenticator;
        this.admission = admission;
        this.reporter = reporter;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        requireHandshake(request, response);
        if (admission.isFull()) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS)
                    .by(Limit.CONNECTIONS);
        }
        RequestContext context = RequestContext.of(request);
        try {
            Session session = authenticator.authenticate(PresentedToken.ofHandshake(request)
                    .orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED)));
            context.identify(new Caller.User(session));
            chain.doFilter(new AuthenticatedHandshake(request, principal(request, session, context)), response);
        } catch (RequestRejected e) {
            if (!e.error().refusesHandshake()) {
                throw e;
            }
            Failure failure = reporter.failed(context, e);
            EnvelopeWriter.writeFailure(response, HttpServletResponse.SC_UNAUTHORIZED, context.language(), failure);
        }
    }

    private static void requireHandshake(HttpServletRequest request, HttpServletResponse response) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            throw RequestRejected.because(ApiError.UPGRADE_REQUIRED);
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            // The container would block a thread on the body before it upgrades the connection.
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
    }

    private static HandshakePrincipal principal(HttpServletRequest request, Session session, RequestContext context) {
        return new HandshakePrincipal(session, context.language(), request.getRemoteAddr(), ClientAddress.of(request));
    }

    /**
     * A request with its principal, and with parameters that are decoded like those of a call. The container, which passes
     * them to the endpoint, fails on a query that is malformed or has many parameters.
     */
    private static final class AuthenticatedHandshake extends HttpServletRequestWrapper {
        private final HandshakePrincipal principal;
        private final Map<String, String[]> parameters;

        AuthenticatedHandshake(HttpServletRequest request, HandshakePrincipal principal) {
            super(request);
            this.principal = principal;
            this.parameters = parameters(request.getQueryString());
        }

        private static Map<String, String[]> parameters(@Nullable String query) {
            Map<String, String[]> parameters = new HashMap<>();
            if (query != null) {
                FormDecoder.decodeForm(query, StandardCharsets.UTF_8)
                        .forEach((name, value) -> parameters.put(name, new String[] {(String) value}));
            }
            return parameters;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return parameters;
        }

        @Override
        public Principal getUserPrincipal() {
            return principal;
        }
    }
}
