package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds the parts of a period that nothing takes. The taken periods may overlap. */
final class FreeTime {
    private final Instant end;
    private final List<Period> free = new ArrayList<>();
    private Instant since;

    FreeTime(Period whole) {
        since = whole.from();
        end = whole.to();
    }

    /**
     * Takes a period away. Taken periods come in the order of their beginnings.
     *
     * @return false if it begins when the whole period is over, so that no later one matters
     */
    boolean take(Period taken) {
        if (!taken.from().isBefore(end)) {
            return false;
        }
        if (taken.from().isAfter(since)) {
            free.add(new Period(since, taken.from()));
        }
        if (taken.to().isAfter(since)) {
            since = taken.to();
        }
        return true;
    }

    /** The free parts, the earliest first. */
    List<Period> left() {
        List<Period> left = new ArrayList<>(free);
        if (since.isBefore(end)) {
            left.add(new Period(since, end));
        }
        return left;
    }
}
