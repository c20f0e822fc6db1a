package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names an entry of the journal. It follows from the entry's source, so one fact has one entry. */
public record EntryId(String value) implements Id {
    public EntryId {
        Id.check(value);
    }

    /**
     * The entry of a source.
     *
     * @param source the fact, {@code orders/OrderShipped/o1}
     */
    public static EntryId of(String source) {
        return new EntryId(
                UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
