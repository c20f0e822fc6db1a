package dev.storyline.edge;

import dev.storyline.common.LogLine;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

/**
 * Makes a function ready before Lambda takes a snapshot of it (SnapStart), so that what is restored from the snapshot
 * answers its first request with everything loaded: one event goes through the function's own door, which refuses it, and
 * one item that cannot exist is read.
 *
 * <p>Nothing that goes stale is in the snapshot: the item is read with a client of its own, which is closed again, so that
 * the function's client has neither opened a connection nor asked for credentials. Nothing that must be unique is in it
 * either: the event brings its key. So there is nothing to do after a restore.
 */
@Singleton
final class Priming implements Resource {
    /** What the event asks of an upkeep. */
    static final String NOTHING = "nothing";

    /**
     * One event for every kind of door, which each refuses or passes over: a door over HTTP because of a field that no
     * request can have, the inner door because of the same, a feed because there are no records.
     */
    static final String EVENT = """
            {"do": "nothing", "rawPath": "/", "headers": {"idempotency-key": "priming"},
             "queryStringParameters": {"no-such-field": "1"}, "body": "{\\"no-such-field\\": 1}", "isBase64Encoded": false,
             "commandId": "priming", "actor": "priming", "correlation": "priming", "command": {"no-such-field": 1}}""";

    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");

    private final Settings settings;
    private final Supplier<DynamoDbClient> client;
    private final Door door;

    /** Where the event goes: the function as Lambda calls it. */
    @FunctionalInterface
    interface Door {
        void handle(InputStream event, OutputStream answer) throws IOException;
    }

    @Inject
    Priming(Edge edge) {
        this(
                edge.settings(),
                () -> likeThatOf(edge),
                (event, answer) -> FunqyLambdaBindingRecorder.handle(event, answer, null));
    }

    Priming(Settings settings, Supplier<DynamoDbClient> client, Door door) {
        this.settings = settings;
        this.client = client;
        this.door = door;
    }

    void start(@Observes StartupEvent started) {
        if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            Core.getGlobalContext().register(this);
        }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        attempt(
                "event",
                () -> door.handle(
                        new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream()));
        attempt("read", this::read);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing was kept that could be wrong now.
    }

    private void read() {
        try (DynamoDbClient own = client.get()) {
            SdkPreload.read(own, settings);
        }
    }

    private static DynamoDbClient likeThatOf(Edge edge) {
        DynamoDbServiceClientConfiguration like = edge.dynamo().serviceClientConfiguration();
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(like.region())
                .credentialsProvider(DefaultCredentialsProvider.builder().build())
                .httpClientBuilder(ApacheHttpClient.builder());
        like.endpointOverride().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private interface Attempt {
        void run() throws IOException;
    }

    /** A function that is not primed is slower once, and otherwise none the worse. */
    private static void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> LogLine.of("unprimed")
                            .with("what", what)
                            .with("reason", String.valueOf(e.getMessage()))
                            .text());
        }
    }
}
