package dev.storyline.accounting.openitems;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The orders and jobs that are not paid yet.
 *
 * @param items the oldest first
 * @param next the {@code after} of the query for the next page; null on the last page
 */
public record OpenItems(List<OpenItem> items, @Nullable String next) {}
