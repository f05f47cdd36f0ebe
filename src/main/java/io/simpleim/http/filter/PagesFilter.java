package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** What holds for the files that the container serves: the chat page, the SDK and the API reference. */
public final class PagesFilter extends HttpFilter {
    /** All of them; the container has replaced {@code /} by its welcome file when this is asked. */
    public static final List<String> PATHS = List.of("/index.html", "/demo/*", "/sdk/*", "/docs/*");

    private static final List<String> ALLOWED = List.of("GET", "HEAD", "OPTIONS");

    private final boolean hasDemo;

    /** @param hasDemo whether there is a chat page */
    public PagesFilter(boolean hasDemo) {
        this.hasDemo = hasDemo;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        boolean isLibrary = path.equals("/sdk") || path.startsWith("/sdk/");
        boolean isReference = path.equals("/docs") || path.startsWith("/docs/");
        if (!hasDemo && !isLibrary && !isReference) {
            throw RequestRejected.because(ApiError.NOT_FOUND);
        }
        if (!ALLOWED.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", ALLOWED));
            throw RequestRejected.because(ApiError.METHOD_NOT_ALLOWED);
        }
        // Asked for anew each time, and mostly answered with 304: else a browser guesses how long an old one will do.
        response.setHeader("Cache-Control", "no-cache");
        if (isLibrary) {
            // Modules are loaded by CORS. Nothing in them is anybody's own.
            response.setHeader("Access-Control-Allow-Origin", "*");
        }
        chain.doFilter(request, response);
    }
}
