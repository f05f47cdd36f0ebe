package io.simpleim.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.model.Session;
import io.simpleim.model.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Issues and verifies login tokens: JWTs signed with HS256, with the claims {@code user_id}, {@code login_expire} (Unix
 * seconds, 0 = never) and {@code jti}. New tokens are signed with {@code [login] secret}. Tokens signed with {@code
 * previousSecret} are accepted too, and tokens of an earlier system while {@code legacySecret} is set. Thread-safe.
 */
public final class Tokens {
    /** Longer tokens are refused unread, since java-jwt would parse any length. */
    private static final int MAX_TOKEN_CHARS = 4096;

    /** Size of the cache of verified tokens, in characters of all tokens. */
    private static final long MAX_CACHED_CHARS = 10_000_000;

    private final Algorithm signing;
    private final List<SignedTokens> own;
    private final Optional<LegacyTokens> legacy;
    /** Verified tokens: neither tokens nor secrets change, and each token is presented many times. */
    private final Cache<String, Claims> verified = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARS)
            .weigher((String token, Claims claims) -> token.length())
            .recordStats()
            .build();

    public Tokens(TokenSecrets secrets) {
        signing = SignedTokens.algorithm(secrets.current());
        own = Stream.concat(Stream.of(secrets.current()), secrets.previous().stream())
                .map(SignedTokens::new)
                .toList();
        legacy = secrets.legacy().map(LegacyTokens::new);
    }

    /**
     * The claims of a token. Only the store knows whether its session is still alive.
     *
     * @param expiresAt Unix seconds, 0 = never
     * @param isLegacy whether an earlier system issued it; then its session may not be stored yet
     */
    public record Claims(String sessionId, String userId, long expiresAt, boolean isLegacy) {}

    /** The cache of verified tokens, for metrics only. */
    public Cache<?, ?> cache() {
        return verified;
    }

    /** Issues the token of a session. */
    public String issue(Session session) {
        return JWT.create()
                .withClaim("user_id", session.userId())
                .withClaim("login_expire", session.expiresAt())
                .withJWTId(session.id())
                .sign(signing);
    }

    /** Returns the claims of a token that this server accepts, and empty for any other text. */
    public Optional<Claims> verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        Claims cached = verified.getIfPresent(token);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Claims> claims = read(token);
        claims.ifPresent(valid -> verified.put(token, valid));
        return claims;
    }

    private Optional<Claims> read(String token) {
        Optional<DecodedJWT> signed = own.stream()
                .flatMap(signedTokens -> signedTokens.read(token).stream())
                .findFirst();
        return signed.isPresent() ? signed.flatMap(Tokens::claims) : legacy.flatMap(tokens -> tokens.verify(token));
    }

    private static Optional<Claims> claims(DecodedJWT token) {
        String sessionId = token.getId();
        String userId = token.getClaim("user_id").asString();
        Long expiresAt = token.getClaim("login_expire").asLong();
        if (sessionId == null || userId == null || expiresAt == null || !UserId.isValid(userId)) {
            return Optional.empty();
        }
        return Optional.of(new Claims(sessionId, userId, expiresAt, false));
    }
}
