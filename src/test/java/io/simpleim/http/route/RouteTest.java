package io.simpleim.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.Endpoint;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Supplier<Endpoint> NO_INSTANCES = () -> {
        throw new UnsupportedOperationException();
    };

    @Test
    void aGetTakesHeadToo() {
        assertThat(Route.get("/path").methods()).containsExactly("GET", "HEAD");
        assertThat(Route.post("/path").methods()).containsExactly("POST");
    }

    @Test
    void callsOfPartnersAndUsersHaveParameters() {
        assertThat(Route.post("/path").from(CallerKind.PARTNER).body()).isEqualTo(BodyPolicy.PARAMETERS);
        assertThat(Route.get("/path").from(CallerKind.SENDER).body()).isEqualTo(BodyPolicy.PARAMETERS);
        assertThat(Route.get("/path").from(CallerKind.OPERATOR).body()).isEqualTo(BodyPolicy.DISCARD);
        assertThat(Route.get("/path").body()).isEqualTo(BodyPolicy.DISCARD);
    }

    @Test
    void aPathCanBeAWebSocketAlone() {
        Route route = Route.webSocket("/path", Endpoint.class, NO_INSTANCES);

        assertThat(route.methods()).containsExactly("GET");
        assertThat(route.isWebSocket()).isTrue();
        assertThat(route.hasCalls()).isFalse();
    }

    @Test
    void aPathCanAnswerCallsAndHandshakes() {
        Route route =
                Route.post("/path").orWebSocket(Endpoint.class, NO_INSTANCES).to(new HttpServlet() {});

        assertThat(route.methods()).containsExactly("GET", "POST");
        assertThat(route.isWebSocket()).isTrue();
        assertThat(route.hasCalls()).isTrue();
    }
}
