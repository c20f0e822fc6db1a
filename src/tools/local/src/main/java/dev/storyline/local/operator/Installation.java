package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** What an operator works on: a local cloud that runs, or a data directory on which none runs. */
interface Installation extends AutoCloseable {
    /** The slices that have a view or an event handler. */
    List<String> slices();

    /**
     * Asks the maintenance function of a slice once.
     *
     * @param steps gets the steps of a rebuild
     * @throws dev.storyline.local.common.LocalCloudException if it fails
     */
    JsonNode ask(String slice, ObjectNode request, Consumer<JsonNode> steps);

    /**
     * Reads the clock, or moves it.
     *
     * @param request {@code to} or {@code by}; empty to read it
     * @return {@code now} and {@code ahead}, or {@code failed} with the reason
     */
    JsonNode clock(ObjectNode request);

    @Override
    void close();
}
