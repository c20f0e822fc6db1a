package dev.storyline.fieldops.logcrewwork;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The time that two jobs both tell of a crew.
 *
 * @param from its first moment
 * @param hours how long it is, over all periods
 */
record Overlap(Instant from, BigDecimal hours) {
    /** The overlap of the work for two jobs; empty if there is none. */
    static Optional<Overlap> of(List<Period> work, List<Period> other) {
        List<Period> common = work.stream()
                .flatMap(one -> other.stream().filter(one::overlaps).map(one::common))
                .toList();
        Duration length = common.stream()
                .map(period -> Duration.between(period.from(), period.to()))
                .reduce(Duration.ZERO, Duration::plus);
        return common.stream()
                .map(Period::from)
                .min(Comparator.naturalOrder())
                .map(from -> new Overlap(from, FieldOps.hours(length)));
    }
}
