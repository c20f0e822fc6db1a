package dev.storyline.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A minimal Lambda function in Java that sends the same requests to DynamoDB as make-wish. It uses only the SDK's
 * client and Lambda's own JSON. It is packaged alone and uses no other class of this repository.
 */
public final class BareHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
            .region(Region.of(System.getenv("AWS_REGION")))
            .httpClient(
                    "url".equals(System.getenv("HTTP_CLIENT"))
                            ? UrlConnectionHttpClient.create()
                            : ApacheHttpClient.create())
            .build();

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        String child = event.get("pathParameters") instanceof Map<?, ?> parameters
                ? String.valueOf(parameters.get("childId"))
                : "nobody";
        AttributeValue stream = AttributeValue.fromS("child#" + child);
        client.getItem(GetItemRequest.builder()
                .tableName(System.getenv("NAUGHTY_LIST_TABLE"))
                .key(Map.of("pk", stream, "sk", AttributeValue.fromS("naughty")))
                .build());
        int before = client.query(QueryRequest.builder()
                        .tableName(System.getenv("EVENT_TABLE"))
                        .consistentRead(true)
                        .keyConditionExpression("#stream = :stream")
                        .expressionAttributeNames(Map.of("#stream", "stream"))
                        .expressionAttributeValues(Map.of(":stream", stream))
                        .build())
                .count();
        String id = UUID.randomUUID().toString();
        client.putItem(PutItemRequest.builder()
                .tableName(System.getenv("EVENT_TABLE"))
                .item(Map.of(
                        "stream", stream,
                        "version", AttributeValue.fromN(Integer.toString(before + 1)),
                        "last", AttributeValue.fromN(Integer.toString(before + 1)),
                        "commit", AttributeValue.fromS(id),
                        "at", AttributeValue.fromS(Instant.now().toString()),
                        "events",
                                AttributeValue.fromL(List.of(AttributeValue.fromS(String.valueOf(event.get("body")))))))
                .conditionExpression("attribute_not_exists(#version)")
                .expressionAttributeNames(Map.of("#version", "version"))
                .build());
        return Map.of("statusCode", 201, "body", "{\"wishId\":\"" + id + "\"}");
    }
}
