package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The business part of a history: the requests of its clients, and the conditions that must hold in the end. Each
 * history has its own.
 */
public interface SimulatedStory {
    /**
     * A request of a client.
     *
     * @param method {@code POST} for commands
     * @param path the path, with the values of its parameters
     * @param body JSON; empty for none
     */
    record Request(String method, String path, String body) {}

    /** Returns the next request of a client, based on the answers so far. */
    Request next(Random random);

    /** Takes note of a request's final answer: accepted, or rejected by a rule. */
    void answered(Request request, int status, JsonNode body);

    /**
     * Checks the end state against the business rules.
     *
     * @param streams the commits of every stream in order, by the name of the event table and of the stream
     * @param since the activation time of the event handlers, in milliseconds since 1970; older events had no effects
     * @return one sentence for each violation; empty if there is none
     */
    List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since);
}
