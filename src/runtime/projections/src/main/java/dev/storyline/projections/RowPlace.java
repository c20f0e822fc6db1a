package dev.storyline.projections;

import dev.storyline.kernel.RowKey;

/**
 * Where a row stands in a view, in the order of queries. It is a key, or only where a page begins.
 *
 * @param partition the first part of the key
 * @param sort the second part; empty before the first row
 */
record RowPlace(String partition, String sort) implements Comparable<RowPlace> {
    static RowPlace of(RowKey key) {
        return new RowPlace(key.partition(), key.sort());
    }

    @Override
    public int compareTo(RowPlace other) {
        int order = partition.compareTo(other.partition);
        return order == 0 ? sort.compareTo(other.sort) : order;
    }
}
