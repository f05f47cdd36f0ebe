package io.simpleim.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.JWTVerifier;
import io.simpleim.config.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Verifies tokens that were signed with one secret. Thread-safe.
 *
 * <p>HS256 is the only algorithm, whatever the header of a token says (RFC 8725, section 3.1). A token is refused if it has
 * a critical header (RFC 7515, section 4.1.11), a type other than JWT, or the claim {@code exp}: expiry is given by {@code
 * login_expire}, and a verified token is cached and not verified again.
 */
final class SignedTokens {
    private final JWTVerifier verifier;

    SignedTokens(Secret secret) {
        verifier = JWT.require(algorithm(secret)).build();
    }

    static Algorithm algorithm(Secret secret) {
        return Algorithm.HMAC256(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes a token if its signature is valid and nothing in it is unsupported. */
    Optional<DecodedJWT> read(String token) {
        try {
            return Optional.of(verifier.verify(token)).filter(SignedTokens::isSupported);
        } catch (JWTVerificationException | NullPointerException e) {
            // java-jwt throws a NullPointerException if the header or the payload is JSON null.
            return Optional.empty();
        }
    }

    /** Checks what java-jwt ignores, or would check with its own clock. */
    private static boolean isSupported(DecodedJWT token) {
        Claim type = token.getHeaderClaim("typ");
        return token.getHeaderClaim("crit").isMissing()
                && token.getClaim("exp").isMissing()
                && (type.isMissing() || "JWT".equalsIgnoreCase(type.asString()));
    }
}
