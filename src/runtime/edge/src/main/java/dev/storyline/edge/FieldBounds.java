package dev.storyline.edge;

import dev.storyline.kernel.Bounds;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a value that enters: those of its type and source, or narrower ones that its field declares with
 * {@link Bounds}. The endpoints check them, and the contracts say them. What is stored is never checked, so a store
 * opens whatever the bounds were when it was written.
 *
 * @param min the least value, in the form of the field; null for a type without an order
 * @param max the greatest value, in the form of the field; null for a type without an order
 * @param decimals the most digits of a number after the point
 * @param length the most characters of a text, or the most entries of a list
 * @param oneOf the only texts; empty for any text
 */
public record FieldBounds(
        @Nullable Comparable<?> min, @Nullable Comparable<?> max, int decimals, int length, List<String> oneOf) {
    /** The name of the query parameter for the next page. */
    static final String AFTER = "after";

    /** The longest cursor, in characters: a sort key of 1,024 bytes and its checksum fit. */
    private static final int LONGEST_CURSOR = 2_048;

    /** With 15 digits before the point, these fit a number of DynamoDB, and so does the sum of ten. */
    private static final int MOST_DECIMALS = 22;

    public FieldBounds {
        oneOf = List.copyOf(oneOf);
    }

    /** Where a value comes from. What follows from a request is published, so public events have wider bounds. */
    public enum Source {
        /** The body of a request. */
        BODY("1900", "2999", "999999999999", 4_000, 1_000),
        /** The path or the query string of a request. */
        ADDRESS("1900", "2999", "999999999999", 256, 1_000),
        /** The data of a public event. */
        PUBLIC_EVENT("0001", "9999", "999999999999999", 10_000, 10_000);

        private final LocalDate firstDay;
        private final LocalDate lastDay;
        private final BigDecimal largest;
        private final int longestText;
        private final int mostItems;

        Source(String firstYear, String lastYear, String largest, int longestText, int mostItems) {
            this.firstDay = LocalDate.parse(firstYear + "-01-01");
            this.lastDay = LocalDate.parse(lastYear + "-12-31");
            this.largest = new BigDecimal(largest);
            this.longestText = longestText;
            this.mostItems = mostItems;
        }
    }

    private static final Duration LONGEST_DURATION = Duration.ofDays(365_250);

    /** The bounds of a record's component. */
    public static FieldBounds of(RecordComponent component, Source source) {
        FieldBounds general = component.getName().equals(AFTER) && source == Source.ADDRESS
                ? texts(LONGEST_CURSOR)
                : of(component.getType(), source);
        Bounds narrow = component.getAnnotation(Bounds.class);
        if (narrow == null) {
            return general;
        }
        return new FieldBounds(
                narrow.min().isEmpty() ? general.min() : parsed(component.getType(), narrow.min()),
                narrow.max().isEmpty() ? general.max() : parsed(component.getType(), narrow.max()),
                general.decimals(),
                narrow.length() == 0 ? general.length() : narrow.length(),
                List.of(narrow.oneOf()));
    }

    /** The bounds of a type. */
    public static FieldBounds of(Class<?> type, Source source) {
        if (type == Instant.class) {
            return between(
                    Instant.parse(source.firstDay + "T00:00:00Z"),
                    Instant.parse(source.lastDay + "T23:59:59.999999999Z"));
        }
        if (type == LocalDate.class) {
            return between(source.firstDay, source.lastDay);
        }
        if (type == Duration.class) {
            return between(Duration.ZERO, LONGEST_DURATION);
        }
        if (type == int.class || type == Integer.class) {
            return between(BigDecimal.valueOf(Integer.MIN_VALUE), BigDecimal.valueOf(Integer.MAX_VALUE));
        }
        if (type == long.class || type == Long.class) {
            return between(source.largest.negate(), source.largest);
        }
        if (type == BigDecimal.class) {
            return new FieldBounds(source.largest.negate(), source.largest, MOST_DECIMALS, 0, List.of());
        }
        return texts(type == String.class ? source.longestText : source.mostItems);
    }

    private static FieldBounds between(Comparable<?> min, Comparable<?> max) {
        return new FieldBounds(min, max, 0, 0, List.of());
    }

    private static FieldBounds texts(int length) {
        return new FieldBounds(null, null, 0, length, List.of());
    }

    private static Comparable<?> parsed(Class<?> type, String text) {
        if (type == Instant.class) {
            return Instant.parse(text);
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(text);
        }
        return type == Duration.class ? Duration.parse(text) : new BigDecimal(text);
    }

    /** Whether a value of the field's type is within the bounds. Numbers are compared as {@link BigDecimal}. */
    @SuppressWarnings("unchecked") // the bounds have the type of the field
    <T extends Comparable<? super T>> boolean contains(T value) {
        return (min == null || value.compareTo((T) min) >= 0) && (max == null || value.compareTo((T) max) <= 0);
    }
}
