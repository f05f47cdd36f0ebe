package io.simpleim.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Session;
import io.simpleim.testing.HandmadeTokens;
import io.simpleim.testing.LoginConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String SESSION = Session.LEGACY_PREFIX + "[0-9a-f]{64}";

    private final Tokens tokens = new Tokens(LoginConfigs.withLegacy(SECRET, "im"));

    private static String token(String claims) {
        return HandmadeTokens.of("im", claims);
    }

    @Test
    void thePublishedTokenCounts() {
        assertThat(HandmadeTokens.PUBLISHED).isEqualTo(token("{\"user_id\":\"10000200275\",\"login_expire\":0}"));
        assertThat(tokens.verify(HandmadeTokens.PUBLISHED)).hasValueSatisfying(claims -> {
            assertThat(claims.userId()).isEqualTo("10000200275");
            assertThat(claims.expiresAt()).isZero();
            assertThat(claims.isLegacy()).isTrue();
            assertThat(claims.sessionId()).matches(SESSION);
        });
    }

    @Test
    void withoutTheSettingItDoesNot() {
        assertThat(new Tokens(LoginConfigs.of(SECRET)).verify(HandmadeTokens.PUBLISHED))
                .isEmpty();
        assertThat(new Tokens(LoginConfigs.withLegacy(SECRET, "in")).verify(HandmadeTokens.PUBLISHED))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\":\"ann\",\"login_expire\":1800000000} | ann | 1800000000",
                "{\"user_id\":10000200275,\"login_expire\":\"0\"} | 10000200275 | 0",
                "{\"user_id\":99999999999999999999,\"login_expire\":\"1800000000\"} | 99999999999999999999 | 1800000000",
                "{\"user_id\":\"007\",\"login_expire\":999999999999999999,\"more\":{}} | 007 | 999999999999999999"
            })
    void eachClaimMayBeATextOrANumber(String claims, String userId, long expiresAt) {
        assertThat(tokens.verify(token(claims))).hasValueSatisfying(read -> {
            assertThat(read.userId()).isEqualTo(userId);
            assertThat(read.expiresAt()).isEqualTo(expiresAt);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"login_expire\":0}",
                "{\"user_id\":\"ann\"}",
                "{\"user_id\":\"ann\",\"login_expire\":null}",
                "{\"user_id\":\"ann\",\"login_expire\":\"\"}",
                "{\"user_id\":\"ann\",\"login_expire\":\"soon\"}",
                "{\"user_id\":\"ann\",\"login_expire\":\"-1\"}",
                "{\"user_id\":\"ann\",\"login_expire\":-1}",
                "{\"user_id\":\"ann\",\"login_expire\":1.5}",
                "{\"user_id\":\"ann\",\"login_expire\":1e9}",
                "{\"user_id\":\"ann\",\"login_expire\":\"١\"}",
                "{\"user_id\":\"ann\",\"login_expire\":true}",
                "{\"user_id\":\"ann\",\"login_expire\":[0]}",
                "{\"user_id\":\"ann\",\"login_expire\":9999999999999999999}",
                "{\"user_id\":\"\",\"login_expire\":0}",
                "{\"user_id\":\"a b\",\"login_expire\":0}",
                "{\"user_id\":1.5,\"login_expire\":0}",
                "{\"user_id\":null,\"login_expire\":0}",
                "{\"user_id\":true,\"login_expire\":0}",
                "{\"user_id\":{},\"login_expire\":0}",
                "{\"user_id\":\"ann\",\"login_expire\":0,\"exp\":9999999999}",
                "{}",
                "null"
            })
    void aTokenThatLacksAClaimIsRefused(String claims) {
        assertThat(tokens.verify(token(claims))).isEmpty();
    }

    /** Otherwise, anyone who knows the weak secret could take over a session signed with the strong one. */
    @ParameterizedTest
    @ValueSource(strings = {"\"s\"", "null", "1", "\"\""})
    void aTokenThatNamesASessionIsRefused(String jti) {
        assertThat(tokens.verify(token("{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":" + jti + "}")))
                .isEmpty();
    }

    @Test
    void anOwnTokenWithoutASessionIsNoLegacyToken() {
        assertThat(tokens.verify(HandmadeTokens.of(SECRET, "{\"user_id\":\"ann\",\"login_expire\":0}")))
                .isEmpty();
    }

    @Test
    void eachTokenIsASessionOfItsOwn() {
        assertThat(sessionId(token("{\"user_id\":\"ann\",\"login_expire\":0}")))
                .isEqualTo(sessionId(token("{\"user_id\":\"ann\",\"login_expire\":0}")))
                .isNotEqualTo(sessionId(token("{\"user_id\":\"ann\",\"login_expire\":1800000000}")))
                .isNotEqualTo(sessionId(token("{\"login_expire\":0,\"user_id\":\"ann\"}")));
    }

    /** The last two bits of a signature and its padding are ignored, so such a copy is as valid as the token. */
    @Test
    void aTokenWhoseSignatureIsWrittenInAnotherWayIsTheSameSession() {
        String start = HandmadeTokens.PUBLISHED.substring(0, HandmadeTokens.PUBLISHED.length() - 1);
        assertThat(HandmadeTokens.PUBLISHED).endsWith("o");
        for (String end : new String[] {"p", "q", "r", "o="}) {
            assertThat(sessionId(start + end)).isEqualTo(sessionId(HandmadeTokens.PUBLISHED));
        }
    }

    @Test
    void thoseOfThisServerCountAsBefore() {
        Session session = new Session("s", "ann", 1, 0);
        assertThat(tokens.verify(tokens.issue(session))).contains(new Tokens.Claims("s", "ann", 0, false));
        assertThat(new Tokens(LoginConfigs.of(SECRET)).verify(tokens.issue(session)))
                .isPresent();
    }

    private String sessionId(String token) {
        return tokens.verify(token).orElseThrow().sessionId();
    }
}
