package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.http.RequestContext;
import io.simpleim.service.LoginService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets through who presents the token of a session that is alive. A handshake has shown its token before, maybe in a
 * place where a call's does not stand.
 */
public final class TokenFilter extends HttpFilter {
    private final transient LoginService logins;

    public TokenFilter(LoginService logins) {
        this.logins = logins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContext context = RequestContext.of(request);
        if (!context.isAuthenticated()) {
            String token = PresentedToken.ofCall(request, context)
                    .orElseThrow(() -> Refused.because(ApiError.UNAUTHENTICATED));
            context.authenticated(logins.authenticate(token));
        }
        chain.doFilter(request, response);
    }
}
