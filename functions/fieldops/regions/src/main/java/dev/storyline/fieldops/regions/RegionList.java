package dev.storyline.fieldops.regions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All regions, in the order of their ids.
 *
 * @param regions the regions
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record RegionList(
        List<ListedRegion> regions, @Nullable String next) {}
