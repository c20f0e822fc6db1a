package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.modeler.scaffold.ContextScaffold;
import dev.storyline.modeler.scaffold.ScaffoldReport;
import dev.storyline.modeler.scaffold.SliceScaffold;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests new contexts with a slice of every pattern in the local cloud, without changes to the scaffold's files. An
 * empty context must start. Every route and every other endpoint of a generated slice must answer with only the
 * permissions of its template.
 */
class ScaffoldCloudTest {
    /** The slices in the order of their dependencies. */
    private static final List<String> SLICES = List.of(
            "workshop/open-bench",
            "workshop/bench-by-id",
            "workshop/build-toy",
            "workshop/toys-of-bench",
            "workshop/toy-count",
            "workshop/tool-list",
            "workshop/clean-bench",
            "workshop/clean-used-benches",
            "workshop/publish-toys",
            "parlour/show-toy");

    @TempDir
    private static Path root;

    private static LocalCloud cloud;
    private static int statusOfEmptyContext;

    @BeforeAll
    static void scaffold() throws Exception {
        copy(Repository.root().resolve("infra"), root.resolve("infra"), "");
        copy(Repository.root().resolve("src/contexts"), root.resolve("src/contexts"), "model.yaml");
        for (String pom : List.of("pom.xml", "functions/pom.xml")) {
            Files.createDirectories(root.resolve(pom).resolveSibling(""));
            Files.copy(Repository.root().resolve(pom), root.resolve(pom));
        }
        for (String context : List.of("workshop", "parlour")) {
            ContextScaffold.write(root, context);
        }
        try (LocalCloud empty = start()) {
            HttpCalls calls = HttpCalls.to(empty.baseUri());
            statusOfEmptyContext = calls.client()
                    .send(HttpRequest.newBuilder(calls.base()).build(), BodyHandlers.discarding())
                    .statusCode();
        }
        for (String context : List.of("workshop", "parlour")) {
            try (InputStream model = ScaffoldCloudTest.class.getResourceAsStream("/scaffold/" + context + ".yaml")) {
                Files.write(
                        root.resolve("src/contexts/" + context + "/model.yaml"),
                        Objects.requireNonNull(model).readAllBytes());
            }
        }
        for (String slice : SLICES) {
            String[] parts = slice.split("/", 2);
            ScaffoldReport report = SliceScaffold.write(root, parts[0], parts[1], SliceScaffold.Options.NONE);
            assertThat(report.complete()).as(report.text()).isTrue();
        }
        compile();
        cloud = start();
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static LocalCloud start() {
        return LocalCloud.start(
                new LocalCloud.Options(root, 0, null).of(ContextSelection.alone("workshop", "parlour")));
    }

    private static void copy(Path from, Path to, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one ->
                            one.toString().endsWith(ending) && !one.toString().contains("/target/"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
    }

    /** Compiles both languages and all slices in one run of the compiler, and then gives each slice its own classes. */
    private static void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(root.resolve("generated-classes"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringWriter problems = new StringWriter();
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("src/contexts", "functions")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java")
                                && file.toString().contains("/src/main/"))
                        .forEach(sources::add);
            }
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            problems,
                            manager,
                            null,
                            List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", classPath),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
        for (String slice : SLICES) {
            Path target = root.resolve("functions/" + slice + "/target");
            String folder = "dev/storyline/" + slice.replace("-", "");
            copy(classes.resolve(folder), target.resolve("classes").resolve(folder), ".class");
            Files.writeString(target.resolve("runtime.classpath"), classes + File.pathSeparator);
        }
    }

    private static int status(Deployment.Route route) throws IOException, InterruptedException {
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(calls.base().resolve(route.path().replaceAll("\\{[^}]*}", "north")));
        String body = route.path().endsWith("build-toy") ? "{\"toy\": \"kite\"}" : "{\"tool\": \"saw\"}";
        return calls.client()
                .send(
                        route.method().equals("GET")
                                ? request.build()
                                : request.header(
                                                "Idempotency-Key",
                                                "k-" + route.path().hashCode())
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                        BodyHandlers.ofString(StandardCharsets.UTF_8))
                .statusCode();
    }

    private static Commit commit(String type, String data) {
        return new Commit(
                StreamId.parse("bench#south"),
                1,
                "commit-" + type,
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of(new StoredEvent(type, 1, false, data)),
                new CommitMetadata("test", "test", null, null, null));
    }

    private static List<String> exports(String ending) {
        return cloud.deployment().functions().stream()
                .map(Deployment.FunctionSpec::export)
                .filter(export -> export.endsWith(ending))
                .toList();
    }

    @Test
    void a_context_without_slices_starts_and_shows_its_front_page() {
        assertThat(statusOfEmptyContext).isEqualTo(200);
    }

    @Test
    void every_route_answers() throws Exception {
        List<String> answers = new ArrayList<>();
        for (Deployment.Route route : cloud.deployment().routes()) {
            answers.add(route.method() + " " + route.path() + " " + status(route));
        }
        assertThat(answers)
                .containsExactlyInAnyOrder(
                        "POST /workshop/benches/{benchId}/open-bench 200",
                        "POST /workshop/benches/{benchId}/build-toy 200",
                        "GET /workshop/benches/{benchId} 404",
                        "GET /workshop/bench-toys/{benchId} 404",
                        "GET /workshop/toy-count 404",
                        "GET /workshop/tool-list 200");
    }

    @Test
    void every_feed_takes_an_event() throws IOException {
        List<Commit> commits = List.of(
                commit("BenchOpened", "{\"benchId\": \"south\", \"tool\": \"saw\"}"),
                commit("ToyBuilt", "{\"benchId\": \"south\", \"toy\": \"kite\", \"at\": \"2030-01-01T00:00:00Z\"}"));
        assertThat(exports("-feed")).hasSize(6);
        for (String export : exports("-feed")) {
            JsonNode parked = Json.mapper().createObjectNode().put("do", "parked");
            JsonNode batch = LambdaEvents.feed(commits.get(export.matches("(bench-by-id|tool-list)-feed") ? 0 : 1));
            assertThat(cloud.invoke(export, batch).path("batchItemFailures"))
                    .as(export)
                    .isEmpty();
            assertThat(cloud.invoke(export.replace("-feed", "-upkeep"), parked).path("parked"))
                    .as(export)
                    .isEmpty();
        }
    }

    @Test
    void every_internal_endpoint_takes_a_command() throws IOException {
        Map<String, String> commands = Map.of(
                "open-bench-inner", "{\"benchId\": \"east\", \"tool\": \"saw\"}",
                "build-toy-inner", "{\"benchId\": \"east\", \"toy\": \"kite\", \"at\": \"2030-01-01T00:00:00Z\"}",
                "clean-bench-inner", "{\"benchId\": \"east\"}");
        assertThat(exports("-inner")).containsExactlyInAnyOrderElementsOf(commands.keySet());
        for (Map.Entry<String, String> command : commands.entrySet()) {
            JsonNode request = Json.mapper()
                    .createObjectNode()
                    .put("commandId", command.getKey())
                    .put("actor", "test")
                    .put("correlation", "test")
                    .put("followedUp", false)
                    .set("command", Json.mapper().readTree(command.getValue()));
            assertThat(cloud.invoke(command.getKey(), request).path("outcome").asText())
                    .as(command.getKey())
                    .isNotEmpty()
                    .isNotIn("unreadable", "failed", "refused");
        }
    }

    @Test
    void a_translation_takes_the_public_event_of_another_context() throws IOException {
        assertThat(exports("-translation")).containsExactly("show-toy-translation");
        JsonNode messages = Json.mapper()
                .readTree(LambdaEvents.messages(LambdaEvents.cloudEvent(
                        "workshop.ToyBuilt.v1", "e1", Map.of("benchId", "south", "toy", "kite"))));
        assertThat(cloud.invoke("show-toy-translation", messages).path("batchItemFailures"))
                .isEmpty();
    }
}
