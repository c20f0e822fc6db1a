package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.MetricLog;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.lambda.DeployedCode;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.FunctionProcess;
import dev.storyline.model.Landscape;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sends the requests of {@link EndpointChecks} to every function of a slice. Each function runs in its own process,
 * from the build output: the native executable or, with the property {@code storyline.code=zip}, the zip for the JVM.
 * The test runs in the slice's own build, where the working directory determines the slice.
 */
public final class NativeFunctionsIT {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path root = Repository.root();
    private final Deployment deployment = Deployment.read(root);

    @TestFactory
    Stream<DynamicTest> every_function_answers_in_a_process_of_its_own() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        String slice = root.resolve("functions").relativize(here).toString().replace('\\', '/');
        DeployedCode code = code(here.resolve("target"));
        Specifications specifications = Specifications.of(
                root,
                Landscape.read(root),
                deployment,
                slice,
                Thread.currentThread().getContextClassLoader());
        return specifications.endpoints().stream()
                .map(check -> DynamicTest.dynamicTest(
                        "the function " + check.function().export() + " " + check.sentence(), () -> {
                            try (Processes world = new Processes(deployment, code)) {
                                world.activate(slice);
                                String all = String.join("\n  ", check.differences(world));
                                if (!all.isEmpty()) {
                                    throw new AssertionFailedError(all);
                                }
                            }
                        }));
    }

    private static DeployedCode code(Path target) throws IOException {
        if (System.getProperty("storyline.code", "native").equals("zip")) {
            return DeployedCode.ofZip(target.resolve("function.zip"), DeployedCode.place());
        }
        Path executable = DeployedCode.executable(target)
                .orElseThrow(() -> new AssertionError("There is no native executable in " + target
                        + ": build it with './storyline native CONTEXT/SLICE'."));
        return DeployedCode.ofExecutable(executable, DeployedCode.place());
    }

    /** Runs functions in processes, on empty tables of a DynamoDB Local. */
    private static final class Processes implements EndpointCheck.World, AutoCloseable {
        private final Deployment deployment;
        private final DeployedCode code;
        private final LocalDatabase tables = LocalDatabase.open(null);
        private final DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(tables.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(Proxies.direct().build())
                .build();
        private final Map<String, FunctionProcess> started = new HashMap<>();

        Processes(Deployment deployment, DeployedCode code) {
            this.deployment = deployment;
            this.code = code;
            tables.create(deployment.tables());
        }

        /** Activates an event handler, which accepts no events before its activation. */
        void activate(String slice) {
            ObjectNode request = Json.mapper().createObjectNode().put("do", "birth");
            deployment.births().stream()
                    .map(deployment::function)
                    .filter(function -> function.slice().equals(slice))
                    .forEach(function -> call(function, request));
        }

        @Override
        public JsonNode call(Deployment.FunctionSpec function, JsonNode event) {
            FunctionProcess process = started.computeIfAbsent(
                    function.arn(), unseen -> FunctionProcess.start(function, code, services(), MetricLog.NOBODY));
            try {
                process.await(START);
                return process.invoke(event, START);
            } catch (FunctionInvoker.FunctionFailed e) {
                throw new AssertionError("The function " + function.export() + " failed: " + e.getMessage(), e);
            }
        }

        private Map<String, String> services() {
            return Map.of(
                    "AWS_ACCESS_KEY_ID", "local",
                    "AWS_SECRET_ACCESS_KEY", "local",
                    "AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString());
        }

        @Override
        public void append(Deployment.FunctionSpec function, Commit commit) {
            new DynamoDbEventStore(
                            client,
                            Objects.requireNonNull(function.environment().get("EVENT_TABLE")))
                    .append(commit);
        }

        @Override
        public List<Map<String, AttributeValue>> items(Deployment.FunctionSpec function) {
            return function.environment().entrySet().stream()
                    .filter(setting -> setting.getKey().endsWith("_TABLE"))
                    .flatMap(setting -> client.scan(scan -> scan.tableName(setting.getValue())).items().stream())
                    .toList();
        }

        @Override
        public void close() {
            started.values().forEach(FunctionProcess::close);
            client.close();
            tables.close();
        }
    }
}
