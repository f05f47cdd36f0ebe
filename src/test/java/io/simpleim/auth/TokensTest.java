package io.simpleim.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simpleim.json.Json;
import io.simpleim.model.Session;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String CLAIMS = "{\"user_id\":\"ann\",\"login_expire\":0,\"jti\":\"s\"}";

    private final Tokens tokens = new Tokens(SECRET);

    @Test
    void aTokenSaysWhatItWasIssuedFor() {
        assertThat(tokens.verify(tokens.issue(new Session("s", "张三", 1, 1_800_000_000))))
                .contains(new Tokens.Claims("s", "张三", 1_800_000_000));
        assertThat(tokens.verify(tokens.issue(new Session("s", "ann", 1, 0))))
                .contains(new Tokens.Claims("s", "ann", 0));
    }

    @Test
    void aTokenHasThePublishedForm() {
        String[] parts = tokens.issue(new Session("s", "ann", 1, 5)).split("\\.", -1);

        assertThat(parts).hasSize(3);
        assertThat(Json.readObject(text(parts[0]))).containsEntry("alg", "HS256");
        assertThat(Json.readObject(text(parts[1]))).containsOnlyKeys("user_id", "login_expire", "jti");
        assertThat(text(parts[1])).contains("\"login_expire\":5", "\"user_id\":\"ann\"", "\"jti\":\"s\"");
    }

    /** When it has expired is for the session in the store to say, which a partner may have made longer. */
    @Test
    void anExpiredTokenIsStillOneThatWasSigned() {
        assertThat(tokens.verify(tokens.issue(new Session("s", "ann", 1, 2)))).isPresent();
    }

    @Test
    void aTokenMadeElsewhereWithTheSameSecretCounts() {
        assertThat(tokens.verify(signed("HmacSHA256", SECRET, HS256, CLAIMS)))
                .contains(new Tokens.Claims("s", "ann", 0));
    }

    @Test
    void anotherSecretIsRefused() {
        assertThat(tokens.verify(signed("HmacSHA256", SECRET + "x", HS256, CLAIMS)))
                .isEmpty();
        assertThat(new Tokens(SECRET + "x").verify(tokens.issue(new Session("s", "ann", 1, 0))))
                .isEmpty();
    }

    @Test
    void anotherAlgorithmIsRefused() {
        String none = encoded("{\"alg\":\"none\"}") + "." + encoded(CLAIMS) + ".";
        assertThat(tokens.verify(none)).isEmpty();
        assertThat(tokens.verify(encoded("{\"alg\":\"none\"}") + "." + encoded(CLAIMS)))
                .isEmpty();
        assertThat(tokens.verify(signed("HmacSHA512", SECRET, "{\"alg\":\"HS512\"}", CLAIMS)))
                .isEmpty();
        assertThat(tokens.verify(signed("HmacSHA512", SECRET, HS256, CLAIMS))).isEmpty();
        assertThat(tokens.verify(signed("HmacSHA256", SECRET, "{\"alg\":\"none\"}", CLAIMS)))
                .isEmpty();
        assertThat(tokens.verify(signed("HmacSHA256", SECRET, "{}", CLAIMS))).isEmpty();
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
        assertThat(tokens.verify(signed("HmacSHA256", SECRET, HS256, claims))).isEmpty();
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
    void whatIsNoTokenIsRefused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    @Test
    void noChangeOfATokenGoesUnnoticed() {
        String token = tokens.issue(new Session("s", "ann", 1, 0));
        // The last character of the signature has two bits that mean nothing.
        for (int at = 0; at < token.length() - 1; at++) {
            String changed = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            assertThat(tokens.verify(changed)).as("changed at %d", at).isEmpty();
        }
    }

    @Test
    void noTextIsADefect() {
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
        String fits = signed("HmacSHA256", SECRET, HS256, longest.formatted("x".repeat(2_900)));
        String tooLong = signed("HmacSHA256", SECRET, HS256, longest.formatted("x".repeat(3_000)));

        assertThat(fits).hasSizeBetween(3_900, 4_096);
        assertThat(tokens.verify(fits)).isPresent();
        assertThat(tooLong).hasSizeBetween(4_097, 4_200);
        assertThat(tokens.verify(tooLong)).isEmpty();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokens("x".repeat(31)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokens(""));
        assertThat(new Tokens("密".repeat(11)).issue(new Session("s", "ann", 1, 0)))
                .isNotEmpty();
    }

    private static String signed(String algorithm, String secret, String header, String claims) {
        String content = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(String encoded) {
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
