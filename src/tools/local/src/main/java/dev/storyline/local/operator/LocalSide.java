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

    /** The last step of a rebuild of a slice; missing if there was none. */
    JsonNode step(String slice);
}
