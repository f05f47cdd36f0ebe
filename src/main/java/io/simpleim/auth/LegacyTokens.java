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
 * The tokens of an earlier system, {@code [login] legacySecret}: of {@code user_id} and {@code login_expire} each may be
 * a text or a number. They name no session, so each is one of its own; one that names a session is none of them, or
 * whoever guesses that secret could step into the sessions of others. Thread-safe.
 */
final class LegacyTokens {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** As many as a long has room for, whatever they are. */
    private static final int MOST_DIGITS = 18;

    private final SignedTokens signed;

    LegacyTokens(Secret secret) {
        signed = new SignedTokens(secret);
    }

    /** The claims of a token, if it is one of these. */
    Optional<Tokens.Claims> verify(String token) {
        return signed.read(token)
                .filter(read -> read.getClaim("jti").isMissing())
                .flatMap(LegacyTokens::claims);
    }

    private static Optional<Tokens.Claims> claims(DecodedJWT token) {
        Optional<String> userId = text(token.getClaim("user_id")).filter(UserId::isValid);
        Optional<Long> expiresAt = text(token.getClaim("login_expire"))
                .filter(LegacyTokens::isWholeNumber)
                .filter(digits -> digits.length() <= MOST_DIGITS)
                .map(Long::parseLong);
        if (userId.isEmpty() || expiresAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tokens.Claims(sessionId(token), userId.get(), expiresAt.get(), true));
    }

    /** A text, or the digits of a number: a claim prints as the JSON that it is. */
    private static Optional<String> text(Claim claim) {
        return Optional.ofNullable(claim.asString())
                .or(() -> Optional.of(claim.toString()).filter(LegacyTokens::isWholeNumber));
    }

    private static boolean isWholeNumber(String text) {
        return DIGITS.matcher(text).matches();
    }

    /**
     * From what is signed, and not from the signature: that can be written in several ways which all are good, and each
     * would be a session of its own that outlives the others' end.
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
