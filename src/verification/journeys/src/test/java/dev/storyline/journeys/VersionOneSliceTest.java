package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs slices of version 1 on the tables of the running version 3. The slices are built from the commit of version 1
 * with all their dependencies in the repository. They must skip unknown data, or refuse it where skipping is not
 * allowed. Without the repository's history, the tests are skipped with a message.
 */
class VersionOneSliceTest {
    /** The first words of the commit message of version 1. */
    private static final String MESSAGE = "^Field operations, version 1:";

    private static final String OURS = "dev.storyline.";

    @TempDir
    private static Path folder;

    private static LocalCloud cloud;
    private static FieldOpsCalls calls;
    private static URLClassLoader old;
    private static String versionOne = "";

    @BeforeAll
    static void buildAndStart() throws Exception {
        versionOne = git("log", "-1", "--format=%H", "--grep=" + MESSAGE).strip();
        assumeTrue(!versionOne.isEmpty(), "Skipped: the history of the repository does not reach back to version 1.");
        old = build();
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of("fieldops", "maintenance"));
        calls = FieldOpsCalls.to(cloud);
        calls.openNorth();
        calls.registerCrew("red", "standard", "60", "2026-01-01");
        calls.post(
                "equipment/lift-1/register",
                "{'hourlyRate': {'amount': 25, 'currency': 'EUR'}, 'serviceIntervalHours': 5}");
    }

    @AfterAll
    static void stop() throws IOException {
        if (old != null) {
            old.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }

    /** Returns the output of git; empty without a history. */
    private static String git(String... arguments) throws IOException {
        if (!Files.exists(Repository.root().resolve(".git"))) {
            return "";
        }
        return new String(start(arguments).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", Repository.root().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Compiles the sources of version 1 against today's third-party libraries. */
    private static URLClassLoader build() throws IOException {
        Process archive = start(
                "archive",
                "--format=zip",
                versionOne,
                "src/kernel/src/main",
                "src/eventstore/src/main",
                "src/projections/src/main",
                "src/edge/src/main",
                "src/contexts/fieldops/src/main",
                "functions/fieldops");
        List<String> sources = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(archive.getInputStream())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (file.startsWith(folder)
                        && entry.getName().endsWith(".java")
                        && entry.getName().contains("/src/main/")) {
                    Files.createDirectories(file.resolveSibling(""));
                    Files.copy(zip, file);
                    sources.add(file.toString());
                }
            }
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-nowarn",
                "-proc:none",
                "-parameters",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        arguments.addAll(sources);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).as("the compiler on version 1").isZero();
        return new OwnFirst(classes.toUri().toURL());
    }

    /** Loads its own versions of this repository's classes, and shares all other classes. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL classes) {
            super(new URL[] {classes}, VersionOneSliceTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith(OURS) && findResource(name.replace('.', '/') + ".class") != null) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }

    /** Invokes a function of version 1 on the tables of the running system. */
    private static JsonNode call(String slice, String type, String endpoint, String export, String event)
            throws Exception {
        Class<?> settings = old.loadClass("dev.storyline.edge.Settings");
        Class<?> edge = old.loadClass("dev.storyline.edge.Edge");
        Map<String, String> environment = cloud.deployment().functions().stream()
                .filter(one -> one.export().equals(export))
                .findFirst()
                .orElseThrow()
                .environment();
        Object its = edge.getConstructor(settings, DynamoDbClient.class)
                .newInstance(settings.getConstructor(Map.class).newInstance(environment), cloud.dynamo());
        Class<?> function = old.loadClass("dev.storyline.fieldops." + slice.replace("-", "") + "." + type);
        Object instance = function.getConstructor(edge).newInstance(its);
        Method method = Stream.of(function.getMethods())
                .filter(one -> one.getName().equals(endpoint))
                .findFirst()
                .orElseThrow();
        ObjectMapper mapper = (ObjectMapper) old.loadClass("dev.storyline.eventstore.Json")
                .getMethod("mapper")
                .invoke(null);
        Object input = mapper.readValue(event, method.getParameterTypes()[0]);
        return mapper.valueToTree(method.invoke(instance, input));
    }

    private static JsonNode command(String slice, String type, String job, String body) throws Exception {
        return call(slice, type, "outer", slice, LambdaEvents.post(Map.of("jobId", job), body.replace('\'', '"')));
    }

    private static final String NEW_JOB = "{'customer': 'Bo', 'siteAddress': '2 High Street', 'regionId': 'north',"
            + " 'trade': 'roofing', 'plannedStart': '2027-03-01T07:00:00Z', 'estimatedHours': 2}";

    private static String completion() {
        return "{'at': '" + Instant.now() + "', 'crewHours': [{'crewId': 'red', 'hours': 0.5}]}";
    }

    @Test
    void it_works_with_todays_slices_on_one_job_and_passes_over_what_it_does_not_know() throws Exception {
        assertThat(command("create-job", "CreateJobFunction", "v1-a", NEW_JOB)
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
        assertThat(command("assign-crew", "AssignCrewFunction", "v1-a", "{'crewId': 'red'}")
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
        calls.post("jobs/v1-a/reschedule", "{'plannedStart': '2027-03-02T07:00:00Z', 'reason': 'Snow'}");
        String today = Instant.now().toString().substring(0, 10);
        calls.post("equipment/lift-1/uses", "{'jobId': 'v1-a', 'on': '" + today + "', 'hours': 1}");

        JsonNode reply = command("complete-job", "CompleteJobFunction", "v1-a", completion());

        assertThat(reply.path("statusCode").asInt()).as(reply.toString()).isEqualTo(200);
        JsonNode job = calls.get("jobs/v1-a?consistency=strong");
        assertThat(job.path("state").asText()).isEqualTo("completed");
        assertThat(job.path("plannedStart").asText()).isEqualTo("2027-03-02T07:00:00Z");
        assertThat(job.path("crewHours").path(0).path("hours").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(calls.get("jobs/v1-a/billing?consistency=strong")
                        .path("equipment")
                        .path(0)
                        .path("amount")
                        .path("amount")
                        .decimalValue())
                .isEqualByComparingTo("25");
    }

    @Test
    void it_refuses_to_decide_about_a_cancelled_job() throws Exception {
        command("create-job", "CreateJobFunction", "v1-b", NEW_JOB);
        command("assign-crew", "AssignCrewFunction", "v1-b", "{'crewId': 'red'}");
        calls.post("jobs/v1-b/cancel", "{'reason': 'Moved away'}");

        JsonNode reply = command("complete-job", "CompleteJobFunction", "v1-b", completion());

        assertThat(reply.path("statusCode").asInt()).isEqualTo(503);
        assertThat(Json.mapper()
                        .readTree(reply.path("body").asText())
                        .path("type")
                        .asText())
                .endsWith("slice-outdated");
        assertThat(calls.get("jobs/v1-b?consistency=strong").path("state").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void it_refuses_what_was_recorded_in_a_newer_form() throws Exception {
        calls.createJob("v1-c", "2027-04-01T07:00:00Z", "2");
        calls.post("jobs/v1-c/crews", "{'crewId': 'red'}");

        assertThat(command("complete-job", "CompleteJobFunction", "v1-c", completion())
                        .path("statusCode")
                        .asInt())
                .isEqualTo(503);
    }

    /** create-job and open-region have grown by optional fields only. */
    @Test
    void slices_that_only_grew_decide_about_old_requests_as_version_one_did() throws Exception {
        assertThat(command("create-job", "CreateJobFunction", "v1-d", NEW_JOB)
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
        calls.post("jobs/v1-e/create", NEW_JOB);
        assertThat(jobWithoutItsName("v1-e")).isEqualTo(jobWithoutItsName("v1-d"));
        assertThat(calls.refused("jobs/v1-d/create", NEW_JOB)).isEqualTo("job-exists");

        String region = "{'timeZone': 'Europe/London', 'currency': 'GBP'}";
        assertThat(call(
                                "open-region",
                                "OpenRegionFunction",
                                "outer",
                                "open-region",
                                LambdaEvents.post(Map.of("regionId", "v1"), region.replace('\'', '"')))
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
        assertThat(calls.post("regions/v1/open", region).path("events")).isEmpty();
        assertThat(calls.refused("regions/v1/open", "{'timeZone': 'Europe/London', 'currency': 'EUR'}"))
                .isEqualTo("region-open");
    }

    private static JsonNode jobWithoutItsName(String job) throws Exception {
        return ((ObjectNode) calls.get("jobs/" + job + "?consistency=strong")).without(List.of("jobId", "createdAt"));
    }
}
