package dev.storyline.testkit;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.LocalDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Starts a function in Quarkus as its template says: with the tables of all templates on a DynamoDB Local, the function's own
 * environment, and the one {@code export} that the test names. Few slices need such a test, since {@code SpecificationsTest}
 * calls every function of every slice in its own process.
 *
 * <pre>{@code
 * @QuarkusTest
 * @WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "make-wish"))
 * }</pre>
 */
public final class SliceTables implements QuarkusTestResourceLifecycleManager {
    private static final String ENDPOINT = "storyline.test.dynamodb";
    private static final String PREFIX = "storyline.test.setting.";

    private String export = "";
    private @Nullable LocalDatabase tables;

    @Override
    public void init(Map<String, String> arguments) {
        export = Objects.requireNonNull(arguments.get("export"), "Name the function to test: export = ...");
    }

    @Override
    public Map<String, String> start() {
        Path root = Repository.root();
        Deployment deployment = Deployment.read(root);
        Deployment.FunctionSpec function = deployment.functions().stream()
                .filter(one -> one.export().equals(export))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No template exports the function " + export));
        tables = LocalDatabase.open(null);
        tables.create(deployment.tables());
        function.environment().forEach((name, value) -> System.setProperty(PREFIX + name, value));
        System.setProperty(ENDPOINT, tables.endpoint().toString());
        Map<String, String> settings = new HashMap<>(function.environment());
        settings.put("quarkus.funqy.export", export);
        settings.put("quarkus.dynamodb.endpoint-override", tables.endpoint().toString());
        settings.put("quarkus.dynamodb.aws.region", "us-east-1");
        settings.put("quarkus.dynamodb.aws.credentials.type", "static");
        settings.put("quarkus.dynamodb.aws.credentials.static-provider.access-key-id", "local");
        settings.put("quarkus.dynamodb.aws.credentials.static-provider.secret-access-key", "local");
        return settings;
    }

    /**
     * Returns the edge of the function under test. A test uses it to write to the function's tables and to read from
     * them. System properties hold its settings, since the test may run in another class loader.
     */
    public static Edge edge() {
        return edge(OutboundCalls.NONE);
    }

    /** Returns the same edge with these outbound calls. */
    public static Edge edge(OutboundCalls outgoing) {
        Map<String, String> settings = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.put(name.substring(PREFIX.length()), System.getProperty(name));
            }
        }
        DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(URI.create(System.getProperty(ENDPOINT)))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(Proxies.direct().build())
                .build();
        return new Edge(new Settings(settings), client, outgoing, Clock.systemUTC(), Backoff.REAL, ParallelTasks.REAL);
    }

    /** Returns the commits of a stream in the event table of the function under test. */
    public static List<Commit> commits(StreamId stream) {
        List<Commit> commits = new ArrayList<>();
        edge().events().read(stream, 0, Long.MAX_VALUE, commits::add);
        return commits;
    }

    @Override
    public void stop() {
        if (tables != null) {
            tables.close();
        }
    }
}
