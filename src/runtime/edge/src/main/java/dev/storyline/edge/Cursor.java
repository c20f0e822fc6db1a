package dev.storyline.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The position in a list as a client has it: a sort key with a checksum over it and over the query that it belongs to.
 * So an altered one, or one of another query, is recognized. It is no secret, and nobody is kept out by it.
 */
final class Cursor {
    private static final int CHECKSUM_BYTES = 8;

    private Cursor() {}

    /**
     * The cursor of a position.
     *
     * @param query the query, with all that tells it from another one
     * @param position the sort key after which the next page starts
     */
    static String of(String query, String position) {
        byte[] key = position.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(checksum(query, key));
        bytes.writeBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** The position of a cursor of this query; null if the text is no such cursor. */
    static @Nullable String position(String query, String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length <= CHECKSUM_BYTES) {
            return null;
        }
        String position = new String(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES, StandardCharsets.UTF_8);
        return of(query, position).equals(cursor) ? position : null;
    }

    private static byte[] checksum(String query, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(query.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(key), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
