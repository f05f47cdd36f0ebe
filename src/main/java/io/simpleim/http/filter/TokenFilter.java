package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.RequestContext;
import io.simpleim.http.caller.PresentedToken;
import io.simpleim.model.Session;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;

/**
 * Lets through who presents the token of a session that is alive. A handshake has shown its token before, maybe in a
 * place where a call's does not stand.
 */
public final class TokenFilter extends HttpFilter {
    private final transient Function<String, Session> sessions;

    /** @param sessions gives the session of a token, or throws {@link RequestRejected} */
    public TokenFilter(Function<String, Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContext context = RequestContext.of(request);
        if (!context.isAuthenticated()) {
            String token = PresentedToken.ofCall(request, context)
                    .orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED));
            context.authenticated(sessions.apply(token));
        }
        chain.doFilter(request, response);
    }
}
