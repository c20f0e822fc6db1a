package dev.storyline.model.check;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that specifications tell: literal ones, and symbolic ones such as {@code any uuid}, {@code none},
 * {@code now + 60 s}, {@code old-{n}} and {@code 500 characters}.
 */
final class Values {
    private static final Pattern RELATIVE =
            Pattern.compile("now(?:\\s*([+-])\\s*(\\d{1,12})\\s*(ns|us|ms|s|min|h|d))?");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*(ns|us|ms|s|min|h|d)");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*");
    private static final String NONE = "none";

    private Values() {}

    /** Whether the value may be anything, or cannot be known from the text alone. */
    static boolean isOpen(String value) {
        return value.startsWith("any ") || value.contains("{n}");
    }

    /** What is wrong with a value of a field, as the end of a sentence; nothing where it fits. */
    static Optional<String> wrong(Model model, Field field, Object value) {
        if (field.type().isEmpty()) {
            return Optional.empty();
        }
        if (value instanceof String text && (isOpen(text) || (text.equals(NONE) && field.optional()))) {
            return Optional.empty();
        }
        if (field.many()) {
            return value instanceof List<?> items
                    ? items.stream()
                            .flatMap(item -> wrongOne(model, field, item).stream())
                            .findFirst()
                    : Optional.of("is a list of " + field.type() + ", not '" + value + "'");
        }
        return wrongOne(model, field, value);
    }

    private static Optional<String> wrongOne(Model model, Field field, Object value) {
        String base = Types.base(model, field.type());
        if (base.equals("json")) {
            return Optional.empty();
        }
        boolean together =
                Types.record(model, field.type()) != null || model.views().containsKey(field.type());
        if (together) {
            return value instanceof Map<?, ?> || (value instanceof String text && isOpen(text))
                    ? Optional.empty()
                    : Optional.of("is the fields of " + field.type() + ", not '" + value + "'");
        }
        if (!(value instanceof String text)) {
            return Optional.of("is one value of type " + field.type() + ", not '" + value + "'");
        }
        if (isOpen(text)) {
            return Optional.empty();
        }
        List<String> words = Types.words(model, field.type());
        if (!words.isEmpty()) {
            return words.contains(text)
                    ? Optional.empty()
                    : Optional.of("is one of " + String.join(", ", words) + ", not '" + text + "'");
        }
        return !Type.BASIC.contains(base) || isOf(base, text)
                ? Optional.empty()
                : Optional.of("is of type " + field.type() + ", which '" + text + "' is not");
    }

    private static boolean isOf(String base, String text) {
        return switch (base) {
            case "integer" -> INTEGER.matcher(text).matches();
            case "decimal" -> DECIMAL.matcher(text).matches();
            case "boolean" -> text.equals("true") || text.equals("false");
            case "instant" -> isInstant(text);
            case "date" -> text.equals("today") || isDay(text) || parses(() -> LocalDate.parse(text));
            case "duration" -> AMOUNT.matcher(text).matches() || parses(() -> Duration.parse(text));
            // A plain name stands for the same id wherever it is told.
            case "uuid" -> NAME.matcher(text).matches() && (text.length() != 36 || isUuid(text));
            default -> true;
        };
    }

    private static boolean isDay(String text) {
        return text.equals("tomorrow") || text.equals("yesterday");
    }

    static boolean isInstant(String text) {
        return isDay(text) || RELATIVE.matcher(text).matches() || parses(() -> Instant.parse(text));
    }

    private static boolean isUuid(String text) {
        try {
            return !UUID.fromString(text).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Whether two values of one type differ for sure: where one of them is open, or of another kind of time, they may be the same. */
    static boolean differ(Model model, Field field, Object one, Object other) {
        if (!(one instanceof String left) || !(other instanceof String right) || isOpen(left) || isOpen(right)) {
            return false;
        }
        return switch (Types.base(model, field.type())) {
            case "instant" -> instantsDiffer(left, right);
            case "integer", "decimal" -> numbersDiffer(left, right);
            case "date", "duration" -> false;
            default -> !left.equals(right);
        };
    }

    private static boolean numbersDiffer(String left, String right) {
        boolean numbers =
                DECIMAL.matcher(left).matches() && DECIMAL.matcher(right).matches();
        return numbers ? new BigDecimal(left).compareTo(new BigDecimal(right)) != 0 : !left.equals(right);
    }

    private static boolean instantsDiffer(String left, String right) {
        Optional<Duration> one = sinceNow(left);
        Optional<Duration> other = sinceNow(right);
        if (one.isPresent() != other.isPresent()) {
            // Only the runner knows what now is.
            return left.equals(NONE) || right.equals(NONE);
        }
        return one.isPresent() ? !one.equals(other) : !left.equals(right);
    }

    private static Optional<Duration> sinceNow(String text) {
        if (isDay(text)) {
            return Optional.of(Duration.ofDays(text.equals("tomorrow") ? 1 : -1));
        }
        Matcher matcher = RELATIVE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(2) == null) {
            return Optional.of(Duration.ZERO);
        }
        long amount = Long.parseLong(matcher.group(2));
        Duration duration = switch (matcher.group(3)) {
            case "ns" -> Duration.ofNanos(amount);
            case "us" -> Duration.ofSeconds(amount / 1_000_000, amount % 1_000_000 * 1_000);
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        return Optional.of(matcher.group(1).equals("-") ? duration.negated() : duration);
    }
}
