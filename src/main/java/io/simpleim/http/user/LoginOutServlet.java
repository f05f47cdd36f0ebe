package io.simpleim.http.user;

import io.simpleim.api.Reply;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.session.LoginService;

/** {@code POST /u/user/login_out}: ends the session of the presented token. */
public final class LoginOutServlet extends JsonServlet {
    private final transient LoginService logins;

    public LoginOutServlet(LoginService logins) {
        this.logins = logins;
    }

    @Override
    protected Reply handle(RequestContext context) {
        logins.logout(context.session());
        return Reply.done("login_out");
    }
}
