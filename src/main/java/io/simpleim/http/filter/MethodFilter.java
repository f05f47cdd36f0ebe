package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Refuses methods that a path does not take, before anything of the request is looked at. */
public final class MethodFilter extends HttpFilter {
    private final transient Map<String, String> allowedByPath;

    /** @param allowedByPath the value of {@code Allow} for each path */
    public MethodFilter(Map<String, String> allowedByPath) {
        this.allowedByPath = Map.copyOf(allowedByPath);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String allowed = allowedByPath.getOrDefault(request.getServletPath(), "");
        if (request.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", allowed);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (!(", " + allowed + ",").contains(" " + request.getMethod() + ",")) {
            response.setHeader("Allow", allowed);
            throw RequestRejected.because(ApiError.METHOD_NOT_ALLOWED);
        } else {
            chain.doFilter(request, response);
        }
    }
}
