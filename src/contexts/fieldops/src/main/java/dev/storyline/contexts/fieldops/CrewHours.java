package dev.storyline.contexts.fieldops;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hours of one crew.
 *
 * @param crewId the crew
 * @param hours the hours, more than 0
 * @param from the start of the work; null if it was not reported
 */
public record CrewHours(
        CrewId crewId, BigDecimal hours, @Nullable Instant from) {
    /** The hours and the start of each crew's work, over all its rates. */
    public static List<CrewHours> of(List<CrewWork> work) {
        return work.stream()
                .collect(Collectors.groupingBy(CrewWork::crewId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(CrewHours::together)
                .toList();
    }

    private static CrewHours together(List<CrewWork> parts) {
        return new CrewHours(
                parts.getFirst().crewId(),
                parts.stream().map(CrewWork::hours).reduce(BigDecimal.ZERO, BigDecimal::add),
                parts.stream()
                        .map(CrewWork::from)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }
}
