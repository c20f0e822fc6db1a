package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/** The context of field operations. */
public final class FieldOps {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("fieldops", Set.of(FieldOpsEvent.class), Upcasters.ALL);

    private static final BigDecimal NANOS_OF_AN_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

    /** The digits of hours after the point: enough for a nanosecond. */
    private static final int DIGITS = 15;

    private FieldOps() {}

    /** The time after so many hours of elapsed time, whether or not a clock change lies between. */
    public static Instant after(Instant from, BigDecimal hours) {
        return from.plusNanos(hours.multiply(NANOS_OF_AN_HOUR)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** A duration in hours, rounded to 15 digits after the point. */
    public static BigDecimal hours(Duration duration) {
        BigDecimal hours =
                BigDecimal.valueOf(duration.toNanos()).divide(NANOS_OF_AN_HOUR, DIGITS, RoundingMode.HALF_UP);
        return new BigDecimal(hours.stripTrailingZeros().toPlainString());
    }

    /** The day in the calendar of a time zone. */
    public static LocalDate day(Instant at, String timeZone) {
        return at.atZone(ZoneId.of(timeZone)).toLocalDate();
    }

    /** A time as a text that sorts in the order of time: seconds, then nanoseconds. */
    public static String sortable(Instant at) {
        return String.format(
                Locale.ROOT, "%020d.%09d", at.getEpochSecond() - Instant.MIN.getEpochSecond(), at.getNano());
    }

    /** The stream of one region, {@code region#north}. */
    public static StreamId stream(RegionId region) {
        return StreamId.of("region", region);
    }

    /** The stream of one job, {@code job#4711}. */
    public static StreamId stream(JobId job) {
        return StreamId.of("job", job);
    }

    /** The stream of one crew, {@code crew#red}. */
    public static StreamId stream(CrewId crew) {
        return StreamId.of("crew", crew);
    }

    /** The stream of one piece of equipment, {@code equipment#lift-1}. */
    public static StreamId stream(EquipmentId equipment) {
        return StreamId.of("equipment", equipment);
    }
}
