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
 * Reads the text parts of {@code multipart/form-data} (RFC 7578). Not by the container, which would wait for the body
 * with a thread.
 */
public final class MultipartForm {
    /** The calls have fewer than ten parameters. */
    private static final int MOST_PARTS = 50;

    private static final int BUFFER = 4096;

    private MultipartForm() {}

    /** The parameters; a file counts as a value that is no text. Of one that stands there twice, the first. */
    public static Map<String, @Nullable Object> read(String contentType, byte[] body) {
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
                    BUFFER + 2 * boundary.length(),
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
            if (parts > MOST_PARTS) {
                throw RequestRejected.because(ApiError.TOO_LARGE);
            }
            String disposition = disposition(stream.readHeaders());
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            stream.readBodyData(content);
            String name = parameter(disposition, "name");
            if (name != null) {
                boolean isFile = parameter(disposition, "filename") != null;
                values.putIfAbsent(
                        name, isFile ? null : FormDecoder.decode(content.toByteArray(), StandardCharsets.UTF_8));
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
