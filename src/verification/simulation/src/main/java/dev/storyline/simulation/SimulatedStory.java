package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a history is about: what clients want, and what must be so in the end. One for each history. */
public interface SimulatedStory {
    /**
     * A request of a client.
     *
     * @param method {@code POST} for commands
     * @param path with the values of its parameters
     * @param body JSON; empty for none
     */
    record Request(String method, String path, String body) {}

    /** What a client wants next, knowing what was answered so far. */
    Request next(Random random);

    /** A request was answered for good: done, or refused by a rule. */
    void answered(Request request, int status, JsonNode body);

    /**
     * What the business has to say against how it ended.
     *
     * @param streams the commits of every stream in order, by the name of the event table and of the stream
     * @param since when event handlers were born: what is older had no effects, in milliseconds since 1970
     * @return one sentence for each thing that must never be; empty where all is well
     */
    List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since);
}
