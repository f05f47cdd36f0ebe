package io.simpleim.http.filter;

import io.simpleim.api.ApiError;
import io.simpleim.api.FormText;
import io.simpleim.api.Refused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the text parts of {@code multipart/form-data} (RFC 7578), as the container has split them. */
final class MultipartText {
    private MultipartText() {}

    /** The parameters; a file counts as a value that is no text. Of one that stands there twice, the first. */
    static Map<String, @Nullable Object> read(HttpServletRequest request) throws IOException {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (Part part : parts(request)) {
            values.putIfAbsent(part.getName(), part.getSubmittedFileName() == null ? text(part) : null);
        }
        return values;
    }

    private static Collection<Part> parts(HttpServletRequest request) {
        try {
            return request.getParts();
        } catch (IllegalStateException e) {
            // Over the limits of the servlet's MultipartConfigElement.
            throw Refused.because(ApiError.TOO_LARGE);
        } catch (ServletException | IOException e) {
            throw Refused.because(ApiError.MALFORMED_BODY);
        }
    }

    private static String text(Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return FormText.decode(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
