package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"en", "EN", "en-US", "en-GB,en;q=0.9,zh;q=0.8", "fr, en;q=0.1", "zh;q=0.1, en;q=0.2", " en "})
    void clientsThatPreferEnglishGetIt(String header) {
        assertThat(Language.of(header)).isEqualTo(Language.ENGLISH);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "zh",
                "zh-CN",
                "zh-TW, en;q=0.9",
                "fr",
                "*",
                "en;q=0.5, zh",
                "en;q=0",
                "en_US",
                "en;q=x",
                ",",
                ", ,",
                ";",
                "😀"
            })
    void allOthersGetChinese(String header) {
        assertThat(Language.of(header)).isEqualTo(Language.CHINESE);
    }

    @Test
    void arbitraryHeadersDoNotFail() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        String alphabet = "enzh*-_;=,q01. \t\"";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            random.ints(random.nextInt(12), 0, alphabet.length()).forEach(at -> header.append(alphabet.charAt(at)));
            assertThat(Language.of(header.toString()))
                    .as("seed %d, header %s", seed, header)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorHasItsText(ApiError error) {
        assertThat(Language.CHINESE.error(error.wireName())).isNotBlank();
        assertThat(Language.ENGLISH.error(error.wireName())).isNotBlank().matches("\\p{ASCII}*");
    }

    @Test
    void thePublishedTextsAreThoseOfTheDocumentation() {
        assertThat(Language.CHINESE.success("get_login_token")).isEqualTo("获取token成功");
        assertThat(Language.CHINESE.success("room_message")).isEqualTo("发送成功");
        assertThat(Language.CHINESE.error("unauthenticated")).isEqualTo("用户认证不通过");
        assertThat(Language.CHINESE.error("token_expired")).isEqualTo("token已失效");
        assertThat(Language.CHINESE.error("room_not_found")).isEqualTo("房间不存在");
        assertThat(Language.CHINESE.error("not_in_room")).isEqualTo("你不在房间");
        assertThat(Language.CHINESE.error("internal_error")).isEqualTo("系统错误");
    }
}
