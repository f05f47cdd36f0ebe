package io.simpleim.http;

import io.simpleim.api.Envelope;
import io.simpleim.api.Failure;
import io.simpleim.api.Language;
import io.simpleim.api.Reply;
import io.simpleim.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the envelope. */
public final class Answers {
    private Answers() {}

    static void success(HttpServletResponse response, Language language, Reply reply) throws IOException {
        write(
                response,
                HttpServletResponse.SC_OK,
                Json.write(Envelope.success(language, reply.textKey(), reply.data())));
    }

    /** @param status what the handshake or the catalogue says */
    public static void failure(HttpServletResponse response, int status, Language language, Failure failure)
            throws IOException {
        if (failure.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        write(response, status, Json.write(Envelope.failure(language, failure)));
    }

    private static void write(HttpServletResponse response, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
