package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The business part of a history: the requests of its clients, and the conditions that must hold in the end. Each
 * history has its own.
 */
public interface SimulatedStory {
    /**
     * A request of a client, a complete command for the internal endpoint of a slice, or a public event of a context that
     * takes no part in the history.
     *
     * @param method {@code POST} for commands of clients, {@link #INTERNAL} for complete commands, {@link #PUBLIC} for
     *     public events
     * @param path the path, with the values of its parameters; of a complete command, the slice: {@code shop/restock}; of
     *     a public event, the slice that translates it and its type: {@code shop/restock/depot.Delivered.v1}
     * @param body JSON; empty for none
     */
    record Request(String method, String path, String body) {
        /** The method of complete commands. */
        public static final String INTERNAL = "INTERNAL";

        /** The method of public events. */
        public static final String PUBLIC = "PUBLIC";

        boolean isInternal() {
            return method.equals(INTERNAL);
        }

        boolean isPublic() {
            return method.equals(PUBLIC);
        }
    }

    /** Returns the next request of a client, based on the answers so far. */
    Request next(Random random);

    /**
     * Returns the idempotency key of a request: one of the client's own, or, from a client that wants to do harm, one
     * that an internal command will have. No key is returned twice.
     *
     * @param own a key that nobody else has
     */
    default String key(Request request, String own, Random random) {
        return own;
    }

    /** Returns how long a client waits before its next request, in nanoseconds. */
    default long pause(Random random) {
        return 1L + random.nextInt(1 << (10 + random.nextInt(21)));
    }

    /**
     * Returns when clients come again after a quiet time, in the order of time; none if they come once. All histories
     * begin with the year 2026. What a transport delivers late may come as late as the clients do.
     */
    default List<Instant> visits(Random random) {
        return List.of();
    }

    /** Tells of a history what its streams do not say. */
    interface Witness {
        /** Returns the answer of the function that serves a query, {@code /shop/stock?product=chair}. */
        JsonNode answer(String query);

        /** Returns the place of a commit in the order in which those of its event table were written. */
        long place(String table, Commit commit);
    }

    /**
     * Returns what is left to be done when nothing is under way any more: the requests are sent without faults, one after
     * the other, until nothing is left.
     */
    default List<Request> remaining(Witness witness) {
        return List.of();
    }

    /** Takes note of a request's final answer: accepted, or rejected by a rule. */
    void answered(Request request, int status, JsonNode body);

    /**
     * Checks the end state against the business rules.
     *
     * @param streams the commits of every stream in order, by the name of the event table and of the stream
     * @param since the activation time of the event handlers, in milliseconds since 1970; older events had no effects
     * @param witness tells what the streams do not say
     * @return one sentence for each violation; empty if there is none
     */
    List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness);
}
