package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.api.ApiError;
import io.simpleim.api.Language;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every published error has a name and texts, even if nothing causes it yet. */
class ErrorCatalogueTest {
    @ParameterizedTest
    @EnumSource
    void everyErrorHasATextInBothLanguages(ApiError error) {
        String chinese = Language.CHINESE.error(error.wireName());
        String english = Language.ENGLISH.error(error.wireName());

        assertThat(chinese).isNotBlank();
        assertThat(english).isNotBlank().isNotEqualTo(chinese).matches("\\p{ASCII}+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unauthenticated",
                "token_expired",
                "partner_key_required",
                "missing_parameter",
                "invalid_parameter",
                "user_not_found",
                "user_banned",
                "room_not_found",
                "not_in_room",
                "not_room_host",
                "room_full",
                "muted",
                "blocked",
                "message_not_found",
                "recall_expired",
                "conflict",
                "rejected"
            })
    void everyApplicationErrorIsAnsweredWithStatus200(String name) {
        assertThat(names(Arrays.stream(ApiError.values()).filter(error -> error.httpStatus() == 200)))
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "malformed_body, 400",
        "not_found, 404",
        "method_not_allowed, 405",
        "too_large, 413",
        "unsupported_media_type, 415",
        "upgrade_required, 426",
        "rate_limited, 429",
        "internal_error, 500",
        "unavailable, 503"
    })
    void everyOtherErrorHasItsStatus(String name, int status) {
        assertThat(ApiError.valueOf(name.toUpperCase(Locale.ROOT)).httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "unauthenticated, 用户认证不通过",
        "token_expired, token已失效",
        "room_not_found, 房间不存在",
        "not_in_room, 你不在房间",
        "internal_error, 系统错误"
    })
    void publishedErrorTextsAreExact(String name, String text) {
        assertThat(Language.CHINESE.error(name)).isEqualTo(text);
    }

    @Test
    void chineseTextOfNotRoomHostKeepsItsPublishedStart() {
        assertThat(Language.CHINESE.error("not_room_host")).startsWith("只有房主能");
    }

    @ParameterizedTest
    @CsvSource({
        "get_login_token, 获取token成功",
        "login_out, 退出登录成功",
        "single_message, 发送成功",
        "create_room, 创建成功",
        "enter_room, 进入房间成功",
        "invite_user_enter_room, 邀请用户进入房间成功",
        "exit_room, 退出房间成功",
        "kick_out_room, 踢出用户成功",
        "room_message, 发送成功",
        "get_room_list, 获取成功",
        "get_room_message_list, 获取成功"
    })
    void publishedSuccessTextsAreExact(String call, String text) {
        assertThat(Language.CHINESE.success(call)).isEqualTo(text);
        assertThat(Language.ENGLISH.success(call)).matches("\\p{ASCII}+");
    }

    private static Stream<String> names(Stream<ApiError> errors) {
        return errors.map(ApiError::wireName);
    }
}
