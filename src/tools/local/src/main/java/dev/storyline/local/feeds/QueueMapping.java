package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A mapping from a queue to a function: batches of messages, partial batch responses, retries at growing intervals, and
 * finally the queue of dead letters.
 */
public final class QueueMapping extends PollingLoop {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.queue");
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final int MOST_MESSAGES = 100;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 30_000;

    private final Deployment.QueueFeed feed;
    private final Deployment.Queue queue;
    private final LocalQueues queues;
    private final FunctionInvoker host;
    private final Chaos chaos;

    public QueueMapping(
            Deployment.QueueFeed feed,
            Deployment.Queue queue,
            LocalQueues queues,
            FunctionInvoker host,
            DiskSpace disk,
            Chaos chaos) {
        super("queue " + feed.name(), disk);
        this.feed = feed;
        this.queue = queue;
        this.queues = queues;
        this.host = host;
        this.chaos = chaos;
        queues.listen(queue.arn(), this::wake);
        begin();
    }

    @Override
    Duration idle() {
        Instant next = queues.store().nextVisible(queue.arn());
        if (next == null) {
            return UNTIL_WOKEN;
        }
        Duration left = Duration.between(Instant.now(), next);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    @Override
    boolean poll() {
        List<DeliveryStore.Message> messages =
                chaos.disordered(queues.store().receive(queue.arn(), Math.min(feed.batchSize(), MOST_MESSAGES)));
        if (messages.isEmpty()) {
            return false;
        }
        if (chaos.drops()) {
            messages.forEach(message -> queues.store().again(message, later(0)));
            return true;
        }
        Set<String> failed = failed(messages);
        List<DeliveryStore.Message> done = new ArrayList<>();
        for (DeliveryStore.Message message : messages) {
            if (failed.contains(message.id())) {
                putOff(message);
            } else if (!chaos.doubles()) {
                done.add(message);
            }
        }
        queues.store().remove(done);
        return true;
    }

    private void putOff(DeliveryStore.Message message) {
        if (queue.maxReceives() > 0 && message.receives() + 1 >= queue.maxReceives()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> LogLine.of("dead-letter")
                            .with("queue", queue.arn())
                            .with("message", message.id())
                            .text());
            queues.move(message, queue.deadLetters());
        } else {
            queues.store().again(message, later(message.receives()));
        }
    }

    private static Instant later(int receives) {
        long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(receives + 1, 20));
        return Instant.now().plusMillis(ThreadLocalRandom.current().nextLong(most));
    }

    private Set<String> failed(List<DeliveryStore.Message> messages) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        Set<String> all = new HashSet<>();
        for (DeliveryStore.Message message : messages) {
            all.add(message.id());
            records.addObject()
                    .put("messageId", message.id())
                    .put("body", message.body())
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", queue.arn())
                    .put("awsRegion", Deployment.REGION);
        }
        try {
            JsonNode reply = host.invoke(feed.function(), event);
            Set<String> failed = new HashSet<>();
            reply.path("batchItemFailures")
                    .forEach(
                            failure -> failed.add(failure.path("itemIdentifier").asText()));
            return failed;
        } catch (FunctionInvoker.FunctionFailed e) {
            LOG.log(System.Logger.Level.WARNING, "The function of " + feed.name() + " failed", e.getCause());
            return all;
        }
    }
}
