package io.simpleim.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens made from a secret without a library, and so without a library's checks. */
public final class HandmadeTokens {
    public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    /**
     * The published example token without {@code jti}: signed with {@code im}, without expiry, for user 10000200275.
     */
    public static final String PUBLISHED = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
            + ".eyJ1c2VyX2lkIjoiMTAwMDAyMDAyNzUiLCJsb2dpbl9leHBpcmUiOjB9"
            + ".bHWKr0XSOxLwUHd1os-AltV-btgtAVyRCuaGGVoP2io";

    private HandmadeTokens() {}

    /** Signed with HS256. */
    public static String of(String secret, String claims) {
        return of("HmacSHA256", secret, HS256, claims);
    }

    /** @param algorithm the JDK's name, independent of the header */
    public static String of(String algorithm, String secret, String header, String claims) {
        String content = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encodes JSON as a part of a token. */
    public static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
