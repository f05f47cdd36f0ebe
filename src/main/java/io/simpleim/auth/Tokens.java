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
 * The published login tokens: a JWT signed with HS256, with the claims {@code user_id}, {@code login_expire} (Unix
 * seconds, 0 = never) and {@code jti}. New ones are signed with {@code [login] secret}; those that {@code previousSecret}
 * has signed count as well, and while there is a {@code legacySecret} those of an earlier system. Thread-safe.
 */
public final class Tokens {
    /** Longer ones are refused unread; java-jwt would parse a token of any length. */
    private static final int MAX_TOKEN_CHARS = 4096;

    /** Tokens whose signature need not be looked at again, in characters of all of them. */
    private static final long MOST_KNOWN_CHARS = 10_000_000;

    private final Algorithm signing;
    private final List<SignedTokens> ours;
    private final Optional<LegacyTokens> legacy;
    /** What a token says never changes, nor do the secrets, and each is presented many times. */
    private final Cache<String, Claims> known = Caffeine.newBuilder()
            .maximumWeight(MOST_KNOWN_CHARS)
            .weigher((String token, Claims claims) -> token.length())
            .recordStats()
            .build();

    public Tokens(TokenSecrets secrets) {
        signing = SignedTokens.algorithm(secrets.current());
        ours = Stream.concat(Stream.of(secrets.current()), secrets.previous().stream())
                .map(SignedTokens::new)
                .toList();
        legacy = secrets.legacy().map(LegacyTokens::new);
    }

    /**
     * What a token says. Whether its session is still alive is for the store to say.
     *
     * @param expiresAt Unix seconds, 0 = never
     * @param isLegacy whether an earlier system has made it: the store may not know its session yet
     */
    public record Claims(String sessionId, String userId, long expiresAt, boolean isLegacy) {}

    /** What was verified before: for who looks whether it is of use, and changes nothing. */
    public Cache<?, ?> cache() {
        return known;
    }

    /** The token of a session. */
    public String issue(Session session) {
        return JWT.create()
                .withClaim("user_id", session.userId())
                .withClaim("login_expire", session.expiresAt())
                .withJWTId(session.id())
                .sign(signing);
    }

    /** The claims of a token that this server accepts; empty for everything else. */
    public Optional<Claims> verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        Claims before = known.getIfPresent(token);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Claims> claims = read(token);
        claims.ifPresent(said -> known.put(token, said));
        return claims;
    }

    private Optional<Claims> read(String token) {
        Optional<DecodedJWT> signed =
                ours.stream().flatMap(some -> some.read(token).stream()).findFirst();
        return signed.isPresent() ? signed.flatMap(Tokens::claims) : legacy.flatMap(some -> some.verify(token));
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
