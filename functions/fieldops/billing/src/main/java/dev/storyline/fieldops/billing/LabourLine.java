package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the work of one crew at one rate costs; without a rate nobody knows.
 *
 * @param crewId names a crew
 * @param rateClass the class in which it worked
 * @param hours for how many hours of elapsed time
 * @param hourlyRate what an hour costs; null where the work was recorded before rates were known
 * @param amount what all of it costs, rounded once; null without a rate
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
