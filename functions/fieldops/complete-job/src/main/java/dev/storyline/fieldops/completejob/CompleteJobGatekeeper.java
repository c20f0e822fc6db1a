package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks the times and hours, and reads the rates of each crew from the crew's stream. */
final class CompleteJobGatekeeper implements Gatekeeper<CompleteJobRequest, CompleteJob> {
    static final BigDecimal MOST_HOURS = BigDecimal.valueOf(1_000);
    static final int MOST_DIGITS = 20;
    static final int MOST_CREWS = 20;
    static final Duration LONGEST_AGO = Duration.ofDays(365);
    static final int LONGEST_NOTE = 2_000;

    static final Rule COMPLETED_IN_THE_FUTURE =
            Rule.forbids("completed-in-the-future", "A job is reported when it is done.");
    static final Rule TOO_MANY_CREWS = Rule.forbids("too-many-crews", "A job has 20 crews at most.");
    static final Rule HOURS_NOT_POSITIVE = Rule.forbids(
            "hours-not-positive",
            "Hours are positive, 1,000 at most, with 20 digits after the point at most, and told once for each crew.");
    static final Rule WORK_OUT_OF_REACH = Rule.forbids(
            "work-out-of-reach",
            "A crew's work ends before the job is done or then, and begins 365 days before at most.");
    static final Rule NOTE_TOO_LONG = Rule.forbids("note-too-long", "A note has at most 2,000 characters.");

    private final StreamFold<CrewRates, ?> crews;

    CompleteJobGatekeeper(StreamFold<CrewRates, ?> crews) {
        this.crews = crews;
    }

    @Override
    public Gate<CompleteJob> gate(CompleteJobRequest request, CommandContext occasion) {
        List<CrewHours> all = request.crewHours();
        Instant at = Objects.requireNonNullElse(request.at(), occasion.at());
        if (at.isAfter(occasion.at())) {
            return Gate.closed(COMPLETED_IN_THE_FUTURE);
        }
        if (all.size() > MOST_CREWS) {
            return Gate.closed(TOO_MANY_CREWS);
        }
        if (!plausible(all)) {
            return Gate.closed(HOURS_NOT_POSITIVE);
        }
        if (all.stream().anyMatch(told -> !inReach(told, at))) {
            return Gate.closed(WORK_OUT_OF_REACH);
        }
        String note = request.note();
        if (note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            return Gate.closed(NOTE_TOO_LONG);
        }
        return Gate.open(new CompleteJob(
                request.jobId(),
                request.at(),
                all,
                note,
                occasion.at(),
                all.stream()
                        .flatMap(told -> crews.state(FieldOps.stream(told.crewId())).rates().stream())
                        .toList()));
    }

    private static boolean plausible(List<CrewHours> all) {
        Set<CrewId> told = new HashSet<>();
        for (CrewHours one : all) {
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

    /** The checks keep this order: a time may be so far away that arithmetic on it fails. */
    private static boolean inReach(CrewHours told, Instant at) {
        Instant from = told.from();
        return from == null
                || (!from.isAfter(at)
                        && Duration.between(from, at).compareTo(LONGEST_AGO) <= 0
                        && !FieldOps.after(from, told.hours()).isAfter(at));
    }
}
