package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What only a local cloud offers to its operator, beside the interfaces of AWS. */
interface LocalSide {
    /**
     * Reads the clock, or moves it.
     *
     * @param request {@code to} or {@code by}; empty to read it
     * @return {@code now} and {@code ahead}, or {@code failed} with the reason
     */
    JsonNode clock(ObjectNode request);

    /**
     * Restores an event table from a copy of a data directory.
     *
     * @param request {@code from}, the copy; {@code table}; {@code to}, the new table; {@code at}, an instant, where not
     *     all that was recorded counts
     * @return {@code commits}, or {@code failed} with the reason
     */
    JsonNode restore(ObjectNode request);
}
