package dev.storyline.local.feeds;

import dev.storyline.local.database.LocalDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The queues of all templates in one table. Messages are durable and delivered at least once. */
public final class LocalQueues {
    private static final String QUEUE = "queue";
    private static final String MESSAGE = "message";

    private static final int MOST_LOOKED_AT = 500;

    private final DynamoDbClient dynamo;
    private final AtomicLong counter = new AtomicLong();

    public LocalQueues(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /**
     * A message.
     *
     * @param id the id; later messages sort after earlier ones
     * @param body the text
     * @param receives how many deliveries failed
     */
    record Message(String id, String body, int receives) {}

    void send(String queue, String body) {
        String id = Instant.now() + "#" + ProcessHandle.current().pid() + "#" + counter.incrementAndGet();
        put(queue, new Message(id, body, 0), Instant.now());
    }

    private void put(String queue, Message message, Instant visibleAt) {
        dynamo.putItem(request -> request.tableName(LocalDatabase.QUEUES)
                .item(Map.of(
                        QUEUE,
                        AttributeValue.fromS(queue),
                        MESSAGE,
                        AttributeValue.fromS(message.id()),
                        "body",
                        AttributeValue.fromS(message.body()),
                        "receives",
                        AttributeValue.fromN(Integer.toString(message.receives())),
                        "visibleAt",
                        AttributeValue.fromS(visibleAt.toString()))));
    }

    /** The oldest messages that are visible. */
    List<Message> receive(String queue, int most) {
        QueryResponse page = dynamo.query(request -> request.tableName(LocalDatabase.QUEUES)
                .consistentRead(true)
                .limit(MOST_LOOKED_AT)
                .keyConditionExpression("#queue = :queue")
                .expressionAttributeNames(Map.of("#queue", QUEUE))
                .expressionAttributeValues(Map.of(":queue", AttributeValue.fromS(queue))));
        Instant now = Instant.now();
        List<Message> messages = new ArrayList<>();
        for (Map<String, AttributeValue> item : page.items()) {
            if (messages.size() < most
                    && !Instant.parse(text(item, "visibleAt")).isAfter(now)) {
                messages.add(new Message(
                        text(item, MESSAGE),
                        text(item, "body"),
                        Integer.parseInt(
                                Objects.requireNonNull(item.get("receives")).n())));
            }
        }
        return messages;
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name)).s();
    }

    /** Makes a message whose delivery failed visible again at a later time. */
    void again(String queue, Message message, Instant visibleAt) {
        put(queue, new Message(message.id(), message.body(), message.receives() + 1), visibleAt);
    }

    void delete(String queue, Message message) {
        dynamo.deleteItem(request -> request.tableName(LocalDatabase.QUEUES)
                .key(Map.of(QUEUE, AttributeValue.fromS(queue), MESSAGE, AttributeValue.fromS(message.id()))));
    }
}
