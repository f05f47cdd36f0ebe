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
 * The tokens that were signed with one secret. Thread-safe.
 *
 * <p>There is one algorithm, HS256, whatever a token says of itself (RFC 8725, section 3.1). What a token demands to be
 * understood, and is not, has it refused (RFC 7515, section 4.1.11), as does another type than a JWT's. So does {@code exp}:
 * when these tokens expire says {@code login_expire}, and what was good once is not looked at again.
 */
final class SignedTokens {
    private final JWTVerifier verifier;

    SignedTokens(Secret secret) {
        verifier = JWT.require(algorithm(secret)).build();
    }

    static Algorithm algorithm(Secret secret) {
        return Algorithm.HMAC256(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** What a token says, if it is one of these. */
    Optional<DecodedJWT> read(String token) {
        try {
            return Optional.of(verifier.verify(token)).filter(SignedTokens::isUnderstood);
        } catch (JWTVerificationException | NullPointerException e) {
            // java-jwt throws the second where the header or the payload is JSON's null.
            return Optional.empty();
        }
    }

    /** What java-jwt does not look at, or by a clock of its own. */
    private static boolean isUnderstood(DecodedJWT token) {
        Claim type = token.getHeaderClaim("typ");
        return token.getHeaderClaim("crit").isMissing()
                && token.getClaim("exp").isMissing()
                && (type.isMissing() || "JWT".equalsIgnoreCase(type.asString()));
    }
}
