package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.storyline.edge.FieldBounds.Source;
import dev.storyline.kernel.Id;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the value of one field, and the fields and entries inside it: its type, the documented form of a time, and the
 * bounds of {@link FieldBounds}. Nothing is guessed: a number is no date, and a text is no number.
 */
final class FieldCheck {
    /** RFC 3339: seconds are told, and so is the offset from UTC. */
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern DURATION = Pattern.compile(
            "P(?=.)(?:\\d{1,9}D)?(?:T(?=.)(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}(?:\\.\\d{1,9})?S)?)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,38})?");
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> TRUTHS = Set.of(boolean.class, Boolean.class);

    private final Class<?> type;
    private final Source source;
    private final FieldBounds bounds;
    private final boolean mayBeMissing;
    private final @Nullable RecordCheck fields;
    private final @Nullable FieldCheck entries;

    private FieldCheck(Type generic, FieldBounds bounds, Source source, boolean open, boolean mayBeMissing) {
        this.type = raw(generic);
        this.source = source;
        this.bounds = bounds;
        this.mayBeMissing = mayBeMissing;
        this.fields = type.isRecord() && !Id.class.isAssignableFrom(type) ? new RecordCheck(type, source, open) : null;
        this.entries = Collection.class.isAssignableFrom(type) && generic instanceof ParameterizedType list
                ? entries(list.getActualTypeArguments()[0], source, open)
                : null;
    }

    /** The check of a record's component. */
    static FieldCheck of(RecordComponent component, Source source, boolean open) {
        return new FieldCheck(
                component.getGenericType(),
                FieldBounds.of(component, source),
                source,
                open,
                RequestReader.mayBeMissing(component));
    }

    private static FieldCheck entries(Type entry, Source source, boolean open) {
        return new FieldCheck(entry, FieldBounds.of(raw(entry), source), source, open, false);
    }

    private static Class<?> raw(Type generic) {
        return generic instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) generic;
    }

    /** Whether there may be no value. */
    boolean mayBeMissing() {
        return mayBeMissing;
    }

    /** The value that a parameter of an address stands for: its text, or the number or truth that it spells. */
    JsonNode spelled(String text) {
        if (WHOLE.contains(type) && WHOLE_NUMBER.matcher(text).matches()) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        if (type == BigDecimal.class && NUMBER.matcher(text).matches()) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (TRUTHS.contains(type) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return StrictJson.mapper().getNodeFactory().textNode(text);
    }

    /**
     * Tells what is wrong with a value.
     *
     * @param name the field, {@code crewHours[0].hours}
     * @param flaws takes the field and what is wrong, to be read after its name
     */
    void check(String name, JsonNode value, BiConsumer<String, String> flaws) {
        if (fields != null) {
            fields.check(name, value, flaws);
        } else if (entries != null) {
            list(name, value, entries, flaws);
        } else if (JsonNode.class.isAssignableFrom(type)) {
            any(name, value, flaws);
        } else {
            String flaw = flaw(value);
            if (flaw != null) {
                flaws.accept(name, flaw);
            }
        }
    }

    private void list(String name, JsonNode value, FieldCheck of, BiConsumer<String, String> flaws) {
        if (!value.isArray()) {
            flaws.accept(name, "must be a list");
        } else if (value.size() > bounds.length()) {
            flaws.accept(name, "must have at most " + bounds.length() + " entries, not " + value.size());
        } else {
            for (int i = 0; i < value.size(); i++) {
                JsonNode entry = value.get(i);
                if (entry.isNull()) {
                    flaws.accept(name + "[" + i + "]", "is missing");
                } else {
                    of.check(name + "[" + i + "]", entry, flaws);
                }
            }
        }
    }

    /** JSON of any form has the bounds of the numbers and texts in it. */
    private void any(String name, JsonNode value, BiConsumer<String, String> flaws) {
        if (value.isContainerNode()) {
            value.properties().forEach(field -> {
                any(name + "." + StrictJson.shortened(field.getKey()), field.getValue(), flaws);
                String flaw = EnteringText.flaw(field.getKey());
                if (flaw != null) {
                    flaws.accept(name, "has a field whose name " + flaw);
                }
            });
            if (value.isArray()) {
                value.forEach(entry -> any(name, entry, flaws));
            }
            return;
        }
        String flaw = value.isNumber()
                ? number(value, FieldBounds.of(BigDecimal.class, source))
                : value.isTextual() ? text(value.textValue(), FieldBounds.of(String.class, source)) : null;
        if (flaw != null) {
            flaws.accept(name, flaw);
        }
    }

    private @Nullable String flaw(JsonNode value) {
        if (WHOLE.contains(type)) {
            return value.isIntegralNumber() ? number(value, bounds) : "must be a whole number";
        }
        if (type == BigDecimal.class) {
            return value.isNumber() ? number(value, bounds) : "must be a number";
        }
        if (TRUTHS.contains(type)) {
            return value.isBoolean() ? null : "must be true or false";
        }
        if (type == Instant.class) {
            return time(
                    value,
                    INSTANT,
                    text -> OffsetDateTime.parse(text).toInstant(),
                    "an instant like 2026-12-24T18:00:00Z");
        }
        if (type == LocalDate.class) {
            return time(value, DAY, LocalDate::parse, "a day like 2026-12-24");
        }
        if (type == Duration.class) {
            return time(value, DURATION, Duration::parse, "a duration like PT1H30M");
        }
        if (!value.isTextual()) {
            return "must be text";
        }
        String text = value.textValue();
        if (Id.class.isAssignableFrom(type)) {
            return EnteringText.idFlaw(text);
        }
        if (type.isEnum()) {
            return oneOf(text, StrictJson.words(type));
        }
        if (type == UUID.class) {
            return isUuid(text) ? null : "must be a UUID like 123e4567-e89b-12d3-a456-426614174000";
        }
        return text(text, bounds);
    }

    private static @Nullable String text(String text, FieldBounds bounds) {
        if (!bounds.oneOf().isEmpty()) {
            return oneOf(text, bounds.oneOf());
        }
        int length = text.codePointCount(0, text.length());
        return length > bounds.length()
                ? "must have at most " + bounds.length() + " characters, not " + length
                : EnteringText.flaw(text);
    }

    private static @Nullable String oneOf(String text, Collection<String> words) {
        return words.contains(text) ? null : "must be one of " + String.join(", ", words);
    }

    private static @Nullable String number(JsonNode value, FieldBounds bounds) {
        BigDecimal number = value.decimalValue();
        if (number.scale() > Math.max(bounds.decimals(), 0)) {
            return "must have at most " + bounds.decimals() + " digits after the point";
        }
        return bounds.contains(number) ? null : between(bounds);
    }

    private <T extends Comparable<? super T>> @Nullable String time(
            JsonNode value, Pattern form, Function<String, T> parser, String like) {
        if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
            return "must be " + like;
        }
        try {
            return bounds.contains(parser.apply(value.textValue())) ? null : between(bounds);
        } catch (DateTimeException | ArithmeticException e) {
            return "must be " + like + ", which exists";
        }
    }

    private static String between(FieldBounds bounds) {
        return "must be between " + spelled(bounds.min()) + " and " + spelled(bounds.max());
    }

    private static String spelled(@Nullable Comparable<?> bound) {
        return bound instanceof BigDecimal number ? number.toPlainString() : String.valueOf(bound);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
