package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.RegionId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one region and day, in one state or in all, the earliest first.
 *
 * @param regionId the region
 * @param day the day
 * @param state the state of the jobs; {@code all} for jobs in all states
 * @param jobs the earliest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record JobBoard(
        RegionId regionId,
        LocalDate day,
        String state,
        List<BoardJob> jobs,
        @Nullable String next) {}
