package dev.storyline.common;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The size of JSON that travels as a text inside of other JSON, as the body of an answer does in what a function
 * returns: in bytes of UTF-8, with every quotation mark and backslash escaped once more.
 */
public final class EscapedJson {
    /** The quotation marks of a text or a name, each escaped. */
    private static final int QUOTES = 4;

    private EscapedJson() {}

    /** The bytes of a value; of a number, at least as many as its plain digits. */
    public static long bytes(JsonNode value) {
        long bytes = 2;
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                bytes += QUOTES + twice(field.getKey()) + bytes(field.getValue()) + 2;
            }
        } else if (value.isArray()) {
            for (JsonNode one : value) {
                bytes += bytes(one) + 1;
            }
        } else if (value.isTextual()) {
            bytes = QUOTES + twice(value.textValue());
        } else {
            bytes = value.isNumber() ? digits(value.decimalValue()) : 5;
        }
        return bytes;
    }

    private static long digits(BigDecimal number) {
        return number.precision() + Math.abs((long) number.scale()) + 3;
    }

    /** The bytes of a text inside of JSON, without its quotation marks. */
    public static long textBytes(String text) {
        return bytes(text, false);
    }

    private static long twice(String text) {
        return bytes(text, true);
    }

    private static long bytes(String text, boolean twice) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes += twice ? 4 : 2;
            } else if (c < 0x20) {
                bytes += twice ? 7 : 6;
            } else if (c < 0x80) {
                bytes++;
            } else {
                // Two halves of a surrogate pair are four bytes.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return bytes;
    }
}
