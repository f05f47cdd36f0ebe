package io.simpleim.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code application/x-www-form-urlencoded} (WHATWG URL standard, section 5), as a body or as a query string.
 * Stricter than {@link java.net.URLDecoder}: bytes that are invalid in the character set are refused, not replaced by
 * question marks.
 */
public final class FormDecoder {
    private FormDecoder() {}

    /**
     * Decodes the parameters of a form. If a name occurs twice, the first value counts.
     *
     * @throws RequestRejected ({@code malformed_body}) if an escape is malformed or bytes are invalid in the character
     *     set
     */
    public static Map<String, @Nullable Object> decodeForm(String form, Charset charset) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.putIfAbsent(decode(name, charset), decode(value, charset));
            }
        }
        return values;
    }

    /**
     * Decodes the bytes of a text.
     *
     * @throws RequestRejected ({@code malformed_body}) if they are invalid in the character set
     */
    public static String decodeText(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
    }

    private static String decode(String text, Charset charset) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c == '%') {
                bytes.write(octet(text, i + 1));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else if (c < 0x80 && StandardCharsets.UTF_8.equals(charset)) {
                bytes.write(c);
            } else {
                // Many clients send non-ASCII characters unencoded.
                bytes.writeBytes(Character.toString(c).getBytes(charset));
                i += Character.charCount(c) - 1;
            }
        }
        return decodeText(bytes.toByteArray(), charset);
    }

    private static int octet(String text, int at) {
        if (at + 1 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(at))
                || !HexFormat.isHexDigit(text.charAt(at + 1))) {
            throw RequestRejected.because(ApiError.MALFORMED_BODY);
        }
        return HexFormat.fromHexDigits(text, at, at + 2);
    }
}
