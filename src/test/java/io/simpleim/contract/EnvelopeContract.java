package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelope of all answers, and its texts for people. */
interface EnvelopeContract extends ApiSuite {
    @Test
    default void successHasCodeMessageAndData() {
        Answer answer = anyUser().post("rm/room/create_room");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("code", "msg", "data");
        assertThat(answer.code()).isEqualTo(200);
    }

    @Test
    default void refusalHasCodeMessageAndErrorName() {
        Answer answer = anyUser().enter("no such room");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("code", "msg", "error");
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.msg()).isEqualTo("房间不存在");
        assertThat(answer.error()).isEqualTo("room_not_found");
    }

    @Test
    default void refusalOfAParameterNamesIt() {
        Answer missing = anyUser().post("rm/room/enter_room");

        assertThat(missing.code()).isEqualTo(-1);
        assertThat(missing.json().keySet()).containsExactlyInAnyOrder("code", "msg", "error", "parameter");
    }

    @Test
    default void callsWithoutDataAnswerAnEmptyObject() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();

        assertThat(host.invite(roomId, guest.id()).data().size()).isZero();
        assertThat(host.kick(roomId, guest.id()).data().size()).isZero();
        assertThat(host.rename(roomId, "n").data().size()).isZero();
        assertThat(guest.enter(roomId).data().size()).isZero();
        assertThat(guest.exit(roomId).data().size()).isZero();
        assertThat(guest.post("u/user/login_out").data().size()).isZero();
    }

    @Test
    default void successesHaveThePublishedTexts() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();

        assertThat(client().post("", "user/get_login_token", Map.of("user_id", host.id()))
                        .msg())
                .isEqualTo("获取token成功");
        assertThat(host.post("rm/room/create_room").msg()).isEqualTo("创建成功");
        assertThat(host.write(guest.id(), "m").msg()).isEqualTo("发送成功");
        assertThat(host.say(roomId, "m").msg()).isEqualTo("发送成功");
        assertThat(guest.enter(roomId).msg()).isEqualTo("进入房间成功");
        assertThat(guest.exit(roomId).msg()).isEqualTo("退出房间成功");
        assertThat(host.invite(roomId, guest.id()).msg()).isEqualTo("邀请用户进入房间成功");
        assertThat(host.kick(roomId, guest.id()).msg()).isEqualTo("踢出用户成功");
        assertThat(host.rename(roomId, "n").msg()).isEqualTo("房间名称已修改");
        assertThat(host.get("rm/room/get_room_member_list", "room_id", roomId).msg())
                .isEqualTo("获取成功");
        assertThat(host.get("rm/room/get_room_list").msg()).isEqualTo("获取成功");
        assertThat(host.get("rm/room/get_room_message_list", "room_id", roomId).msg())
                .isEqualTo("获取成功");
        assertThat(host.post("u/user/login_out").msg()).isEqualTo("退出登录成功");
    }

    @Test
    default void refusalsHaveThePublishedTexts() {
        ImUser host = anyUser();
        ImUser ended = anyUser();
        ended.post("u/user/login_out");
        String roomId = host.roomWith();

        assertThat(client().post("", "rm/room/create_room", Map.of()).msg()).isEqualTo("用户认证不通过");
        assertThat(ended.post("rm/room/create_room").msg()).isEqualTo("token已失效");
        assertThat(host.say("no such room", "m").msg()).isEqualTo("房间不存在");
        assertThat(anyUser().say(roomId, "m").msg()).isEqualTo("你不在房间");
        assertThat(anyUser().kick(roomId, host.id()).msg()).startsWith("只有房主能");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "EN", "en-US", "en-US,en;q=0.9", "fr, en;q=0.5", "en;q=0.8, zh;q=0.2"})
    default void refusalsAreInEnglishOnRequest(String acceptLanguage) {
        assertThat(refusal(acceptLanguage).msg()).isEqualTo("No such room");
        assertThat(refusal(acceptLanguage).error()).isEqualTo("room_not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr", "*", ";;;q=x", "en;q=0.2, zh;q=0.8"})
    default void refusalsAreInChineseByDefault(String acceptLanguage) {
        assertThat(refusal(acceptLanguage).msg()).isEqualTo("房间不存在");
    }

    @Test
    default void successesAreInEnglishOnRequest() {
        Answer answer = client().send(client().request("rm/room/get_room_list")
                .header("token", anyUser().token())
                .header("Accept-Language", "en")
                .GET());
        assertThat(answer.msg()).isEqualTo("OK");
    }

    @Test
    default void timesAreWholeUnixSeconds() {
        ImUser user = anyUser();
        long before = System.currentTimeMillis() / 1000;
        Answer sent = user.say(user.roomWith(), "m");
        long after = System.currentTimeMillis() / 1000;

        assertThat(sent.data().get("created_at").getAsString()).containsOnlyDigits();
        assertThat(sent.data().get("created_at").getAsLong()).isBetween(before, after);
    }

    private Answer refusal(String acceptLanguage) {
        ImClient client = client();
        return client.send(client.request("rm/room/get_room_message_list?room_id=none")
                .header("token", anyUser().token())
                .header("Accept-Language", acceptLanguage)
                .GET());
    }
}
