package io.simpleim.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simpleim.json.Json;
import io.simpleim.model.Session;
import io.simpleim.testing.HandmadeTokens;
import io.simpleim.testing.LoginConfigs;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String CLAIMS = "{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":\"s\"}";

    private final Tokens tokens = new Tokens(LoginConfigs.of(SECRET));

    @Test
    void aTokenSaysWhatItWasIssuedFor() {
        assertThat(tokens.verify(tokens.issue(new Session("s", "张三", 1, 1_800_000_000))))
                .contains(new Tokens.Claims("s", "张三", 1_800_000_000, false));
        assertThat(tokens.verify(tokens.issue(new Session("s", "ann", 1, 0))))
                .contains(new Tokens.Claims("s", "ann", 0, false));
    }

    @Test
    void aTokenHasThePublishedForm() {
        String[] parts = tokens.issue(new Session("s", "ann", 1, 5)).split("\\.", -1);

        assertThat(parts).hasSize(3);
        assertThat(Json.readObject(text(parts[0]))).containsEntry("alg", "HS256");
        assertThat(Json.readObject(text(parts[1]))).containsOnlyKeys("user_id", "login_expire", "jti");
        assertThat(text(parts[1])).contains("\"login_expire\":5", "\"user_id\":\"ann\"", "\"jti\":\"s\"");
    }

    /** The stored session decides when a token expires, since a partner may have extended it. */
    @Test
    void anExpiredTokenIsStillOneThatWasSigned() {
        assertThat(tokens.verify(tokens.issue(new Session("s", "ann", 1, 2)))).isPresent();
    }

    @Test
    void aTokenMadeElsewhereWithTheSameSecretCounts() {
        assertThat(tokens.verify(HandmadeTokens.of(SECRET, CLAIMS))).contains(new Tokens.Claims("s", "ann", 0, false));
    }

    @Test
    void anotherSecretIsRefused() {
        assertThat(tokens.verify(HandmadeTokens.of(SECRET + "x", CLAIMS))).isEmpty();
        assertThat(new Tokens(LoginConfigs.of(SECRET + "x")).verify(tokens.issue(new Session("s", "ann", 1, 0))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void aTokenWithoutASignatureIsRefusedWhateverItCallsThat(String algorithm) {
        String content =
                HandmadeTokens.encoded("{\"alg\":\"" + algorithm + "\"}") + "." + HandmadeTokens.encoded(CLAIMS);
        assertThat(tokens.verify(content + ".")).isEmpty();
        assertThat(tokens.verify(content)).isEmpty();
    }

    /** Only the header is wrong: the signature is HS256 with the right secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"ES256\"}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"Hs256\"}",
                "{\"alg\":\" HS256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{}"
            })
    void aTokenThatNamesAnotherAlgorithmIsRefused(String header) {
        assertThat(tokens.verify(HandmadeTokens.of("HmacSHA256", SECRET, header, CLAIMS)))
                .isEmpty();
    }

    @Test
    void anotherAlgorithmWithTheSameSecretIsRefused() {
        for (String bits : List.of("384", "512")) {
            String header = "{\"alg\":\"HS" + bits + "\"}";
            assertThat(tokens.verify(HandmadeTokens.of("HmacSHA" + bits, SECRET, header, CLAIMS)))
                    .isEmpty();
            assertThat(tokens.verify(HandmadeTokens.of("HmacSHA" + bits, SECRET, HandmadeTokens.HS256, CLAIMS)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"HS256\"} | true",
                "{\"typ\":\"jwt\",\"alg\":\"HS256\"} | true",
                "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"} | true",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"} | false",
                "{\"alg\":\"HS256\",\"typ\":\"JWE\"} | false",
                "{\"alg\":\"HS256\",\"typ\":\"\"} | false",
                "{\"alg\":\"HS256\",\"typ\":null} | false",
                "{\"alg\":\"HS256\",\"typ\":1} | false",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false} | false",
                "{\"alg\":\"HS256\",\"crit\":[]} | false",
                "{\"alg\":\"HS256\",\"crit\":null} | false"
            })
    void acceptsOnlyTypeJwtOrNoneAndNoCriticalHeader(String header, boolean accepted) {
        assertThat(tokens.verify(HandmadeTokens.of("HmacSHA256", SECRET, header, CLAIMS))
                        .isPresent())
                .isEqualTo(accepted);
    }

    /** A verified token would be cached as valid; only the expiry of the session counts. */
    @Test
    void anExpiryOfAnotherKindIsRefused() {
        String claims = "{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":\"s\",\"exp\":9999999999}";
        assertThat(tokens.verify(HandmadeTokens.of(SECRET, claims))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "1",
                "",
                "{",
                "{\"login_expire\":0,\"jti\":\"s\"}",
                "{\"user_id\":\"ann\",\"jti\":\"s\"}",
                "{\"user_id\":\"ann\",\"login_expire\":0}",
                "{\"user_id\":7,\"login_expire\":0,\"jti\":\"s\"}",
                "{\"user_id\":\"ann\",\"login_expire\":\"0\",\"jti\":\"s\"}",
                "{\"user_id\":\"a b\",\"login_expire\":0,\"jti\":\"s\"}",
                "{\"user_id\":\"\",\"login_expire\":0,\"jti\":\"s\"}",
                "{\"user_id\":null,\"login_expire\":null,\"jti\":null}"
            })
    void aTokenThatLacksAClaimIsRefusedHoweverWellSigned(String claims) {
        assertThat(tokens.verify(HandmadeTokens.of(SECRET, claims))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "x",
                "a.b.c",
                "e30.e30.e30",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10",
                "😀.😀.😀"
            })
    void otherTextsAreRefused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    @Test
    void noChangeOfATokenGoesUnnoticed() {
        String token = tokens.issue(new Session("s", "ann", 1, 0));
        // The last character of the signature has two unused bits.
        for (int at = 0; at < token.length() - 1; at++) {
            String changed = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            assertThat(tokens.verify(changed)).as("changed at %d", at).isEmpty();
        }
    }

    @Test
    void anyTextIsParsedOrRefusedWithoutADefect() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        String alphabet = "eyJ0{}[]\":.nulW1-_=A ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(30), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            assertThat(tokens.verify(text.toString()))
                    .as("seed %d, text %s", seed, text)
                    .isEmpty();
        }
    }

    @Test
    void aLongTokenIsRefusedUnread() {
        String longest = "{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":\"s\",\"x\":\"%s\"}";
        String fits = HandmadeTokens.of(SECRET, longest.formatted("x".repeat(2_900)));
        String tooLong = HandmadeTokens.of(SECRET, longest.formatted("x".repeat(3_000)));

        assertThat(fits).hasSizeBetween(3_900, 4_096);
        assertThat(tokens.verify(fits)).isPresent();
        assertThat(tooLong).hasSizeBetween(4_097, 4_200);
        assertThat(tokens.verify(tooLong)).isEmpty();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoginConfigs.of("x".repeat(31)));
        assertThatIllegalArgumentException().isThrownBy(() -> LoginConfigs.withPrevious(SECRET, "x".repeat(31)));
        assertThat(new Tokens(LoginConfigs.of("密".repeat(11))).issue(new Session("s", "ann", 1, 0)))
                .isNotEmpty();
    }

    private static String text(String encoded) {
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
