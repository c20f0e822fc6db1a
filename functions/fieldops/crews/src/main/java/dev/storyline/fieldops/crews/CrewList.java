package dev.storyline.fieldops.crews;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All registered crews, in the order of their ids.
 *
 * @param from the beginning of the period of the free time; null if none was asked for
 * @param to the end of that period
 * @param crews the crews
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record CrewList(
        @Nullable Instant from,
        @Nullable Instant to,
        List<ListedCrew> crews,
        @Nullable String next) {}
