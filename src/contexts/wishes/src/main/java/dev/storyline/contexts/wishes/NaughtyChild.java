package dev.storyline.contexts.wishes;

import dev.storyline.kernel.RowKey;
import java.time.Instant;
import java.util.Locale;

/**
 * A row of the naughty list: written by the slice naughty-list, also read by the gatekeeper of make-wish.
 *
 * @param childId the child
 * @param until the end of the naughtiness
 */
public record NaughtyChild(ChildId childId, Instant until) {
    /** The declared name of the projection that writes the list. */
    public static final String PROJECTION = "naughty-list";

    /** The partition of the list, in the order of {@link #sort}. */
    public static final String PARTITION = "naughty";

    /** Sorts by the end of the naughtiness in seconds, then nanoseconds, so that a query never reads what is over. */
    public static String sort(Instant until) {
        return String.format(
                Locale.ROOT, "%020d.%09d", until.getEpochSecond() - Instant.MIN.getEpochSecond(), until.getNano());
    }

    /** The key of a child's row in the list. */
    public RowKey key() {
        return new RowKey(PARTITION, sort(until) + "#" + childId.value());
    }
}
