package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.TransientFailure;
import java.util.List;

/**
 * Where a function reaches out to: other functions, buses, and ports over HTTP. Each method throws {@link TransientFailure} where
 * the other side cannot do its part now; what was asked for may have happened all the same.
 */
public interface OutboundCalls {
    /** For functions that reach out to nobody. */
    OutboundCalls NONE = new OutboundCalls() {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            throw new IllegalStateException("This function may not invoke " + function);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            throw new IllegalStateException("This function may not publish on " + bus);
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            throw new IllegalStateException("This function may not call " + url);
        }
    };

    /**
     * Invokes a function and waits for its answer.
     *
     * @param function its ARN
     */
    JsonNode invoke(String function, JsonNode event);

    /**
     * Publishes on a bus, ten events at most.
     *
     * @param bus the bus's name
     * @return which of them were not taken, counted from 0; they may be published again
     */
    List<Integer> publish(String bus, List<CloudEvent> events);

    /**
     * Calls a port: a POST of JSON with an {@code Idempotency-Key}.
     *
     * @return the answer; a null node where it is empty
     * @throws IllegalStateException if the other side says that it will never take this request
     */
    JsonNode post(String url, String key, JsonNode request);
}
