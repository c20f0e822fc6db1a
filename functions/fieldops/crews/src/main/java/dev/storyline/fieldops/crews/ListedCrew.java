package dev.storyline.fieldops.crews;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A crew.
 *
 * @param crewId the crew
 * @param rateClass its rate class today, in UTC; null before its first rate
 * @param hourlyRate the price of an hour today; null before its first rate
 * @param free the parts of the period for which no job needs the crew, the earliest first; null if no period was asked
 *     for
 */
public record ListedCrew(
        CrewId crewId,
        @Nullable String rateClass,
        @Nullable Money hourlyRate,
        @Nullable List<Period> free) {}
