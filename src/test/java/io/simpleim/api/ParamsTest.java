package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {

    @Test
    void anAbsentParameterIsMissing() {
        assertMissing("x", () -> Params.NONE.required("x"));
        assertMissing("user_id", () -> Params.NONE.userId("user_id"));
        assertMissing("message", () -> Params.NONE.sendRequest());
        assertThat(Params.NONE.optional("x")).isEmpty();
        assertThat(Params.NONE.number("x", 0, 1)).isEmpty();
        assertThat(Params.NONE.clientMsgId()).isEmpty();
    }

    @Test
    void aNumberCountsAsItsText() {
        Params params = new Params(Json.readObject("{\"user_id\":10001,\"big\":10001000100010001000100010001}"));

        assertThat(params.userId("user_id")).isEqualTo("10001");
        assertThat(params.required("big")).isEqualTo("10001000100010001000100010001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "[]", "{}", "[\"x\"]"})
    void aValueThatIsNotATextIsInvalid(String json) {
        Params params = new Params(Json.readObject("{\"x\":" + json + "}"));

        assertInvalid("x", () -> params.required("x"));
        assertInvalid("x", () -> params.optional("x"));
        assertInvalid("x", () -> params.number("x", 0, 1));
    }

    @Test
    void halfASurrogatePairIsInvalid() {
        assertInvalid("x", () -> of("x", "a\uD83D").required("x"));
        assertInvalid("x", () -> of("x", "\uDE00\uD83D").required("x"));
    }

    @Test
    void anEmptyTextIsPresent() {
        assertThat(of("x", "").required("x")).isEmpty();
        assertInvalid("user_id", () -> of("user_id", "").userId("user_id"));
    }

    @Test
    void aUserIdFollowsItsRule() {
        assertThat(of("to_user_id", "张三").userId("to_user_id")).isEqualTo("张三");
        assertInvalid("to_user_id", () -> of("to_user_id", "a b").userId("to_user_id"));
        assertInvalid("to_user_id", () -> of("to_user_id", "a".repeat(65)).userId("to_user_id"));
    }

    @Test
    void aClientsOwnIdHasOneToSixtyFourCharacters() {
        assertThat(of("client_msg_id", "😀".repeat(64)).clientMsgId()).contains("😀".repeat(64));
        assertInvalid("client_msg_id", () -> of("client_msg_id", "a".repeat(65)).clientMsgId());
        assertInvalid("client_msg_id", () -> of("client_msg_id", "").clientMsgId());
    }

    @Test
    void applicationsHaveTheTypesBelowTenThousand() {
        assertThat(Params.NONE.messageType()).isEqualTo(1);
        assertThat(of("message_type", "9999").messageType()).isEqualTo(9999);
        assertInvalid("message_type", () -> of("message_type", "10000").messageType());
        assertInvalid("message_type", () -> of("message_type", "0").messageType());
    }

    @Test
    void pagesCountFromOne() {
        assertThat(Params.NONE.page()).isEqualTo(1);
        assertThat(of("page", "2147483647").page()).isEqualTo(Integer.MAX_VALUE);
        assertThat(of("page", "2147483648").page()).as("past every end").isEqualTo(Integer.MAX_VALUE);
        assertInvalid("page", () -> of("page", "0").page());
        assertInvalid("page", () -> of("page", "-1").page());
        assertThat(Params.NONE.pageSize()).isEqualTo(20);
        assertThat(of("page_size", "100").pageSize()).isEqualTo(100);
        assertInvalid("page_size", () -> of("page_size", "101").pageSize());
        assertInvalid("page_size", () -> of("page_size", "0").pageSize());
    }

    @Test
    void aNumberIsWithinItsRange() {
        assertThat(of("n", "-3").number("n", -3, 3)).contains(-3L);
        assertThat(of("n", "3").number("n", -3, 3)).contains(3L);
        assertInvalid("n", () -> of("n", "4").number("n", -3, 3));
        assertInvalid("n", () -> of("n", "-4").number("n", -3, 3));
        assertThat(of("n", "9223372036854775807").number("n", 0, Long.MAX_VALUE))
                .contains(Long.MAX_VALUE);
        assertInvalid("n", () -> of("n", "9223372036854775808").number("n", 0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1.0", "1e1", "0x1", "+1", " 1", "1 ", "１", "١", "1_0", "--1", "-"})
    void onlyPlainDigitsAreANumber(String text) {
        assertInvalid("n", () -> of("n", text).number("n", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Params of(String name, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(name, value);
        return new Params(values);
    }

    private static void assertMissing(String parameter, ThrowingCallable call) {
        assertRefused(ApiError.MISSING_PARAMETER, parameter, call);
    }

    private static void assertInvalid(String parameter, ThrowingCallable call) {
        assertRefused(ApiError.INVALID_PARAMETER, parameter, call);
    }

    private static void assertRefused(ApiError error, String parameter, ThrowingCallable call) {
        RequestRejected refused = catchThrowableOfType(RequestRejected.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.error()).isEqualTo(error);
        assertThat(refused.parameter()).isEqualTo(parameter);
    }
}
