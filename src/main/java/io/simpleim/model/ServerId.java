package io.simpleim.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The ids that the server assigns to rooms and messages: a UUID as text, hex-encoded into 72 lower-case hex digits.
 *
 * <p>Some ids are derived instead of random. Two users who write to each other at the same moment derive the same room,
 * and a repeated send derives the same message, so a unique index resolves every race and every crash between two writes
 * without locks or extra documents.
 */
public final class ServerId {
    private static final int LENGTH = 72;
    private static final HexFormat HEX = HexFormat.of();

    private ServerId() {}

    /** A random id (UUID version 4). */
    public static String random() {
        return encode(UUID.randomUUID());
    }

    /** The id of the room of type 1 of two users, in either order. */
    public static String ofPair(String oneUserId, String otherUserId) {
        boolean inOrder = oneUserId.compareTo(otherUserId) < 0;
        return derive("pair", inOrder ? oneUserId : otherUserId, inOrder ? otherUserId : oneUserId);
    }

    /** The id of a message that was sent to a room with the client's own id. */
    public static String ofSend(String senderId, String roomId, String clientMsgId) {
        return derive("send", senderId, roomId, clientMsgId);
    }

    /** Whether a text has the form of a server id. */
    public static boolean isWellFormed(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /**
     * Derives a UUID of version 8 (RFC 9562, section 5.8: vendor-specific) from the SHA-256 of the length-prefixed parts.
     * Versions 3 and 5 are unsuitable, since users choose the parts and MD5 and SHA-1 collisions can be constructed.
     */
    private static String derive(String kind, String... parts) {
        MessageDigest digest = sha256();
        update(digest, kind);
        for (String part : parts) {
            update(digest, part);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x0000_0000_0000_8000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return encode(new UUID(high, low));
    }

    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String encode(UUID uuid) {
        return HEX.formatHex(uuid.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
