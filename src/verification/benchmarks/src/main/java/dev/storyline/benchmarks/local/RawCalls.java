package dev.storyline.benchmarks.local;

import dev.storyline.eventstore.CommitItem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The calls to the store that one wish makes, with the raw SDK: a GetItem on the naughty list, a Query of the stream, and a
 * conditional PutItem of an equal commit. {@code ./storyline bench} counts them.
 *
 * @param client the client
 * @param events the name of the event table
 * @param naughtyList the name of the table of the naughty list
 */
public record RawCalls(DynamoDbClient client, String events, String naughtyList) {
    /** Makes the calls for this many new children, and returns how long each took in nanoseconds. */
    List<Long> measure(int children) {
        return IntStream.range(0, children).mapToObj(_ -> measure()).toList();
    }

    private Long measure() {
        String child = UUID.randomUUID().toString();
        Map<String, AttributeValue> commit = CommitItem.of(StoredHistory.approved(child, 1));
        long before = System.nanoTime();
        askNaughtyList(child);
        load(child);
        append(commit);
        return System.nanoTime() - before;
    }

    /** Asks whether a child is on the naughty list. */
    public void askNaughtyList(String child) {
        client.getItem(request -> request.tableName(naughtyList)
                .key(Map.of(
                        "pk", AttributeValue.fromS("child#" + child),
                        "sk", AttributeValue.fromS("naughty-list"))));
    }

    /** Reads the stream of a child. */
    public void load(String child) {
        client.query(request -> request.tableName(events)
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream AND #version BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#stream", "stream", "#version", "version"))
                .expressionAttributeValues(Map.of(
                        ":stream", AttributeValue.fromS("child#" + child),
                        ":from", AttributeValue.fromN("1"),
                        ":to", AttributeValue.fromN(Long.toString(Long.MAX_VALUE)))));
    }

    /** Writes a commit in stored form, unless its version is taken. */
    public void append(Map<String, AttributeValue> commit) {
        client.putItem(request -> request.tableName(events)
                .item(commit)
                .conditionExpression("attribute_not_exists(#version)")
                .expressionAttributeNames(Map.of("#version", "version"))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }
}
