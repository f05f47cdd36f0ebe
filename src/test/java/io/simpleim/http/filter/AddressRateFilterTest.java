package io.simpleim.http.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.http.caller.ClientAddress;
import io.simpleim.testing.FakeRequest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRateFilterTest {
    private final AddressRateFilter filter = new AddressRateFilter(new RateLimiter(1, BURST, Limit.LOGINS_PER_SECOND));
    private int passed;

    private static final int BURST = 100;

    @Test
    void eachAddressHasItsOwnRate() throws Exception {
        assertLimited("10.0.0.1");
        assertThat(passed).isGreaterThanOrEqualTo(BURST);

        call("10.0.0.2");
    }

    @Test
    void thisMachineIsNotLimited() throws Exception {
        for (int i = 0; i < 2 * BURST; i++) {
            call("127.0.0.1");
            call("0:0:0:0:0:0:0:1");
        }
        assertThat(passed).isEqualTo(4 * BURST);
    }

    @Test
    void addressesOfOneIpv6NetworkShareARate() throws Exception {
        assertLimited("2001:db8:0:1:1:1:1:%d");

        call("2001:db8:0:2:1:1:1:1");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ''",
        "::1, ''",
        "::ffff:127.0.0.1, ''",
        "10.0.0.1:4711, 10.0.0.1",
        "[2001:db8::1]:4711, 20010db800000000",
        "2001:db8::1%eth0, 20010db800000000",
        "localhost, localhost",
        "::ffff:10.0.0.1, 10.0.0.1",
        "192.168.7.8, 192.168.7.8",
        "2001:db8::1, 20010db800000000"
    })
    void theKeyOfACallerIsItsAddressOrNetwork(String address, String expected) {
        assertThat(ClientAddress.of(
                        new FakeRequest().answering("getRemoteAddr", address).build()))
                .isEqualTo(expected);
    }

    /** However slow the machine: far more than it could refill meanwhile. */
    private void assertLimited(String address) {
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 100 * BURST; i++) {
                        call(String.format(Locale.ROOT, address, i % 1000));
                    }
                })
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo("loginsPerSecond"));
    }

    private void call(String address) throws Exception {
        filter.doFilter(
                new FakeRequest().answering("getRemoteAddr", address).build(), null, (request, response) -> passed++);
    }
}
