package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.Caller;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.FormText;
import io.simpleim.api.Refused;
import io.simpleim.http.Answers;
import io.simpleim.http.RequestContext;
import io.simpleim.metrics.Metrics;
import io.simpleim.model.Session;
import io.simpleim.service.LoginService;
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
    private final transient LoginService logins;
    private final transient Metrics metrics;

    public HandshakeFilter(LoginService logins, Metrics metrics) {
        this.logins = logins;
        this.metrics = metrics;
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
            throw Refused.because(ApiError.UPGRADE_REQUIRED);
        }
        RequestContext context = RequestContext.of(request);
        try {
            Session session = logins.authenticate(
                    PresentedToken.ofHandshake(request).orElseThrow(() -> Refused.because(ApiError.UNAUTHENTICATED)));
            context.authenticated(session);
            chain.doFilter(new Identified(request, new Caller(session, context.language())), response);
        } catch (Refused e) {
            if (!e.error().refusesHandshake()) {
                throw e;
            }
            metrics.refused(e.reason());
            Answers.failure(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    context.language(),
                    ErrorMapper.map(e, context.requestId()));
        }
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
