package dev.storyline.testkit.dynamodb;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The value of a key attribute, in DynamoDB's order: texts by their UTF-8 bytes, numbers by value.
 *
 * @param text the text, or the number in its stored form
 * @param number the number; null for a text
 */
record Key(String text, @Nullable BigDecimal number) implements Comparable<Key> {
    /** The sort key of items in a table without a sort key. */
    static final Key NONE = new Key("", null);

    static Key text(String text) {
        return new Key(text, null);
    }

    static Key number(String text) {
        return new Key(text, new BigDecimal(text));
    }

    @Override
    public int compareTo(Key other) {
        if (number != null && other.number != null) {
            return number.compareTo(other.number);
        }
        int length = Math.min(text.length(), other.text.length());
        for (int i = 0; i < length; i++) {
            char one = text.charAt(i);
            char two = other.text.charAt(i);
            if (one != two) {
                boolean pairs = Character.isSurrogate(one) != Character.isSurrogate(two);
                // UTF-16 and UTF-8 order differ only here: a character of two chars is greater than any character of
                // one char.
                return pairs ? Boolean.compare(Character.isSurrogate(one), Character.isSurrogate(two)) : one - two;
            }
        }
        return text.length() - other.text.length();
    }

    /** Returns a hash that is the same on every machine and in every run, and evenly distributed over all 32 bits. */
    int hash() {
        int hash = text.hashCode() * 0x9E3779B1;
        hash = (hash ^ (hash >>> 15)) * 0x85EBCA77;
        return hash ^ (hash >>> 13);
    }
}
