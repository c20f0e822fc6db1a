package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The hash by which a retry is told from another request under the same idempotency key. Stored in commits. */
final class RequestHash {
    private static final int BYTES = 16;

    private RequestHash() {}

    /**
     * The first 16 bytes of the SHA-256 of slice, path and body, in hex. The order of fields and white space do not
     * count.
     */
    static String of(String slice, Map<String, String> path, ObjectNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String request = slice + "\n" + StrictJson.mapper().writeValueAsString(new TreeMap<>(path)) + "\n"
                    + StrictJson.mapper().writeValueAsString(sorted(body));
            return HexFormat.of()
                    .formatHex(Arrays.copyOf(digest.digest(request.getBytes(StandardCharsets.UTF_8)), BYTES));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("A request cannot be hashed", e);
        }
    }

    private static Object sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, Object> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        return node;
    }
}
