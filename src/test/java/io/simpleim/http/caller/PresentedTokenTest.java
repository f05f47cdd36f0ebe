package io.simpleim.http.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.api.Language;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.RequestContext;
import io.simpleim.testing.FakeRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {

    @Test
    void thePublishedHeaderComesFirst() {
        FakeRequest request = request().header("Token", " t1 ").header("Authorization", "Bearer t2");

        assertThat(ofCall(request, "t3")).contains("t1");
        assertThat(ofHandshake(request.header("Sec-WebSocket-Protocol", "token.t4")))
                .contains("t1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer t2", "bearer t2", "BEARER  t2 "})
    void aBearerTokenCounts(String authorization) {
        assertThat(ofCall(request().header("Authorization", authorization), null))
                .contains("t2");
        assertThat(ofHandshake(request().header("Authorization", authorization)))
                .contains("t2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "t2", ""})
    void otherAuthorizationSchemesAreIgnored(String authorization) {
        assertThat(ofCall(request().header("Authorization", authorization), null))
                .isEmpty();
        assertThat(ofCall(request().header("Authorization", authorization), "t3"))
                .contains("t3");
    }

    @Test
    void aBlankHeaderCountsAsAbsent() {
        assertThat(ofCall(request().header("token", " "), "t3")).contains("t3");
        assertThat(ofCall(request().header("token", ""), " ")).isEmpty();
        assertThat(ofCall(request(), null)).isEmpty();
    }

    @Test
    void aBrowserPresentsItsTokenAsASubprotocol() {
        assertThat(ofHandshake(request().header("Sec-WebSocket-Protocol", "im.v1, token.a.b.c")))
                .contains("a.b.c");
        assertThat(ofHandshake(request().header("Sec-WebSocket-Protocol", "token.a.b.c,im.v1")))
                .contains("a.b.c");
        assertThat(ofHandshake(request().header("Sec-WebSocket-Protocol", "im.v1")))
                .isEmpty();
    }

    /** An empty one was taken for the token, and what the query said was not looked at. */
    @Test
    void anEmptySubprotocolCountsAsAbsent() {
        FakeRequest request = request().header("Sec-WebSocket-Protocol", "token.");

        assertThat(ofHandshake(request)).isEmpty();
        assertThat(ofHandshake(request.answering("getQueryString", "token=t5"))).contains("t5");
    }

    @Test
    void theQueryIsTheLastResortOfAHandshakeAlone() {
        FakeRequest request = request().answering("getQueryString", "x=1&token=t5%2E&token=t6");

        assertThat(ofHandshake(request)).contains("t5.");
        assertThat(ofHandshake(request.header("Sec-WebSocket-Protocol", "token.t4")))
                .contains("t4");
        assertThat(ofCall(request, null)).isEmpty();
        assertThat(ofHandshake(request().answering("getQueryString", "token="))).isEmpty();
    }

    private static FakeRequest request() {
        return new FakeRequest();
    }

    private static Optional<String> ofCall(FakeRequest request, @Nullable String bodyToken) {
        RequestContext context =
                new RequestContext("id", Language.CHINESE, "/path", "127.0.0.1", "/path", ByteBudget.ofHeap());
        context.setBodyToken(bodyToken);
        return PresentedToken.ofCall(request.build(), context);
    }

    private static Optional<String> ofHandshake(FakeRequest request) {
        return PresentedToken.ofHandshake(request.build());
    }
}
