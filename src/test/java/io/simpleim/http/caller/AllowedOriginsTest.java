package io.simpleim.http.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
    private final AllowedOrigins none = new AllowedOrigins(List.of());
    private final AllowedOrigins listed = new AllowedOrigins(List.of("https://shop.example", "capacitor://localhost"));
    private final AllowedOrigins all = new AllowedOrigins(List.of("*"));

    @Test
    void aCallerWithoutAnOriginIsAdmitted() {
        assertThat(none.admit(request("im.example").build())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://im.example, im.example",
        "http://im.example, im.example:80",
        "http://im.example:8080, im.example:8080",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://[::1]:8080, [::1]:8080",
        "http://IM.example, im.Example",
        // A proxy has ended TLS.
        "https://im.example, im.example",
        "https://im.example, im.example:443",
        "https://im.example:8443, im.example:8443",
    })
    void aPageOfTheSameOriginIsAdmitted(String origin, String host) {
        assertThat(none.admit(request(host).header("Origin", origin).build())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://im.example, im.example:8080",
        "http://im.example:8080, im.example",
        "https://im.example, im.example:80",
        "http://im.example, im.example:443",
        "https://evil.example, im.example",
        "https://im.example.evil.example, im.example",
        "https://evil-im.example, im.example",
        "https://im.example@evil.example, im.example",
        "https://im.example:443:443, im.example",
        "https://im.example/, im.example",
        "capacitor://localhost, localhost",
        "null, im.example",
        "'', im.example",
        "http://, ''",
    })
    void aPageOfAnotherOriginIsRefused(String origin, String host) {
        assertThat(none.admit(request(host).header("Origin", origin).build())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"im.example, im.example", "im.example:8443, im.example:8443"})
    void anHttpPageIsOfAnotherOriginThanAnHttpsServer(String page, String host) {
        FakeRequest request = request(host).answering("isSecure", true);

        assertThat(none.admit(request.header("Origin", "https://" + page).build()))
                .isTrue();
        assertThat(none.admit(request.header("Origin", "http://" + page).build()))
                .isFalse();
    }

    @Test
    void withoutAHostNoPageIsTheServersOwn() {
        assertThat(none.admit(new FakeRequest()
                        .header("Origin", "http://im.example")
                        .answering("isSecure", false)
                        .build()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example", "capacitor://localhost"})
    void aListedOriginIsAdmitted(String origin) {
        assertThat(listed.admit(request("im.example").header("Origin", origin).build()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example",
                "https://shop.example:8443",
                "https://shop.example.evil.example",
                "https://www.shop.example",
                "null",
                "*"
            })
    void anOriginThatResemblesAListedOneIsRefused(String origin) {
        assertThat(listed.admit(request("im.example").header("Origin", origin).build()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null"})
    void theStarAdmitsAllOrigins(String origin) {
        assertThat(all.admit(request("im.example").header("Origin", origin).build()))
                .isTrue();
    }

    private static FakeRequest request(String host) {
        return new FakeRequest().header("Host", host).answering("isSecure", false);
    }
}
