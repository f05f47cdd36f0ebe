package io.simpleim.bootstrap;

import jakarta.servlet.http.HttpServlet;

/**
 * Serves no path. The container destroys it at shutdown while connections are still open and requests under way, and that
 * starts the drain.
 */
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
