package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simpleim.json.InvalidJsonException;
import io.simpleim.json.Json;
import io.simpleim.model.UserId;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whatever a body holds, it is read or refused, and what is read from it is what the contract allows. */
class BodyFuzzTest {
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16,
            Charset.forName("GB18030"),
            Charset.forName("ISO-2022-JP"));

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        for (Charset charset : CHARSETS) {
            try {
                String text = FormDecoder.decodeText(body, charset);
                form(text, charset);
                json(text);
            } catch (RequestRejected e) {
                assertThat(e.error()).isEqualTo(ApiError.MALFORMED_BODY);
            }
        }
    }

    private static void form(String text, Charset charset) {
        Map<String, @Nullable Object> values;
        try {
            values = FormDecoder.decodeForm(text, charset);
        } catch (RequestRejected e) {
            assertThat(e.error()).isEqualTo(ApiError.MALFORMED_BODY);
            return;
        }
        readAll(values);
        if (charset.equals(StandardCharsets.UTF_8)) {
            String again = values.entrySet().stream()
                    .map(value -> encoded(value.getKey()) + "=" + encoded((String) value.getValue()))
                    .collect(Collectors.joining("&"));
            assertThat(FormDecoder.decodeForm(again, charset)).isEqualTo(again.isEmpty() ? Map.of() : values);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void json(String text) {
        Map<String, @Nullable Object> object;
        try {
            object = Json.readObject(text);
        } catch (InvalidJsonException e) {
            return;
        }
        readAll(object);
        // As the published documentation shows requests.
        if (object.get("Body") instanceof Map<?, ?> inner) {
            inner.forEach((name, value) -> readAll(singleton((String) name, value)));
        }
        String written = Json.write(object);
        assertThat(Json.write(Json.readObject(written))).isEqualTo(written);
    }

    private static Map<String, @Nullable Object> singleton(String name, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(name, value);
        return values;
    }

    /** Each of the values in each way, whatever its name is. */
    private static void readAll(Map<String, @Nullable Object> values) {
        values.forEach((name, value) -> {
            Params params = new Params(singleton(name, value));
            unlessRefused(() -> assertThat(params.required(name).getBytes(StandardCharsets.UTF_8))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(params.required(name)));
            unlessRefused(() -> assertThat(UserId.isValid(params.userId(name))).isTrue());
            unlessRefused(() -> assertThat(params.number(name, -5, 50)).hasValueSatisfying(number -> {
                assertThat(number).isBetween(-5L, 50L);
                assertThat(params.optional(name).orElseThrow()).containsPattern("^-?[0-9]+$");
            }));
            readAs(
                    "message",
                    value,
                    renamed -> assertThat(renamed.sendRequest().message()).isEqualTo(renamed.required("message")));
            readAs(
                    "client_msg_id",
                    value,
                    renamed -> assertThat(renamed.clientMsgId())
                            .hasValueSatisfying(id -> assertThat(id.codePointCount(0, id.length()))
                                    .isBetween(1, 64)));
            readAs(
                    "message_type",
                    value,
                    renamed -> assertThat(renamed.messageType()).isBetween(1, 9999));
            readAs("page", value, renamed -> assertThat(renamed.page()).isPositive());
            readAs("page_size", value, renamed -> assertThat(renamed.pageSize()).isBetween(1, 100));
        });
        assertThat(new Params(values).optional("no such name, hopefully").or(() -> Optional.of("")))
                .isPresent();
    }

    private static void readAs(String name, @Nullable Object value, Consumer<Params> reading) {
        unlessRefused(() -> reading.accept(new Params(singleton(name, value))));
    }

    private static void unlessRefused(Runnable reading) {
        try {
            reading.run();
        } catch (RequestRejected e) {
            assertThat(e.error()).isEqualTo(ApiError.INVALID_PARAMETER);
        }
    }
}
