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
 * Loads the classes of the AWS SDK in a separate thread while Quarkus starts. Half of a cold start on the JVM is
 * Quarkus, the other half is the SDK, and neither waits for the other. Lambda gives a function a second processor while
 * it starts, as others have measured; AWS does not promise it.
 *
 * <p>One item that cannot exist is read, so that everything is loaded that the first request needs. Each cold start
 * costs at most half a read unit for it. The client is closed again and has nothing to do with the function's own
 * client.
 */
final class SdkPreload {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String NONE = "storyline-priming#none";

    private SdkPreload() {}

    /** Starts the thread, unless Lambda will take a snapshot: then {@link Priming} loads everything. */
    static void begin(Map<String, String> environment) {
        if ("snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("head start")
                .start(() -> run(() -> client(environment), new Settings(environment)));
    }

    /** A function whose preload failed is only slower once. */
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

    /** Reads an item that does not exist, in the view table or, for a function without one, in the event table. */
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
