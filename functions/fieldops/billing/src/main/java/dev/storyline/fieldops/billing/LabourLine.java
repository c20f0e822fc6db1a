package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one crew's work at one rate; unknown without a rate.
 *
 * @param crewId the crew
 * @param rateClass the class in which it worked
 * @param hours for how many hours of elapsed time
 * @param hourlyRate the price of an hour; null if the work was recorded before rates were known
 * @param amount the cost of all hours, rounded once; null without a rate
 */
public record LabourLine(
        CrewId crewId,
        String rateClass,
        BigDecimal hours,
        @Nullable Money hourlyRate,
        @Nullable Money amount) {
    static LabourLine of(CrewId crewId, String rateClass, BigDecimal hours, @Nullable Money hourlyRate) {
        return new LabourLine(
                crewId, rateClass, hours, hourlyRate, hourlyRate == null ? null : hourlyRate.times(hours));
    }
}
