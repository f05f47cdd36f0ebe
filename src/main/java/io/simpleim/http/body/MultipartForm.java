package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.FormDecoder;
import io.simpleim.api.RequestRejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the text parts of {@code multipart/form-data} (RFC 7578). The container's own decoder would block a thread on
 * the body.
 */
public final class MultipartForm {
    /** Calls have fewer than ten parameters. */
    private static final int MAX_PARTS = 50;

    private static final int BUFFER_BYTES = 4096;

    private MultipartForm() {}

    /**
     * Decodes the parameters. If a name occurs twice, the first value counts.
     *
     * @return the texts by name; null for a file, which is not a valid parameter
     * @throws RequestRejected ({@code malformed_body}, {@code too_large})
     */
    public static Map<String, @Nullable Object> decode(String contentType, byte[] body) {
        Map<String, @Nullable Object> values = new HashMap<>();
        if (body.length == 0) {
            return values;
        }
        String boundary = parameter(contentType, "boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
        try {
            MultipartStream stream = new MultipartStream(
                    new ByteArrayInputStream(body),
                    boundary.getBytes(StandardCharsets.ISO_8859_1),
                    BUFFER_BYTES + 2 * boundary.length(),
                    null);
            stream.setHeaderEncoding(StandardCharsets.UTF_8.name());
            readParts(stream, values);
        } catch (IOException | IllegalArgumentException e) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
        return values;
    }

    private static void readParts(MultipartStream stream, Map<String, @Nullable Object> values) throws IOException {
        int parts = 0;
        boolean more = stream.skipPreamble();
        while (more) {
            parts++;
            if (parts > MAX_PARTS) {
                throw RequestRejected.because(ApiError.TOO_LARGE);
            }
            String disposition = disposition(stream.readHeaders());
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            stream.readBodyData(content);
            String name = parameter(disposition, "name");
            if (name != null) {
                boolean isFile = parameter(disposition, "filename") != null;
                values.putIfAbsent(
                        name, isFile ? null : FormDecoder.decodeText(content.toByteArray(), StandardCharsets.UTF_8));
            }
            more = stream.readBoundary();
        }
    }

    private static String disposition(String headers) {
        return headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }

    private static @Nullable String parameter(String header, String name) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';').get(name);
    }
}
