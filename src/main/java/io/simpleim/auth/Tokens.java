package io.simpleim.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.JWTVerifier;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.model.Session;
import io.simpleim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The published login tokens: a JWT signed with HS256, with the claims {@code user_id}, {@code login_expire} (Unix
 * seconds, 0 = never) and {@code jti}. Thread-safe.
 */
public final class Tokens {
    /** RFC 7518, section 3.2: the key of HS256 is at least as long as its hash. */
    public static final int MIN_SECRET_BYTES = 32;

    /** Longer ones are refused unread; java-jwt would parse a token of any length. */
    private static final int MAX_TOKEN_CHARS = 4096;

    /** Tokens whose signature need not be looked at again, in characters of all of them. */
    private static final long MOST_KNOWN_CHARS = 10_000_000;

    private final Algorithm algorithm;
    private final JWTVerifier verifier;
    /** What a token says never changes, and each is presented many times. */
    private final Cache<String, Claims> known = Caffeine.newBuilder()
            .maximumWeight(MOST_KNOWN_CHARS)
            .weigher((String token, Claims claims) -> token.length())
            .build();

    /** @throws IllegalArgumentException if the secret is shorter than {@link #MIN_SECRET_BYTES} */
    public Tokens(String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of at least " + MIN_SECRET_BYTES + " bytes is expected");
        }
        algorithm = Algorithm.HMAC256(key);
        verifier = JWT.require(algorithm).build();
    }

    /**
     * What a token says. Whether its session is still alive is for the store to say.
     *
     * @param expiresAt Unix seconds, 0 = never
     */
    public record Claims(String sessionId, String userId, long expiresAt) {}

    /** The token of a session. */
    public String issue(Session session) {
        return JWT.create()
                .withClaim("user_id", session.userId())
                .withClaim("login_expire", session.expiresAt())
                .withJWTId(session.id())
                .sign(algorithm);
    }

    /** The claims of a token that this server has signed; empty for everything else. */
    public Optional<Claims> verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        Claims before = known.getIfPresent(token);
        if (before != null) {
            return Optional.of(before);
        }
        try {
            Optional<Claims> claims = claims(verifier.verify(token));
            claims.ifPresent(said -> known.put(token, said));
            return claims;
        } catch (JWTVerificationException | NullPointerException e) {
            // java-jwt throws the second where the header or the payload is JSON's null.
            return Optional.empty();
        }
    }

    private static Optional<Claims> claims(DecodedJWT token) {
        String sessionId = token.getId();
        String userId = token.getClaim("user_id").asString();
        Long expiresAt = token.getClaim("login_expire").asLong();
        if (sessionId == null || userId == null || expiresAt == null || !UserId.isValid(userId)) {
            return Optional.empty();
        }
        return Optional.of(new Claims(sessionId, userId, expiresAt));
    }
}
