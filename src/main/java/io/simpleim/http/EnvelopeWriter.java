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

/** Writes the envelope. */
public final class EnvelopeWriter {
    /** What the system takes for a connection whose client does not read yet: writing it waits for nobody. */
    private static final int WRITTEN_AT_ONCE = 16_384;

    private EnvelopeWriter() {}

    /**
     * The answer to a request that was carried out. A large one is written while its client reads it, by no thread.
     *
     * @throws RequestRejected ({@code unavailable}) if too many clients read such answers slowly
     */
    static void success(HttpServletRequest request, HttpServletResponse response, RequestContext context, Reply reply)
            throws IOException {
        String json = Json.write(Envelope.success(context.language(), reply.textKey(), reply.data()));
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        if (body.length <= WRITTEN_AT_ONCE || !request.isAsyncSupported()) {
            write(response, HttpServletResponse.SC_OK, body);
            return;
        }
        describe(response, HttpServletResponse.SC_OK, body);
        String who = context.isAuthenticated() ? context.session().userId() : context.requestId();
        if (!AsyncResponseWriter.begin(request, response.getOutputStream(), body, context.budget(), who)) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, 1);
        }
        context.answered();
    }

    /** @param status what the handshake or the catalogue says */
    public static void failure(HttpServletResponse response, int status, Language language, Failure failure)
            throws IOException {
        if (failure.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        write(response, status, Json.write(Envelope.failure(language, failure)).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        describe(response, status, body);
        response.getOutputStream().write(body);
    }

    private static void describe(HttpServletResponse response, int status, byte[] body) {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
    }
}
