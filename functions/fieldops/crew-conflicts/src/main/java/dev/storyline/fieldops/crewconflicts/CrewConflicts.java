package dev.storyline.fieldops.crewconflicts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conflicts of all crews in one state.
 *
 * @param state {@code open}, {@code settled} or {@code released}
 * @param conflicts crew by crew
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record CrewConflicts(
        String state,
        List<ConflictingJobs> conflicts,
        @Nullable String next) {}
