package dev.storyline.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the symbolic values of specifications: {@code tomorrow}, {@code now - 1 ms}, {@code 500 x a}. The clock of
 * specifications stands still, so a text has the same value in every run.
 */
public final class SymbolicValues {
    /** The time of all specifications. */
    public static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    /** The value of an optional field that is missing. */
    public static final String NONE = "none";

    private static final int UUID_LENGTH = 36;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*(ns|us|ms|s|min|h|d)");
    private static final Pattern NEAR_NOW = Pattern.compile("now\\s*([+-])\\s*(" + AMOUNT.pattern() + ")");
    private static final Pattern LATER = Pattern.compile("\\+(\\d{1,6}) ?(min(?:ute)?|h(?:our)?|d(?:ay)?)s?");
    private static final Pattern REPEATED = Pattern.compile("(\\d{1,7}) x (.+)", Pattern.DOTALL);
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,63}");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private SymbolicValues() {}

    /** Returns whether the text accepts any value, {@code any} or {@code any uuid}. */
    public static boolean isAny(String text) {
        return text.equals("any") || text.startsWith("any ");
    }

    /**
     * Returns the value of a symbolic text.
     *
     * @param base a basic type
     * @return a BigInteger, BigDecimal, Boolean, Instant, LocalDate, Duration, UUID, or a String for the rest
     * @throws IllegalArgumentException if the text is no value of the type
     */
    public static Object value(String base, String text) {
        try {
            return switch (base) {
                case "integer" -> new BigInteger(matching(INTEGER, text));
                case "decimal" -> new BigDecimal(matching(DECIMAL, text));
                case "boolean" -> truth(text);
                case "instant" -> instant(text);
                case "date" -> date(text);
                case "duration" -> duration(text);
                case "uuid" -> uuid(text);
                default -> repeated(text);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is no " + base, e);
        }
    }

    /** Returns how much time passes, {@code +30 minutes}; empty if the text is no such amount. */
    public static Optional<Duration> later(String text) {
        Matcher amount = LATER.matcher(text);
        return amount.matches()
                ? Optional.of(Duration.of(
                        Long.parseLong(amount.group(1)),
                        switch (amount.group(2).charAt(0)) {
                            case 'm' -> ChronoUnit.MINUTES;
                            case 'h' -> ChronoUnit.HOURS;
                            default -> ChronoUnit.DAYS;
                        }))
                : Optional.empty();
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number");
        }
        return text;
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    private static Instant instant(String text) {
        Matcher near = NEAR_NOW.matcher(text);
        if (near.matches()) {
            Duration distance = duration(near.group(2));
            return near.group(1).equals("+") ? NOW.plus(distance) : NOW.minus(distance);
        }
        return switch (text) {
            case "now" -> NOW;
            case "tomorrow" -> NOW.plus(Duration.ofDays(1));
            case "yesterday" -> NOW.minus(Duration.ofDays(1));
            default -> Instant.parse(text);
        };
    }

    private static LocalDate date(String text) {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        return switch (text) {
            case "today" -> today;
            case "tomorrow" -> today.plusDays(1);
            case "yesterday" -> today.minusDays(1);
            default -> LocalDate.parse(text);
        };
    }

    private static Duration duration(String text) {
        Matcher amount = AMOUNT.matcher(text);
        return amount.matches()
                ? Duration.of(Long.parseLong(amount.group(1)), UNITS.getOrDefault(amount.group(2), ChronoUnit.SECONDS))
                : Duration.parse(text);
    }

    /** A plain name gives the same id everywhere. */
    private static UUID uuid(String text) {
        if (text.length() == UUID_LENGTH) {
            return UUID.fromString(text);
        }
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' names no id");
        }
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String repeated(String text) {
        Matcher repeated = REPEATED.matcher(text);
        if (!repeated.matches()) {
            return text;
        }
        int times = Integer.parseInt(repeated.group(1));
        if ((long) times * repeated.group(2).length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("'" + text + "' is longer than " + MOST_CHARACTERS + " characters");
        }
        return repeated.group(2).repeat(times);
    }
}
