package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Json;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Priming before a snapshot, on DynamoDB Local behind a proxy that cuts the connections. */
class PrimingTest {
    private static final String TABLE = "events";

    sealed interface Lamp {
        @EventType("Lit")
        record Lit(String lamp) implements Lamp {}
    }

    record Light(String lamp) {}

    private static final class LightDecider implements Decider<Light, Boolean, Lamp> {
        @Override
        public Class<Lamp> folds() {
            return Lamp.class;
        }

        @Override
        public Boolean initialState() {
            return false;
        }

        @Override
        public Boolean evolve(Boolean lit, Lamp event) {
            return true;
        }

        @Override
        public Decision<Lamp> decide(Light command, Boolean lit) {
            return lit ? Decision.nothing() : Decision.accept(new Lamp.Lit(command.lamp()));
        }
    }

    private static final EmbeddedDynamoDb DYNAMO = EmbeddedDynamoDb.inMemory();

    private final CuttingProxy proxy = new CuttingProxy(DYNAMO.endpoint());
    private final DynamoDbClient client = client(proxy.endpoint());
    private final Settings settings = new Settings(Map.of("SLICE", "lamps/light", "EVENT_TABLE", TABLE));
    private final HttpCommandEndpoint<Light, Light> outer = outer();
    private final List<HttpReply> replies = new ArrayList<>();

    PrimingTest() throws IOException {}

    @BeforeAll
    static void create() {
        try (DynamoDbClient client = client(DYNAMO.endpoint())) {
            client.createTable(request -> request.tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                            one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                            two -> two.attributeName("version").attributeType(ScalarAttributeType.N))
                    .keySchema(
                            one -> one.attributeName("stream").keyType(KeyType.HASH),
                            two -> two.attributeName("version").keyType(KeyType.RANGE)));
        }
    }

    @AfterAll
    static void stop() {
        DYNAMO.close();
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
    }

    /** A client without retries, so that a stale connection fails. */
    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private HttpCommandEndpoint<Light, Light> outer() {
        Edge edge = new Edge(settings, client);
        var handler = edge.handler(Language.of("lamps", Set.of(Lamp.class), List.of()), new LightDecider());
        return HttpCommandEndpoint.of(
                edge,
                handler,
                Light.class,
                light -> new StreamId("lamp", light.lamp()),
                (light, context) -> Gate.open(light));
    }

    private void function(InputStream event, OutputStream answer) throws IOException {
        HttpReply reply = outer.handle(Json.mapper().readValue(event, HttpEvent.class));
        replies.add(reply);
        Json.mapper().writeValue(answer, reply);
    }

    private Priming priming() {
        return new Priming(settings, () -> client(proxy.endpoint()), this::function);
    }

    private int lit(String lamp) {
        HttpEvent event = new HttpEvent("/", null, null, null, Map.of("lamp", lamp), null, false, null);
        return outer.handle(event).statusCode();
    }

    private int commits() {
        return client.scan(request -> request.tableName(TABLE)).count();
    }

    @Test
    void priming_refuses_its_event_under_its_own_key_and_writes_nothing() {
        int before = commits();
        priming().beforeCheckpoint(Core.getGlobalContext());
        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(400);
            // The key came with the event, so no random number was drawn before the snapshot.
            assertThat(reply.headers()).containsEntry("idempotency-key", "priming");
        });
        assertThat(commits()).isEqualTo(before);
    }

    @Test
    void no_connection_is_in_the_snapshot_so_the_first_command_works_when_all_are_cut() {
        Priming priming = priming();
        priming.beforeCheckpoint(Core.getGlobalContext());
        assertThat(proxy.accepted()).as("connections that priming made").isPositive();
        proxy.cut();
        priming.afterRestore(Core.getGlobalContext());
        assertThat(lit("after-restore")).isEqualTo(200);
    }

    @Test
    void a_connection_in_the_snapshot_would_have_failed_the_first_command() {
        assertThat(lit("before-snapshot")).isEqualTo(200);
        proxy.cut();
        assertThat(lit("after-cut")).isEqualTo(503);
    }

    @Test
    void a_function_that_cannot_be_primed_starts_all_the_same() {
        new Priming(
                        new Settings(Map.of("VIEW_TABLE", "no-such-table")),
                        () -> client(proxy.endpoint()),
                        (event, answer) -> {
                            throw new IOException("broken");
                        })
                .beforeCheckpoint(Core.getGlobalContext());
        assertThat(proxy.accepted()).isPositive();
    }
}
