package io.simpleim.http.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.Language;
import io.simpleim.api.RequestRejected;
import io.simpleim.auth.PartnerGate;
import io.simpleim.http.ByteBudget;
import io.simpleim.http.Caller;
import io.simpleim.http.RequestContext;
import io.simpleim.testing.FakeRequest;
import jakarta.servlet.FilterChain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In protected mode, where all depends on who is local. */
class PartnerFilterTest {
    private final PartnerFilter filter = new PartnerFilter(new PartnerGate(List.of()));
    private final RequestContext context =
            new RequestContext("id", Language.CHINESE, "/path", "127.0.0.1", "/path", ByteBudget.ofHeap());
    private int passed;
    private final FilterChain chain = (request, response) -> passed++;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void callersOnThisMachineAreAdmitted(String address) throws Exception {
        filter.doFilter(from(address).build(), null, chain);

        assertThat(passed).isEqualTo(1);
        assertThat(context.caller()).contains(new Caller.Partner("local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "128.0.0.1", "::2", "fe80::1", "::ffff:10.0.0.1"})
    void anotherMachineIsRefused(String address) {
        assertRefused(from(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-for",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Real-IP",
                "Via"
            })
    void aRequestForwardedByALocalProxyIsRefused(String header) {
        assertRefused(from("127.0.0.1").header(header, "127.0.0.1"));
    }

    @Test
    void aForwardedRequestIsRefusedWhenTheContainerHasRemovedItsHeaders() {
        assertRefused(from("127.0.0.1").attribute("org.apache.tomcat.request.forwarded", true));
    }

    @Test
    void anUnconfiguredKeyIsRefused() {
        assertRefused(from("10.0.0.1").header("X-Partner-Key", "local"));
    }

    private void assertRefused(FakeRequest request) {
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> filter.doFilter(request.build(), null, chain))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(ApiError.PARTNER_KEY_REQUIRED));
        assertThat(passed).isZero();
        assertThat(context.caller()).isEmpty();
    }

    private FakeRequest from(String address) {
        return new FakeRequest().answering("getRemoteAddr", address).attribute(RequestContext.class.getName(), context);
    }
}
