package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends each field of each command, query and public event the values at its bounds and one step beyond, as the
 * released contracts say the bounds. What is beyond is refused by the caller's fault. What was accepted runs through all
 * views, event handlers and translations, and nothing stands still.
 */
class ExtremesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectWriter ASCII = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /** What must have happened before a command can be accepted. */
    private static final Map<String, List<String>> BEFORE = Map.ofEntries(
            Map.entry("create-job", List.of("open-region")),
            Map.entry("assign-crew", List.of("open-region", "register-crew", "create-job")),
            Map.entry("unassign-crew", List.of("open-region", "register-crew", "create-job", "assign-crew")),
            Map.entry("reschedule-job", List.of("open-region", "register-crew", "create-job", "assign-crew")),
            Map.entry("complete-job", List.of("open-region", "register-crew", "create-job", "assign-crew")),
            Map.entry(
                    "correct-completion",
                    List.of("open-region", "register-crew", "create-job", "assign-crew", "complete-job")),
            Map.entry(
                    "accept-bill",
                    List.of("open-region", "register-crew", "create-job", "assign-crew", "complete-job")),
            Map.entry("cancel-job", List.of("open-region", "register-crew", "create-job", "assign-crew")),
            Map.entry("record-equipment-use", List.of("open-region", "register-equipment", "create-job")),
            Map.entry("cancel-wish", List.of("make-wish")),
            Map.entry("fulfil-wish", List.of("make-wish")),
            Map.entry("adjust-stock", List.of("receive-stock")));

    /** Texts of a form of their own, {@code 2026-11}, which a contract cannot say yet; any other is 400. */
    private static final Set<String> MONTHS = Set.of("journal month", "revenue month");

    private static LocalCloud cloud;
    private static HttpClient client;

    private final Map<String, ReleasedOperation> operations = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /** The commands that were sent for the present ids. */
    private final Set<String> done = new HashSet<>();

    private SampleValues samples = new SampleValues(0);
    private int accepted;
    private int refused;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        cloud.close();
    }

    @Test
    void nothing_beyond_a_bound_is_accepted_and_nothing_that_is_accepted_stands_still() {
        ReleasedOperation.all(Repository.root()).forEach(one -> operations.put(one.id(), one));
        assertThat(operations).containsKeys("make-wish", "reschedule-job", "job-board");
        for (ReleasedOperation operation : operations.values()) {
            operation.fields().forEach(field -> tryOut(operation, field));
        }
        ReleasedOperation.publicEvents(Repository.root()).forEach(this::tryOut);
        System.out.println(
                accepted + " values at bounds were accepted by a function, " + refused + " beyond them were refused");
        assertThat(complaints).isEmpty();
        assertThat(accepted).isGreaterThan(70);
        assertThat(refused).isGreaterThan(200);
        Eventually.within(SOON, () -> {
            assertThat(cloud.lag()).isEqualTo(Duration.ZERO);
            assertThat(cloud.deliveries().depths().values()).allMatch(depth -> depth == 0);
        });
        assertThat(parked()).isEmpty();
    }

    private void tryOut(ReleasedOperation operation, ReleasedOperation.Field field) {
        FieldExtremes extremes = field.extremes(samples);
        for (JsonNode value : extremes.within()) {
            int status = send(operation, field, value);
            if ((status == 400 && !MONTHS.contains(operation.id() + " " + field.name())) || status >= 500) {
                complain(operation.id(), field.name(), value, "is within the bounds, and is answered " + status);
            } else {
                accepted++;
            }
        }
        for (JsonNode value : extremes.beyond()) {
            int status = send(operation, field, value);
            if (status < 400 || status >= 500) {
                complain(operation.id(), field.name(), value, "is beyond the bounds, and is answered " + status);
            } else {
                refused++;
            }
        }
    }

    private void complain(String where, String field, JsonNode value, String what) {
        String text = value.toString();
        complaints.add(where + ", '" + field + "': " + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + " "
                + what);
    }

    /** Sends a request with one value in a field, after all that it needs, and returns the status. */
    private int send(ReleasedOperation operation, ReleasedOperation.Field field, JsonNode value) {
        SampleValues values = samples.with(field, value);
        if (field.isId()) {
            done.clear();
        }
        for (String before : BEFORE.getOrDefault(operation.id(), List.of())) {
            if (done.add(before)) {
                answer(
                        Objects.requireNonNull(operations.get(before), before),
                        values,
                        null,
                        value,
                        reply -> learn(values, reply));
            }
        }
        int status = answer(operation, values, field, value, reply -> {});
        if (operation.isCommand() && (status < 300 || field.isId())) {
            samples = samples.next();
            done.clear();
        }
        return status;
    }

    private void learn(SampleValues values, JsonNode reply) {
        if (reply.has("wishId")) {
            values.know("wishId", reply.path("wishId"));
            samples.know("wishId", reply.path("wishId"));
        }
    }

    private int answer(
            ReleasedOperation operation,
            SampleValues values,
            ReleasedOperation.@Nullable Field field,
            JsonNode value,
            Consumer<JsonNode> reply) {
        try {
            String target = operation.target(values, field, value);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(cloud.baseUri() + target)).timeout(Duration.ofSeconds(60));
            if (operation.isCommand()) {
                request.header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                ASCII.writeValueAsString(operation.body(values, field, value))));
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 300) {
                reply.accept(Json.mapper().readTree(response.body()));
            }
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tryOut(ReleasedOperation.PublicEvent event) {
        for (String slice : event.consumers()) {
            for (ReleasedOperation.Field field : event.fields()) {
                FieldExtremes extremes = field.extremes(samples);
                extremes.within().forEach(value -> translate(event, slice, field, value, true));
                // A slice that reads a field needs it, and takes no object in its place.
                if (!translates(event, slice, field, null)
                        && !translates(event, slice, field, Json.mapper().createObjectNode())) {
                    extremes.beyond().forEach(value -> translate(event, slice, field, value, false));
                }
            }
        }
    }

    private void translate(
            ReleasedOperation.PublicEvent event,
            String slice,
            ReleasedOperation.Field field,
            JsonNode value,
            boolean expected) {
        if (translates(event, slice, field, value) != expected) {
            complain(slice, field.name(), value, expected ? "is not translated" : "is translated");
        } else if (expected) {
            accepted++;
        } else {
            refused++;
        }
    }

    /**
     * Whether a slice takes an event with this value; without a value, whether it takes one without the field, because it
     * does not read it.
     */
    private boolean translates(
            ReleasedOperation.PublicEvent event,
            String slice,
            ReleasedOperation.Field field,
            @Nullable JsonNode value) {
        samples = samples.next();
        ObjectNode fields = event.data(value == null ? samples : samples.with(field, value), field, value);
        Map<String, JsonNode> data = new LinkedHashMap<>();
        fields.properties().forEach(one -> data.put(one.getKey(), one.getValue()));
        String message =
                LambdaEvents.messages(LambdaEvents.cloudEvent(event.type(), "extreme-" + samples.number(), data));
        try {
            return cloud.invoke(slice + "-translation", Json.mapper().readTree(message))
                    .path("batchItemFailures")
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the parked streams of all views and event handlers. */
    private static List<String> parked() {
        ObjectNode request = Json.mapper().createObjectNode().put("do", "parked");
        List<String> parked = new ArrayList<>();
        cloud.deployment().functions().stream()
                .map(function -> function.export())
                .filter(export -> export.endsWith("-upkeep"))
                .forEach(export ->
                        cloud.invoke(export, request).path("parked").forEach(one -> parked.add(export + ": " + one)));
        return parked;
    }
}
