package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue. It delivers each message at least once, in any order, until its function has processed the message or the
 * message counts as dead.
 */
final class SimulatedQueue {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;
    /** One in so many messages is held up until clients come again. */
    private static final int HELD_UP = 4;
    /** So long after the clients, in milliseconds, a message comes that was held up until they come. */
    private static final int LATEST = 8_000;

    private final World world;
    private final Deployment.Queue queue;
    private final List<Message> messages = new ArrayList<>();
    private Scheduler.@Nullable Actor poller;
    private int heldUp;
    private int sent;

    SimulatedQueue(World world, Deployment.Queue queue) {
        this.world = world;
        this.queue = queue;
    }

    /** A message in the queue. */
    static final class Message {
        private final String id;
        private final String body;
        private int receives;
        private long visibleAt;

        Message(String id, String body) {
            this.id = id;
            this.body = body;
        }

        String id() {
            return id;
        }

        String body() {
            return body;
        }
    }

    void send(String body) {
        Message message = new Message("message-" + ++sent, body);
        world.sent();
        if (world.nextVisit() > 0 && world.random().nextInt(HELD_UP) == 0) {
            holdUp(message);
            return;
        }
        if (world.faults().strikes(Fault.DELAY)) {
            message.visibleAt = world.scheduler().now() + world.random().nextInt(20) * SECOND;
        }
        add(message);
    }

    private void add(Message message) {
        messages.add(message);
        if (poller != null) {
            world.scheduler().wake(poller);
        }
    }

    /** A message sticks somewhere until about the time at which clients come again. */
    private void holdUp(Message message) {
        long until = world.nextVisit() + world.random().nextInt(LATEST) * MILLISECOND;
        heldUp++;
        world.scheduler().spawn("late message", () -> {
            world.scheduler().pause(until - world.scheduler().now());
            world.reach("message of the visit before");
            heldUp--;
            add(message);
        });
    }

    /** Returns whether no message is waiting for a consumer, or is still to come. */
    boolean isDone() {
        return poller == null || (messages.isEmpty() && heldUp == 0);
    }

    void attach(Deployment.QueueFeed feed) {
        poller = world.scheduler().spawn("queue " + feed.name(), () -> {
            while (true) {
                poll(feed);
            }
        });
    }

    private void poll(Deployment.QueueFeed feed) {
        if (messages.isEmpty()) {
            world.scheduler().rest();
            return;
        }
        long now = world.scheduler().now();
        List<Message> visible = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Message message : messages) {
            if (message.visibleAt <= now) {
                visible.add(message);
            } else {
                next = Math.min(next, message.visibleAt);
            }
        }
        if (visible.isEmpty()) {
            world.scheduler().pause(Math.min(next - now, SECOND));
            return;
        }
        if (world.faults().strikes(Fault.REORDER)) {
            Collections.shuffle(visible, world.random());
        }
        int most = world.faults().strikes(Fault.SPLIT) ? 1 : feed.batchSize();
        deliver(feed, List.copyOf(visible.subList(0, Math.min(most, visible.size()))));
    }

    private void deliver(Deployment.QueueFeed feed, List<Message> batch) {
        JsonNode event = World.batch(queue.arn(), batch);
        if (world.faults().strikes(Fault.TWO_INVOKERS)) {
            world.scheduler().spawn("twin of " + feed.name(), () -> failed(feed, event, batch));
        }
        Set<String> failed = failed(feed, event, batch);
        for (Message message : batch) {
            message.receives++;
            if (!failed.contains(message.id) && !world.faults().strikes(Fault.DUPLICATE)) {
                messages.remove(message);
                world.sent();
            } else if (queue.maxReceives() > 0 && message.receives >= queue.maxReceives()) {
                messages.remove(message);
                die(feed, message);
            } else {
                message.visibleAt = world.scheduler().now()
                        + (1 + world.random().nextInt(1 << Math.min(message.receives, 5))) * SECOND;
            }
        }
    }

    /** Moves a message to the queue of dead letters, which must have a consumer. */
    private void die(Deployment.QueueFeed feed, Message message) {
        boolean heard = world.deployment().queueFeeds().stream()
                .anyMatch(other -> other.queue().equals(queue.deadLetters()));
        if (heard) {
            world.reach("failure queue");
            world.queue(queue.deadLetters()).send(message.body);
        } else {
            world.blame("A message of " + feed.name() + " is dead after " + message.receives + " deliveries: "
                    + message.body);
        }
    }

    private Set<String> failed(Deployment.QueueFeed feed, JsonNode event, List<Message> batch) {
        Set<String> failed = new HashSet<>();
        try {
            JsonNode reply = world.invoke(feed.function(), event);
            reply.path("batchItemFailures")
                    .forEach(one -> failed.add(one.path("itemIdentifier").asText()));
        } catch (World.Failed e) {
            batch.forEach(message -> failed.add(message.id));
        }
        return failed;
    }
}
