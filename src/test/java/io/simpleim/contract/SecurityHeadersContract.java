package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Security headers of all answers. */
interface SecurityHeadersContract extends ApiSuite {

    @ParameterizedTest
    @CsvSource({
        "GET, health/live, 200",
        "GET, metrics, 200",
        "POST, rm/room/create_room, 200",
        "OPTIONS, rm/room/create_room, 204",
        "DELETE, rm/room/create_room, 405",
        "GET, u/user/connect, 426",
        "GET, no/such/path, 404",
        // The container rejects it first, and the answer is restarted.
        "PUT, no/such/path, 404",
        // The container refuses it before any filter.
        "GET, WEB-INF/web.xml, 404",
    })
    default void everyAnswerHasSecurityHeaders(String method, String path, int status) {
        Answer answer = client().send(client().request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        // Browsers ignore the header without TLS, and a proxy might pass it on.
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    default void documentationPagesMayUseDataImagesAndNothingElse() {
        String usual = policyOf("sdk/simpleim.d.ts");

        assertThat(policyOf("docs/")).isEqualTo(usual + "; img-src 'self' data:");
        assertThat(policyOf("docs/rest.html")).isEqualTo(usual + "; img-src 'self' data:");
        assertThat(policyOf("health/live")).isEqualTo(usual);
        assertThat(policyOf("documents")).isEqualTo(usual);
    }

    private String policyOf(String path) {
        return client().send(client().request(path)).header("Content-Security-Policy");
    }

    @Test
    default void apiAnswersAreNotCached() {
        assertThat(anyUser().get("rm/room/get_room_list").header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(client().send(client().request("no/such/path")).header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    default void proxyHeadersSentByAClientAreIgnored() {
        Answer answer = RawHttp.send(
                deployment().base(),
                "GET health/live",
                List.of("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"),
                new byte[0]);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }
}
