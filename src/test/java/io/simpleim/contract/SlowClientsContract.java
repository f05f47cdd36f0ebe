package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.ImUser;
import io.simpleim.testing.SlowClients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More slow clients than the container has threads do not delay others. */
interface SlowClientsContract extends ApiSuite {
    int MORE_THAN_THREADS = 250;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /heal",
                "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nX-Slow",
                "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\nuser_id=a",
                "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/json\r\n\r\n5",
                "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/json\r\n\r\n5\r\n{",
                "POST /rm/room/single_message HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x",
                "POST /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000000\r\n"
                        + "Content-Type: application/json\r\n\r\n{",
                "POST /no/such/path HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n\r\na",
                "PUT /user/get_login_token HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n\r\na",
                "GET /health/live HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n\r\na",
                "GET /u/user/connect HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Content-Length: 1000\r\n\r\na"
            })
    default void slowSendersBlockNobody(String beginning) {
        ImUser other = anyUser();
        String roomId = other.roomWith();
        try (SlowClients slow = SlowClients.begin(deployment().base(), MORE_THAN_THREADS, beginning)) {
            assertThat(other.say(roomId, "all is well").code()).isEqualTo(200);
            slow.send("b");
            assertThat(other.history(roomId)).hasSize(1);
        }
    }
}
