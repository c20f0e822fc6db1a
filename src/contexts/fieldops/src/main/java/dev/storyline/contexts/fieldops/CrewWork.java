package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A crew's work at one rate, without a break.
 *
 * @param crewId the crew
 * @param from the start of the work
 * @param hours for how many hours of elapsed time, more than 0
 * @param rateClass the class in which it worked
 * @param hourlyRate the price of an hour; null if it was recorded before rates were known
 */
public record CrewWork(
        CrewId crewId,
        Instant from,
        BigDecimal hours,
        String rateClass,
        @Nullable Money hourlyRate) {}
