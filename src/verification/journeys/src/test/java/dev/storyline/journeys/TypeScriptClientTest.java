package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * A TypeScript client is generated from the OpenAPI document of the local cloud, compiled, and drives every route; each
 * answer is checked against the document. Runs where Node.js is installed and the npm registry can be reached.
 */
class TypeScriptClientTest {
    private static final long LONGEST_SECONDS = 240;

    /** Kept from run to run, so that packages are installed once. */
    private static final Path FOLDER = Repository.root().resolve("src/verification/journeys/target/typescript-client");

    private static LocalCloud cloud;

    /** One request of the client, and the answer. */
    private record Exchange(String method, String path, int status, Map<String, String> headers, String body) {}

    @BeforeAll
    static void start() throws Exception {
        install();
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null));
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "tsconfig.json", "drive.ts")) {
            String text = Files.readString(
                    Repository.root().resolve("src/verification/journeys/src/test/typescript/" + file));
            Path copy = FOLDER.resolve(file);
            if (!Files.exists(copy) || !Files.readString(copy).equals(text)) {
                Files.writeString(copy, text);
                Files.deleteIfExists(FOLDER.resolve("installed"));
            }
        }
        if (Files.exists(FOLDER.resolve("installed"))) {
            return;
        }
        try {
            run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline");
        } catch (IOException | AssertionError e) {
            String why = "typescript: skipped, npm cannot install the generator: " + e.getMessage();
            System.out.println(why.lines().findFirst().orElse(why));
            throw new TestAbortedException(why, e);
        }
        Files.writeString(FOLDER.resolve("installed"), "");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = FOLDER.resolve("output.txt");
        Path complaints = FOLDER.resolve("complaints.txt");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectOutput(output.toFile())
                .redirectError(complaints.toFile())
                .start();
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("%s ends", List.of(command)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s%s", List.of(command), Files.readString(complaints), Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    @Test
    void a_generated_client_drives_every_route_and_each_answer_is_as_its_schema_says() throws Exception {
        String text;
        try (HttpClient client = HttpClient.newHttpClient()) {
            text = client.send(
                            HttpRequest.newBuilder(URI.create(cloud.baseUri() + "/openapi.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
        Files.writeString(FOLDER.resolve("openapi.json"), text);
        run("node", "node_modules/@hey-api/openapi-ts/bin/run.js", "-i", "openapi.json", "-o", "client");
        run("node", "node_modules/typescript/bin/tsc");
        List<Exchange> exchanges = new ArrayList<>();
        for (String line :
                run("node", "out/drive.js", cloud.baseUri().toString()).lines().toList()) {
            exchanges.add(Json.mapper().readValue(line, Exchange.class));
        }
        ObjectNode document = (ObjectNode) Json.mapper().readTree(text);

        Set<String> driven = new TreeSet<>();
        for (Exchange exchange : exchanges) {
            driven.add(exchange.method() + " " + exchange.path());
            assertThat(flaws(document, exchange)).as(exchange.toString()).isEmpty();
        }
        Set<String> routes = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(driven).isEqualTo(routes);
        assertThat(exchanges.stream().filter(one -> one.status() == 201)).hasSizeGreaterThan(6);

        Exchange wish = exchanges.getFirst();
        assertThat(flaws(document, changed(wish, wish.status(), wish.body().replace("\"wishId\"", "\"id\""))))
                .as("a planted answer without the id of what was made")
                .isNotEmpty();
        assertThat(flaws(document, changed(wish, 418, wish.body())))
                .as("a planted status that the document does not have")
                .isNotEmpty();
    }

    /** The code that the stack of a context runs on AWS, called as Lambda does. */
    @Test
    void the_function_of_a_context_answers_with_its_document() throws Exception {
        String call = "process.env.CONTEXT = 'wishes'; const { handler } = await import('"
                + Repository.root().resolve("infra/openapi/index.mjs").toUri()
                + "'); console.log(JSON.stringify(await handler({ version: '2.0' })));";
        JsonNode answer = Json.mapper().readTree(run("node", "--input-type=module", "--eval", call));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("headers").path("content-type").asText()).isEqualTo("application/json");
        assertThat(answer.path("body").asText())
                .isEqualTo(Files.readString(Repository.root().resolve("infra/openapi/wishes.json")));
    }

    private static Exchange changed(Exchange one, int status, String body) {
        return new Exchange(one.method(), one.path(), status, one.headers(), body);
    }

    /** What is wrong with an answer by its document; empty if nothing is. */
    private static List<String> flaws(ObjectNode document, Exchange exchange) throws IOException {
        JsonNode response = document.path("paths")
                .path(exchange.path())
                .path(exchange.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(String.valueOf(exchange.status()));
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asText().substring(1));
        }
        String type = exchange.headers().getOrDefault("content-type", "");
        JsonNode schema = response.path("content").path(type).path("schema");
        List<String> flaws = new ArrayList<>();
        if (schema.isMissingNode()) {
            flaws.add("has no schema for " + exchange.status() + " " + type);
            return flaws;
        }
        response.path("headers").fieldNames().forEachRemaining(header -> {
            if (!header.equals("Retry-After") && !exchange.headers().containsKey(header.toLowerCase(Locale.ROOT))) {
                flaws.add("has no header " + header);
            }
        });
        ObjectNode whole = Json.mapper().createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        JsonSchema compiled =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
        compiled.validate(
                        Json.mapper().readTree(exchange.body()),
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .forEach(message -> flaws.add(message.toString()));
        return flaws;
    }
}
