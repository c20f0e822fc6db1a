package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The report of a job's work, when it is completed or corrected, and the rules for both.
 *
 * @param crewHours the hours of each crew; work without a start ended when the job was completed
 * @param note the note of the technician
 */
public record WorkReport(
        List<CrewHours> crewHours, @Nullable String note) {
    private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(1_000);
    private static final int MOST_DIGITS = 20;
    private static final int MOST_CREWS = 20;
    private static final Duration LONGEST_AGO = Duration.ofDays(365);
    private static final int LONGEST_NOTE = 2_000;

    public static final Rule TOO_MANY_CREWS = Rule.forbids("too-many-crews", "A job has 20 crews at most.");
    public static final Rule HOURS_NOT_POSITIVE = Rule.forbids(
            "hours-not-positive",
            "Hours are positive, 1,000 at most, with 20 digits after the point at most, and told once for each crew.");
    public static final Rule NOTE_TOO_LONG = Rule.forbids("note-too-long", "A note has at most 2,000 characters.");
    public static final Rule WORK_OUT_OF_REACH = Rule.forbids(
            "work-out-of-reach",
            "A crew's work ends before the job is done or then, and begins 365 days before at most.");
    public static final Rule CREW_WITHOUT_RATE =
            Rule.forbids("crew-without-rate", "A crew has no rate on a day on which it worked; register it first.");

    /** The rule that refuses the report, whenever the job was completed; null if none does. */
    public @Nullable Rule broken() {
        if (crewHours.size() > MOST_CREWS) {
            return TOO_MANY_CREWS;
        }
        if (!isPlausible()) {
            return HOURS_NOT_POSITIVE;
        }
        return note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE ? NOTE_TOO_LONG : null;
    }

    private boolean isPlausible() {
        Set<CrewId> told = new HashSet<>();
        for (CrewHours one : crewHours) {
            BigDecimal hours = one.hours();
            if (hours.signum() <= 0
                    || hours.compareTo(MOST_HOURS) > 0
                    || hours.scale() > MOST_DIGITS
                    || !told.add(one.crewId())) {
                return false;
            }
        }
        return true;
    }

    /** Whether all work lies within a year before the completion. Asked of a report that {@link #broken} lets pass. */
    public boolean isInReach(Instant completedAt) {
        return crewHours.stream().allMatch(told -> isInReach(told, completedAt));
    }

    /** The checks keep this order: a time may be so far away that arithmetic on it fails. */
    private static boolean isInReach(CrewHours told, Instant at) {
        Instant from = told.from();
        return from == null
                || (!from.isAfter(at)
                        && Duration.between(from, at).compareTo(LONGEST_AGO) <= 0
                        && !FieldOps.after(from, told.hours()).isAfter(at));
    }
}
