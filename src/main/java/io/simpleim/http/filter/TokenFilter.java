package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.Caller;
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
 * Identifies users by the token of a live session and refuses all other callers. The handshake filter has already
 * identified a handshake's user, whose token may be in a place where calls have none.
 */
public final class TokenFilter extends HttpFilter {
    private final transient Function<String, Session> sessions;

    /** @param sessions returns the session of a token, or throws {@link RequestRejected} */
    public TokenFilter(Function<String, Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContext context = RequestContext.of(request);
        if (context.caller().isEmpty()) {
            String token = PresentedToken.ofCall(request, context)
                    .orElseThrow(() -> RequestRejected.because(ApiError.UNAUTHENTICATED));
            context.identify(new Caller.User(sessions.apply(token)));
        }
        chain.doFilter(request, response);
    }
}
