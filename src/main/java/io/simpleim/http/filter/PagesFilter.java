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

/** Guards the files that the container serves: the chat page, the SDK and the API reference. */
public final class PagesFilter extends HttpFilter {
    /** The URL patterns of all files. The container has already replaced {@code /} with its welcome file. */
    public static final List<String> PATHS = List.of("/index.html", "/demo/*", "/sdk/*", "/docs/*");

    private static final List<String> ALLOWED = List.of("GET", "HEAD", "OPTIONS");

    private final boolean hasDemo;

    /** @param hasDemo whether the chat page is enabled */
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
        // Browsers revalidate each time, mostly with a 304. Without this they guess how long a file stays fresh.
        response.setHeader("Cache-Control", "no-cache");
        if (isLibrary) {
            // Browsers load modules with CORS. The SDK holds nothing confidential.
            response.setHeader("Access-Control-Allow-Origin", "*");
        }
        chain.doFilter(request, response);
    }
}
