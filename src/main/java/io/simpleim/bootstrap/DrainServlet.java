package io.simpleim.bootstrap;

import jakarta.servlet.http.HttpServlet;

/** Answers nothing: the container tells it of the end, while connections are open and requests under way. */
final class DrainServlet extends HttpServlet {
    private final transient Runnable drain;

    DrainServlet(Runnable drain) {
        this.drain = drain;
    }

    @Override
    public void destroy() {
        drain.run();
    }
}
