package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Occasion;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows the time, and what hours are. */
final class CompleteJobGatekeeper implements Gatekeeper<CompleteJob, CompleteJob> {
    static final BigDecimal MOST_HOURS = BigDecimal.valueOf(1_000);
    static final int LONGEST_NOTE = 2_000;

    static final Rule COMPLETED_IN_THE_FUTURE =
            Rule.forbids("completed-in-the-future", "A job is reported when it is done.");
    static final Rule HOURS_NOT_POSITIVE =
            Rule.forbids("hours-not-positive", "Hours are positive, 1,000 at most, and told once for each crew.");
    static final Rule NOTE_TOO_LONG = Rule.forbids("note-too-long", "A note has at most 2,000 characters.");

    @Override
    public Gate<CompleteJob> gate(CompleteJob request, Occasion occasion) {
        if (request.at().isAfter(occasion.at())) {
            return Gate.closed(COMPLETED_IN_THE_FUTURE);
        }
        if (!plausible(request.crewHours())) {
            return Gate.closed(HOURS_NOT_POSITIVE);
        }
        String note = request.note();
        if (note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            return Gate.closed(NOTE_TOO_LONG);
        }
        return Gate.open(request);
    }

    private static boolean plausible(List<CrewHours> all) {
        Set<CrewId> told = new HashSet<>();
        for (CrewHours one : all) {
            if (one.hours().signum() <= 0 || one.hours().compareTo(MOST_HOURS) > 0 || !told.add(one.crewId())) {
                return false;
            }
        }
        return true;
    }
}
