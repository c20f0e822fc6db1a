package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.ObjectStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls other functions, buses, schedules, and ports over HTTP. Each method throws {@link TransientFailure} if the other side
 * fails now and may work later; the request may have been carried out all the same.
 */
public interface OutboundCalls {
    /** For functions that call nobody. */
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
     * @return the indexes, from 0, of the events that were not accepted and may be published again
     * @throws IllegalStateException if the bus will never accept one of the events
     */
    List<Integer> publish(String bus, List<CloudEvent> events);

    /**
     * Publishes on a topic, whose subscribers get each message as it is: ten messages and 256 KB at most.
     *
     * @param topic its ARN
     * @return the indexes, from 0, of the messages that were not accepted and may be published again
     */
    default List<Integer> announce(String topic, List<String> messages) {
        throw new IllegalStateException("This function may not publish on " + topic);
    }

    /**
     * Has a function invoked once, later. Nothing happens if a schedule of this name waits already.
     *
     * @throws IllegalStateException if the schedule will never be accepted
     */
    default void schedule(OneTimeSchedule schedule) {
        throw new IllegalStateException("This function may not schedule a call of " + schedule.function());
    }

    /** Removes a schedule, if it still waits. */
    default void unschedule(String group, String name) {
        throw new IllegalStateException("This function may not remove schedules of " + group);
    }

    /** The objects of archives. */
    default ObjectStore objects() {
        return ObjectStore.NONE;
    }

    /**
     * Calls a port: a POST of JSON with an {@code Idempotency-Key}.
     *
     * @return the response; a null node if it is empty
     * @throws IllegalStateException if the other side will never accept this request
     */
    JsonNode post(String url, String key, JsonNode request);

    /**
     * The same call under a header {@code traceparent}.
     *
     * @param traceparent the header; null where nobody traces
     */
    default JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
        return post(url, key, request);
    }
}
