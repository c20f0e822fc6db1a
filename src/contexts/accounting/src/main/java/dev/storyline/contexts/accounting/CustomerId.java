package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names a customer, or the collective customer of a region, who stands for those whom a job names by their names only. */
public record CustomerId(String value) implements Id {
    private static final String COLLECTIVE = "region:";

    public CustomerId {
        Id.check(value);
    }

    /** The collective customer of a region, {@code region:north}. */
    public static CustomerId collective(RegionId region) {
        String id = COLLECTIVE + region.value();
        return new CustomerId(
                id.length() <= MAX_LENGTH
                        ? id
                        : COLLECTIVE + UUID.nameUUIDFromBytes(region.value().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether it stands for several people. Nobody's token may be taken for them. */
    public boolean isCollective() {
        return value.startsWith(COLLECTIVE);
    }
}
