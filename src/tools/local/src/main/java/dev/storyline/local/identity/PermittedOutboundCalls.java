package dev.storyline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.eventstore.ObjectStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outbound calls of one function, restricted by its policy. A call that is not allowed fails with the error of AWS and
 * is not worth a retry. Policies do not apply to HTTP ports.
 *
 * @param outgoing the unrestricted calls
 * @param function the function that calls
 */
record PermittedOutboundCalls(OutboundCalls outgoing, Deployment.FunctionSpec function) implements OutboundCalls {
    @Override
    public JsonNode invoke(String invoked, JsonNode event) {
        require("lambda", new Need("lambda:InvokeFunction", invoked));
        return outgoing.invoke(invoked, event);
    }

    @Override
    public List<Integer> publish(String bus, List<CloudEvent> events) {
        String arn = "arn:aws:events:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":event-bus/" + bus;
        require("events", new Need("events:PutEvents", arn));
        return outgoing.publish(bus, events);
    }

    @Override
    public List<Integer> announce(String topic, List<String> messages) {
        require("sns", new Need("sns:Publish", topic));
        return outgoing.announce(topic, messages);
    }

    @Override
    public void schedule(OneTimeSchedule schedule) {
        Need.ofNewSchedule(schedule.group(), schedule.name(), schedule.role())
                .forEach(need -> require("scheduler", need));
        outgoing.schedule(schedule);
    }

    @Override
    public void unschedule(String group, String name) {
        Need.ofRemovedSchedule(group, name).forEach(need -> require("scheduler", need));
        outgoing.unschedule(group, name);
    }

    @Override
    public ObjectStore objects() {
        ObjectStore objects = outgoing.objects();
        return new ObjectStore() {
            @Override
            public void put(String name, byte[] content) {
                require("s3", Need.ofObject("s3:PutObject", name));
                objects.put(name, content);
            }

            @Override
            public byte @Nullable [] get(String name) {
                require("s3", Need.ofObject("s3:GetObject", name));
                return objects.get(name);
            }
        };
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        return outgoing.post(url, key, request);
    }

    @Override
    public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
        return outgoing.post(url, key, traceparent, request);
    }

    private void require(String service, Need need) {
        if (!function.policy().allows(need)) {
            throw new IllegalStateException("The service " + service + " refuses the request: AccessDeniedException, "
                    + need.refusal(function));
        }
    }
}
