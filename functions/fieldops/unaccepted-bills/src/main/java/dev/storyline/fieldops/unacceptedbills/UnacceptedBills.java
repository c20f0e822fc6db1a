package dev.storyline.fieldops.unacceptedbills;

import dev.storyline.contexts.fieldops.RegionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bills of one region that accounting has not accepted.
 *
 * @param regionId the region
 * @param bills the one that waits longest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record UnacceptedBills(
        RegionId regionId,
        List<UnacceptedBill> bills,
        @Nullable String next) {}
