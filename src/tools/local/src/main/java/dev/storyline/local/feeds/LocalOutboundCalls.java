package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.HttpPort;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.eventstore.FolderObjectStore;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.local.lambda.FunctionInvoker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The outbound calls of functions: to each other, and through the rules of a bus or the subscriptions of a topic to queues. */
public final class LocalOutboundCalls implements OutboundCalls {
    private final Deployment deployment;
    private final LocalQueues queues;
    private final ObjectStore objects;
    private final HttpPort ports = new HttpPort();
    private volatile @Nullable FunctionInvoker host;
    private volatile Runnable scheduled = () -> {};

    /**
     * The calls of the functions of a deployment.
     *
     * @param data the data directory, which has the archives; null to keep them in memory
     */
    public LocalOutboundCalls(Deployment deployment, LocalQueues queues, @Nullable Path data) {
        this.deployment = deployment;
        this.queues = queues;
        this.objects = data == null ? new InMemory() : new FolderObjectStore(data.resolve("archive"));
    }

    private static final class InMemory implements ObjectStore {
        private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

        @Override
        public void put(String name, byte[] content) {
            objects.put(name, content.clone());
        }

        @Override
        public byte @Nullable [] get(String name) {
            byte[] content = objects.get(name);
            return content == null ? null : content.clone();
        }
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    /** Calls this after each new schedule. */
    public void whenScheduled(Runnable timer) {
        scheduled = timer;
    }

    /** Sets the invoker of the functions; it is created later than this. */
    public void reach(FunctionInvoker functions) {
        host = functions;
    }

    @Override
    public JsonNode invoke(String function, JsonNode event) {
        try {
            return Objects.requireNonNull(host, "the functions").invoke(function, event);
        } catch (FunctionInvoker.FunctionFailed e) {
            throw new TransientFailure("The function " + function + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Integer> publish(String bus, List<CloudEvent> events) {
        try {
            for (CloudEvent event : events) {
                String envelope = Json.text(envelope(event));
                for (Deployment.EventRule rule : deployment.rules()) {
                    if (rule.bus().equals(bus)
                            && rule.sources().contains(event.source())
                            && rule.types().contains(event.type())) {
                        queues.send(rule.target(), envelope);
                    }
                }
            }
            return List.of();
        } catch (DeliveryStore.DeliveryStoreException e) {
            throw new TransientFailure("The local bus does not answer", e);
        }
    }

    @Override
    public List<Integer> announce(String topic, List<String> messages) {
        try {
            queues.send(
                    deployment.subscriptions().stream()
                            .filter(subscription -> subscription.topic().equals(topic))
                            .map(Deployment.Subscription::queue)
                            .toList(),
                    messages);
            return List.of();
        } catch (DeliveryStore.DeliveryStoreException e) {
            throw new TransientFailure("The local topic does not answer", e);
        }
    }

    @Override
    public void schedule(OneTimeSchedule schedule) {
        try {
            queues.store().add(schedule);
            scheduled.run();
        } catch (DeliveryStore.DeliveryStoreException e) {
            throw new TransientFailure("The local scheduler does not answer", e);
        }
    }

    @Override
    public void unschedule(String group, String name) {
        try {
            queues.store().removeSchedule(group, name);
        } catch (DeliveryStore.DeliveryStoreException e) {
            throw new TransientFailure("The local scheduler does not answer", e);
        }
    }

    private static JsonNode envelope(CloudEvent event) {
        ObjectNode envelope = Json.mapper()
                .createObjectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", event.type())
                .put("source", event.source())
                .put("account", Deployment.ACCOUNT)
                .put("time", Instant.now().toString())
                .put("region", Deployment.REGION);
        envelope.putArray("resources");
        envelope.set("detail", Json.mapper().valueToTree(event));
        return envelope;
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        return post(url, key, null, request);
    }

    @Override
    public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
        return ports.post(url, key, traceparent, request);
    }
}
