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
 * The calls to the store that one wish of a new child makes over HTTP, with the raw SDK: a GetItem on the naughty list, a
 * Query of the stream, and a conditional PutItem of an equal commit. {@code ./storyline bench} counts them.
 */
record RawCalls(DynamoDbClient client, String events, String naughtyList) {
    /** Makes the calls for this many new children, and returns how long each took in nanoseconds. */
    List<Long> measure(int children) {
        return IntStream.range(0, children).mapToObj(_ -> measure()).toList();
    }

    private Long measure() {
        String child = UUID.randomUUID().toString();
        Map<String, AttributeValue> commit = CommitItem.of(StoredHistory.approved(child, 1));
        long before = System.nanoTime();
        client.getItem(request -> request.tableName(naughtyList)
                .key(Map.of(
                        "pk", AttributeValue.fromS("child#" + child),
                        "sk", AttributeValue.fromS("naughty-list"))));
        client.query(request -> request.tableName(events)
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream AND #version BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#stream", "stream", "#version", "version"))
                .expressionAttributeValues(Map.of(
                        ":stream", AttributeValue.fromS("child#" + child),
                        ":from", AttributeValue.fromN("1"),
                        ":to", AttributeValue.fromN(Long.toString(Long.MAX_VALUE)))));
        client.putItem(request -> request.tableName(events)
                .item(commit)
                .conditionExpression("attribute_not_exists(#version)")
                .expressionAttributeNames(Map.of("#version", "version"))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return System.nanoTime() - before;
    }
}
