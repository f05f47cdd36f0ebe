package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Turns the container's own errors into refusals, so that clients get the envelope instead of the container's error page.
 */
final class EnvelopeErrorResponse extends HttpServletResponseWrapper {
    private final HttpServletRequest request;

    EnvelopeErrorResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, "");
    }

    /** @throws RequestRejected for a path or a method that does not exist */
    @Override
    public void sendError(int status, String message) throws IOException {
        if (status == SC_NOT_FOUND) {
            throw RequestRejected.because(ApiError.NOT_FOUND);
        }
        if (status == SC_NOT_IMPLEMENTED) {
            // The container's answer to a method that it does not know.
            setHeader("Allow", "GET, HEAD, OPTIONS");
        }
        if (status == SC_METHOD_NOT_ALLOWED || status == SC_NOT_IMPLEMENTED) {
            // The container checks the method before it checks whether the file exists.
            if (request.getServletContext().getResource(request.getServletPath()) == null) {
                reset();
                throw RequestRejected.because(ApiError.NOT_FOUND);
            }
            throw RequestRejected.because(ApiError.METHOD_NOT_ALLOWED);
        }
        super.sendError(status, message);
    }
}
