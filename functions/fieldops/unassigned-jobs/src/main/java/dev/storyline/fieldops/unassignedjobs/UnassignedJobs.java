package dev.storyline.fieldops.unassignedjobs;

import dev.storyline.contexts.fieldops.RegionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open jobs without a crew of one region.
 *
 * @param regionId the region
 * @param jobs the earliest planned start first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record UnassignedJobs(
        RegionId regionId,
        List<UnassignedJob> jobs,
        @Nullable String next) {}
