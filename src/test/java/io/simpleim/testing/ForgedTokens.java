package io.simpleim.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that the server did not issue. */
public final class ForgedTokens {
    private ForgedTokens() {}

    /** Forgeries that are possible without the key, made from a valid token, by description. */
    public static Map<String, String> of(String token, String otherUserId) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String otherClaims =
                encode(claims.replaceFirst("\"user_id\":\"[^\"]*\"", "\"user_id\":\"" + otherUserId + '"'));
        String none = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("no token at all", "garbage");
        forged.put("three empty parts", "..");
        forged.put("far too long", "x".repeat(5000));
        forged.put("signed with another key", parts[0] + '.' + parts[1] + '.' + sign(parts[0] + '.' + parts[1]));
        forged.put("without its signature", parts[0] + '.' + parts[1] + '.');
        forged.put("for another user", parts[0] + '.' + otherClaims + '.' + parts[2]);
        forged.put("of algorithm none", none + '.' + parts[1] + '.');
        forged.put("of algorithm none with a signature", none + '.' + parts[1] + '.' + parts[2]);
        return forged;
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8), "HMAC"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
