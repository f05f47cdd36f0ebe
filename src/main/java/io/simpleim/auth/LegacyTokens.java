package io.simpleim.auth;

import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.simpleim.config.value.Secret;
import io.simpleim.model.Session;
import io.simpleim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Verifies the tokens of an earlier system, signed with {@code [login] legacySecret}. Their claims {@code user_id} and
 * {@code login_expire} are strings or numbers. They name no session, so each token is a session of its own. A token that
 * names a session is refused: otherwise anyone who guesses the legacy secret could take over sessions. Thread-safe.
 */
final class LegacyTokens {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Any number with this many digits fits into a long. */
    private static final int MAX_DIGITS = 18;

    private final SignedTokens signed;

    LegacyTokens(Secret secret) {
        signed = new SignedTokens(secret);
    }

    /** Returns the claims of a valid legacy token. */
    Optional<Tokens.Claims> verify(String token) {
        return signed.read(token)
                .filter(read -> read.getClaim("jti").isMissing())
                .flatMap(LegacyTokens::claims);
    }

    private static Optional<Tokens.Claims> claims(DecodedJWT token) {
        Optional<String> userId = text(token.getClaim("user_id")).filter(UserId::isValid);
        Optional<Long> expiresAt = text(token.getClaim("login_expire"))
                .filter(LegacyTokens::isWholeNumber)
                .filter(digits -> digits.length() <= MAX_DIGITS)
                .map(Long::parseLong);
        if (userId.isEmpty() || expiresAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tokens.Claims(sessionId(token), userId.get(), expiresAt.get(), true));
    }

    /** Returns a string claim, or the digits of a number; a claim prints as its JSON. */
    private static Optional<String> text(Claim claim) {
        return Optional.ofNullable(claim.asString())
                .or(() -> Optional.of(claim.toString()).filter(LegacyTokens::isWholeNumber));
    }

    private static boolean isWholeNumber(String text) {
        return DIGITS.matcher(text).matches();
    }

    /**
     * Hashes the signed part and not the signature: a signature has several valid encodings, and each would become a
     * session that survives the end of the others.
     */
    private static String sessionId(DecodedJWT token) {
        String signed = token.getHeader() + "." + token.getPayload();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.US_ASCII));
            return Session.LEGACY_PREFIX + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
