package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewRate;
import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.kernel.RowKey;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row: a crew with all its rates, because a rate becomes the present one without an event.
 *
 * @param rates one for each first day, 100 at most
 */
record RegisteredCrew(CrewId crewId, List<CrewRate> rates) {
    /** The partition of all crews. */
    static final String PARTITION = "crews";

    /** The crew with one more rate, which replaces an earlier one for the same day. */
    RegisteredCrew with(CrewRegistered registered) {
        CrewRate rate =
                new CrewRate(registered.crewId(), registered.rateClass(), registered.hourlyRate(), registered.from());
        return new RegisteredCrew(
                crewId,
                Stream.concat(rates.stream().filter(other -> !other.from().equals(rate.from())), Stream.of(rate))
                        .toList());
    }

    /** The rate on a day; null before the first one. */
    @Nullable
    CrewRate on(LocalDate day) {
        return rates.stream()
                .filter(rate -> !rate.from().isAfter(day))
                .max(Comparator.comparing(CrewRate::from))
                .orElse(null);
    }

    /** The key of the row. */
    RowKey key() {
        return new RowKey(PARTITION, crewId.value());
    }
}
