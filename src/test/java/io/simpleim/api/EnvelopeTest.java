package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    @Test
    void aSuccessIsTheOneThatWasPublished() {
        assertThat(Json.write(Envelope.success(Language.CHINESE, "room_message", Map.of())))
                .isEqualTo("{\"code\":200,\"msg\":\"发送成功\",\"data\":{}}");
        assertThat(Json.write(Envelope.success(Language.ENGLISH, "create_room", Map.of("roomId", "r"))))
                .isEqualTo("{\"code\":200,\"msg\":\"Room created\",\"data\":{\"roomId\":\"r\"}}");
    }

    @Test
    void aRefusalHasOnlyTheMembersThatApply() {
        assertThat(refusal(RequestRejected.because(ApiError.ROOM_NOT_FOUND)))
                .isEqualTo("{\"code\":-1,\"msg\":\"房间不存在\",\"error\":\"room_not_found\"}");
    }

    @Test
    void aRefusalNamesTheParameter() {
        assertThat(refusal(RequestRejected.invalid("page")))
                .isEqualTo("{\"code\":-1,\"msg\":\"参数错误\",\"error\":\"invalid_parameter\",\"parameter\":\"page\"}");
    }

    @Test
    void aRefusalMayHaveATextOfItsOwn() {
        assertThat(refusal(RequestRejected.because(ApiError.NOT_IN_ROOM, "target_not_in_room")))
                .isEqualTo("{\"code\":-1,\"msg\":\"该用户不在房间\",\"error\":\"not_in_room\"}");
    }

    @Test
    void aRefusalMayCarryData() {
        assertThat(refusal(RequestRejected.because(ApiError.CONFLICT).with(Map.of("seq", 7))))
                .isEqualTo(
                        "{\"code\":-1,\"msg\":\"client_msg_id已用于其他内容\",\"error\":\"conflict\",\"data\":{\"seq\":7}}");
    }

    private static String refusal(RequestRejected refused) {
        return Json.write(Envelope.failure(Language.CHINESE, ErrorMapper.map(refused, "id")));
    }
}
