package dev.storyline.kernel;

/**
 * The key of a row in a view's table.
 *
 * @param partition groups rows that one query reads, {@code child#simo}; must not start with {@code @}
 * @param sort orders them within the partition; must not start with {@code @} either
 */
public record RowKey(String partition, String sort) {
    public RowKey {
        if (partition.isEmpty() || sort.isEmpty()) {
            throw new IllegalArgumentException("Both parts of a row's key must have a text");
        }
        if (partition.startsWith("@") || sort.startsWith("@")) {
            throw new IllegalArgumentException("Keys that start with '@' are reserved: " + partition + ", " + sort);
        }
    }
}
