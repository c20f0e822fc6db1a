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
 * Prepares a function before Lambda takes a snapshot of it (SnapStart), so that a function restored from the snapshot
 * has everything loaded for its first request. One event goes through the function's own endpoint, which refuses it,
 * and one item that cannot exist is read.
 *
 * <p>The snapshot holds nothing that becomes stale: the item is read with a separate client, which is closed again, so
 * that the function's client has neither opened a connection nor asked for credentials. It holds nothing that must be
 * unique either, because the event brings its own key. So nothing has to be done after a restore.
 */
@Singleton
final class Priming implements Resource {
    /** The maintenance operation that the event asks for. */
    static final String NOTHING = "nothing";

    /**
     * One event for every kind of endpoint. HTTP endpoints and internal endpoints refuse it for a field that no request
     * has; a feed endpoint finds no records in it.
     */
    static final String EVENT = """
            {"do": "nothing", "rawPath": "/",
             "headers": {"idempotency-key": "priming", "content-type": "application/json"},
             "queryStringParameters": {"no-such-field": "1"}, "body": "{\\"no-such-field\\": 1}", "isBase64Encoded": false,
             "commandId": "priming", "actor": "priming", "correlation": "priming", "command": {"no-such-field": 1}}""";

    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");

    private final Settings settings;
    private final Supplier<DynamoDbClient> client;
    private final Function function;

    /** The function as Lambda calls it. */
    @FunctionalInterface
    interface Function {
        void handle(InputStream event, OutputStream answer) throws IOException;
    }

    @Inject
    Priming(Edge edge) {
        this(
                edge.settings(),
                () -> likeThatOf(edge),
                (event, answer) -> FunqyLambdaBindingRecorder.handle(event, answer, null));
    }

    Priming(Settings settings, Supplier<DynamoDbClient> client, Function function) {
        this.settings = settings;
        this.client = client;
        this.function = function;
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
                () -> function.handle(
                        new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream()));
        attempt("read", this::read);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // The snapshot holds nothing that has become wrong.
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

    /** A function that is not primed is only slower once. */
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
