package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.unsupported;
import static dev.storyline.testkit.dynamodb.Refusals.validation;

import dev.storyline.eventstore.ItemSize;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts values into the one form in which they are stored: numbers as DynamoDB writes them, attributes in the order
 * of their names. Equal values are therefore equal texts, and nothing depends on the order of a caller's map.
 */
final class CanonicalValues {
    private static final int LARGEST_ITEM = 400 * 1024;
    private static final int MOST_DIGITS = 38;
    private static final int HIGHEST_EXPONENT = 125;
    private static final int LOWEST_EXPONENT = -130;
    private static final int DIGITS_OF_A_LONG = 18;

    private CanonicalValues() {}

    static Map<String, AttributeValue> kept(Map<String, AttributeValue> item) {
        TreeMap<String, AttributeValue> kept = new TreeMap<>();
        item.forEach((name, value) -> kept.put(name, kept(value)));
        return Collections.unmodifiableMap(kept);
    }

    static AttributeValue kept(AttributeValue value) {
        return switch (value.type()) {
            case S, B, BOOL, NUL -> value;
            case N -> {
                String text = number(value.n());
                yield text.equals(value.n()) ? value : AttributeValue.fromN(text);
            }
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(CanonicalValues::kept).toList());
            case M -> AttributeValue.fromM(kept(value.m()));
            case SS, NS, BS -> throw unsupported("a set: " + value);
            case UNKNOWN_TO_SDK_VERSION ->
                throw validation(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported" + " datatypes");
        };
    }

    static AttributeValue number(BigDecimal number) {
        return AttributeValue.fromN(text(number));
    }

    private static String number(String text) {
        if (isPlain(text)) {
            return text;
        }
        try {
            return text(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw validation("The parameter cannot be converted to a numeric value: " + text, e);
        }
    }

    /** Returns whether a number is already in this form. Most numbers are versions and counts, which are. */
    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.length() <= DIGITS_OF_A_LONG
                && (text.charAt(0) != '0' || text.length() == 1)
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String text(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (plain.precision() > MOST_DIGITS) {
            throw validation("Attempting to store more than 38 significant digits in a Number");
        }
        if (plain.signum() != 0 && (exponent > HIGHEST_EXPONENT || exponent < LOWEST_EXPONENT)) {
            throw validation("Number overflow or underflow: outside 1E-130 to 9.9E+125");
        }
        return plain.toPlainString();
    }

    static Map<String, AttributeValue> checkedSize(Map<String, AttributeValue> item) {
        if (ItemSize.bytes(item) > LARGEST_ITEM) {
            throw validation("Item size has exceeded the maximum allowed size");
        }
        return item;
    }
}
