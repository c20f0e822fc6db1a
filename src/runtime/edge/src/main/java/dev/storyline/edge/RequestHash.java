package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.storyline.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The hash by which a retry is told from another command under the same id. Stored in commits. */
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
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes(request)), BYTES));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("A request cannot be hashed", e);
        }
    }

    /**
     * The hash of an internal command: of slice and content.
     *
     * @param content what the same command has in every try: the dispatched command, or what is read of a public event
     */
    static String of(String slice, Record content) {
        return of(slice, Map.of(), Contents.MAPPER.<ObjectNode>valueToTree(content));
    }

    /** The JSON of contents, in which the order of a set does not count: it differs from process to process. */
    private static final class Contents extends StdSerializer<Set<?>> {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper MAPPER =
                Json.mapper().copy().registerModule(new SimpleModule("contents").addSerializer(new Contents()));

        private Contents() {
            super(Set.class, false);
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator generator, SerializerProvider provider) throws IOException {
            List<String> elements = new ArrayList<>();
            for (Object element : set) {
                elements.add(MAPPER.writeValueAsString(element));
            }
            Collections.sort(elements);
            generator.writeStartArray();
            for (String element : elements) {
                generator.writeString(element);
            }
            generator.writeEndArray();
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

    /**
     * The UTF-8 of a text, in which half a surrogate pair has the three bytes of its code unit. Java's own encoding has
     * a question mark there, so that different requests would have one hash.
     */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int whole = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                bytes.writeBytes(text.substring(whole, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(0xE0 | (point >> 12));
                bytes.write(0x80 | ((point >> 6) & 0x3F));
                bytes.write(0x80 | (point & 0x3F));
                whole = at + 1;
            }
        }
        bytes.writeBytes(text.substring(whole).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
