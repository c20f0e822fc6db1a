package dev.storyline.edge;

import dev.storyline.common.LogLine;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Loads the SDK's classes while Quarkus starts, on a thread of its own: half of a cold start on the JVM is Quarkus, the
 * other half is the SDK, neither waits for the other, and Lambda lends a function a second processor while it is initialised
 * (which others measured, and AWS does not promise).
 * One item that cannot exist is read, so that whatever the first request needs is loaded: at most half a read capacity
 * unit for each cold start. The client is closed again; the function's own knows nothing of it.
 */
final class SdkPreload {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String NONE = "storyline-priming#none";

    private SdkPreload() {}

    /** Begins, except where Lambda takes a snapshot of what was started: {@link Priming} has the time for all of it. */
    static void begin(Map<String, String> environment) {
        if ("snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("head start")
                .start(() -> run(() -> client(environment), new Settings(environment)));
    }

    /** A function without a head start is slower once, and otherwise none the worse. */
    static void run(Supplier<DynamoDbClient> client, Settings settings) {
        try (DynamoDbClient own = client.get()) {
            read(own, settings);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> LogLine.of("no-head-start")
                            .with("reason", String.valueOf(e.getMessage()))
                            .text());
        }
    }

    /** Reads what is not there. Whoever has a view may read it; all others that have events may query those. */
    static void read(DynamoDbClient client, Settings settings) {
        if (!settings.values().getOrDefault("VIEW_TABLE", "").isBlank()) {
            client.getItem(request -> request.tableName(settings.require("VIEW_TABLE"))
                    .key(Map.of("pk", AttributeValue.fromS(NONE), "sk", AttributeValue.fromS(NONE))));
        } else if (!settings.values().getOrDefault("EVENT_TABLE", "").isBlank()) {
            client.query(request -> request.tableName(settings.require("EVENT_TABLE"))
                    .keyConditionExpression("#stream = :stream")
                    .expressionAttributeNames(Map.of("#stream", "stream"))
                    .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS(NONE))));
        }
    }

    private static DynamoDbClient client(Map<String, String> environment) {
        return DynamoDbClient.builder()
                .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
                .credentialsProvider(DefaultCredentialsProvider.builder().build())
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(LONGEST))
                .build();
    }
}
