package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.LoginService;
import java.util.Map;

/** {@code POST /user/get_login_token}: opens a session for a user and returns its token, for a partner's back end. */
public final class LoginTokenServlet extends JsonServlet {
    private final transient LoginService logins;

    public LoginTokenServlet(LoginService logins) {
        this.logins = logins;
    }

    @Override
    protected Reply handle(RequestContext context) {
        String token = logins.login(context.params().userId("user_id"));
        return new Reply("get_login_token", Map.of("token", token));
    }
}
