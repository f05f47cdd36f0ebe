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
import java.util.Map;

/** Refuses methods that a path does not support, before anything else about the request is examined. */
public final class MethodFilter extends HttpFilter {
    private final transient Map<String, List<String>> methodsByPath;

    /** @param methodsByPath the supported methods of each path, in the order for {@code Allow} */
    public MethodFilter(Map<String, List<String>> methodsByPath) {
        this.methodsByPath = Map.copyOf(methodsByPath);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> methods = methodsByPath.getOrDefault(request.getServletPath(), List.of());
        if (request.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", String.join(", ", methods));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (!methods.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", methods));
            throw RequestRejected.because(ApiError.METHOD_NOT_ALLOWED);
        } else {
            chain.doFilter(request, response);
        }
    }
}
