package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.RegionId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one region, day and state, the earliest first.
 *
 * @param regionId where
 * @param day when
 * @param state in which state
 * @param jobs the earliest first
 * @param next where there are more jobs than one answer holds: what to pass as {@code after} for the next ones
 */
public record JobBoard(
        RegionId regionId,
        LocalDate day,
        String state,
        List<BoardJob> jobs,
        @Nullable String next) {}
