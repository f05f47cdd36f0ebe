package io.simpleim.http;

import io.simpleim.api.ApiError;
import io.simpleim.api.Envelope;
import io.simpleim.api.Failure;
import io.simpleim.api.Language;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes envelopes to HTTP responses. Stateless. */
public final class EnvelopeWriter {
    /** The operating system's send buffer takes this much at once, even if the client does not read. */
    private static final int MAX_UNBLOCKED_BYTES = 16_384;

    private EnvelopeWriter() {}

    /**
     * Writes the response to a request that succeeded. A large response goes out as fast as the client reads it, without a
     * waiting thread.
     *
     * @throws RequestRejected ({@code unavailable}) if clients that read slowly have used up the budget
     */
    static void writeSuccess(
            HttpServletRequest request, HttpServletResponse response, RequestContext context, Reply reply)
            throws IOException {
        String json = Json.write(Envelope.success(context.language(), reply.textKey(), reply.data()));
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        if (body.length <= MAX_UNBLOCKED_BYTES || !request.isAsyncSupported()) {
            write(response, HttpServletResponse.SC_OK, body);
            return;
        }
        writeHeaders(response, HttpServletResponse.SC_OK, body);
        if (!AsyncResponseWriter.start(
                request, response.getOutputStream(), body, context.budget(), budgetKey(context))) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, 1);
        }
        context.setResponseComplete();
    }

    /** A user shares the budget with other users. Other callers are not limited one by one. */
    private static String budgetKey(RequestContext context) {
        return context.caller().orElse(null) instanceof Caller.User user
                ? user.session().userId()
                : context.requestId();
    }

    /** @param status of the error in the catalogue, or 401 for a refused handshake */
    public static void writeFailure(HttpServletResponse response, int status, Language language, Failure failure)
            throws IOException {
        if (failure.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        write(response, status, Json.write(Envelope.failure(language, failure)).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        writeHeaders(response, status, body);
        response.getOutputStream().write(body);
    }

    private static void writeHeaders(HttpServletResponse response, int status, byte[] body) {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
    }
}
