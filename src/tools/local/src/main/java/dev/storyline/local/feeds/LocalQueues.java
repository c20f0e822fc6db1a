package dev.storyline.local.feeds;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queues of all templates. Messages are durable and delivered at least once. */
public final class LocalQueues {
    private final DeliveryStore store;
    private final Map<String, List<Runnable>> consumers = new ConcurrentHashMap<>();

    public LocalQueues(DeliveryStore store) {
        this.store = store;
    }

    /** Adds a message to a queue, by its ARN, and wakes the consumers of the queue. */
    void send(String queue, String body) {
        store.add(queue, body);
        wake(queue);
    }

    /** Adds messages to each of these queues, by their ARNs, in one step. */
    void send(List<String> queues, List<String> bodies) {
        store.add(queues, bodies);
        queues.forEach(this::wake);
    }

    /** Moves a message to another queue. */
    void move(DeliveryStore.Message message, String queue) {
        store.move(message, queue);
        wake(queue);
    }

    private void wake(String queue) {
        consumers.getOrDefault(queue, List.of()).forEach(Runnable::run);
    }

    /** Wakes all consumers, since another process may have sent messages. */
    void wakeAll() {
        consumers.values().forEach(all -> all.forEach(Runnable::run));
    }

    /** Calls a consumer after each message to a queue. */
    void listen(String queue, Runnable consumer) {
        consumers.computeIfAbsent(queue, _ -> new CopyOnWriteArrayList<>()).add(consumer);
    }

    DeliveryStore store() {
        return store;
    }
}
