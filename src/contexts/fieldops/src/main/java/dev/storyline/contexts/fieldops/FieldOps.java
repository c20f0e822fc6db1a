package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The context of field operations. */
public final class FieldOps {
    /** Its events. */
    public static final Language LANGUAGE = Language.of("fieldops", Set.of(FieldOpsEvent.class), List.of());

    private FieldOps() {}

    /** The day in the calendar of a time zone. */
    public static LocalDate day(Instant at, String timeZone) {
        return at.atZone(ZoneId.of(timeZone)).toLocalDate();
    }

    /** A time as a text that sorts as time goes by: seconds, then nanoseconds. */
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
}
