package dev.storyline.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of an item and what DynamoDB bills for it, by the rules of AWS's developer guide ("DynamoDB item sizes and
 * formats", "Read and write operations").
 */
public final class ItemSize {
    private static final int CONTAINER_BYTES = 3;

    private ItemSize() {}

    /** The bytes of an item: names and values. */
    public static int bytes(Map<String, AttributeValue> item) {
        int bytes = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            bytes += utf8(attribute.getKey()) + bytes(attribute.getValue());
        }
        return bytes;
    }

    /** Write units of a plain put or of a failed condition over an item of this size: one for each started KB. */
    public static int writeUnits(int bytes) {
        return Math.max(1, (bytes + 1023) / 1024);
    }

    /** Read units of a strongly consistent read over this many bytes: one for each started 4 KB. */
    public static int strongReadUnits(int bytes) {
        return Math.max(1, (bytes + 4095) / 4096);
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
            case NS -> value.ns().stream().mapToInt(ItemSize::number).sum();
            case BS ->
                value.bs().stream().mapToInt(b -> b.asByteArrayUnsafe().length).sum();
            case L ->
                CONTAINER_BYTES + value.l().stream().mapToInt(v -> 1 + bytes(v)).sum();
            case M ->
                CONTAINER_BYTES
                        + value.m().entrySet().stream()
                                .mapToInt(e -> 1 + utf8(e.getKey()) + bytes(e.getValue()))
                                .sum();
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("An attribute value without a type");
        };
    }

    /** About one byte for two significant digits, plus one, and one more for a sign. */
    private static int number(String text) {
        String digits = text.replaceAll("[eE].*|[^0-9]", "").replaceAll("^0+|0+$", "");
        return (digits.length() + 1) / 2 + 1 + (text.startsWith("-") ? 1 : 0);
    }

    private static int utf8(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
            bytes++;
        }
        return bytes;
    }
}
