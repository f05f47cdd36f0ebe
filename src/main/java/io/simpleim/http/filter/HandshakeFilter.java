package io.simpleim.http.filter;

import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.api.ApiError;
import io.simpleim.api.Caller;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.FormText;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.http.Answers;
import io.simpleim.http.RequestContext;
import io.simpleim.http.caller.ClientAddress;
import io.simpleim.http.caller.PresentedToken;
import io.simpleim.metrics.Metrics;
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
 * Lets a WebSocket handshake through that presents a good token, and hands the caller on to the endpoint as the
 * request's principal. Stands before the container's own WebSocket filter.
 */
public final class HandshakeFilter extends HttpFilter {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final transient Authenticator authenticator;
    private final transient ConnectionLimiter admission;
    private final transient Metrics metrics;
    private final transient AuditLog audit;

    public HandshakeFilter(Authenticator authenticator, ConnectionLimiter admission, Metrics metrics, AuditLog audit) {
        this.authenticator = authenticator;
        this.admission = admission;
        this.metrics = metrics;
        this.audit = audit;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            throw RequestRejected.because(ApiError.UPGRADE_REQUIRED);
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            // The container would wait for it, with a thread, before it lets the WebSocket begin.
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
        if (admission.isFull()) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS)
                    .by(Limit.CONNECTIONS);
        }
        RequestContext context = RequestContext.of(request);
        try {
            Session session = authenticator.authenticate(PresentedToken.ofHandshake(request)
                    .orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED)));
            context.authenticated(session);
            chain.doFilter(new Identified(request, caller(request, session, context)), response);
        } catch (RequestRejected e) {
            if (!e.error().refusesHandshake()) {
                throw e;
            }
            Failure failure = ErrorMapper.map(e, context.requestId());
            metrics.refused(failure.reason());
            audit.refused(failure);
            Answers.failure(response, HttpServletResponse.SC_UNAUTHORIZED, context.language(), failure);
        }
    }

    private static Caller caller(HttpServletRequest request, Session session, RequestContext context) {
        return new Caller(session, context.language(), request.getRemoteAddr(), ClientAddress.of(request));
    }

    /**
     * A request whose principal is the caller, and whose parameters are read as those of a call are: the container, which
     * wants them for the endpoint, fails at a query that encodes no text or has many of them.
     */
    private static final class Identified extends HttpServletRequestWrapper {
        private final Caller caller;
        private final Map<String, String[]> parameters;

        Identified(HttpServletRequest request, Caller caller) {
            super(request);
            this.caller = caller;
            this.parameters = parameters(request.getQueryString());
        }

        private static Map<String, String[]> parameters(@Nullable String query) {
            Map<String, String[]> parameters = new HashMap<>();
            if (query != null) {
                FormText.read(query, StandardCharsets.UTF_8)
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
            return caller;
        }
    }
}
