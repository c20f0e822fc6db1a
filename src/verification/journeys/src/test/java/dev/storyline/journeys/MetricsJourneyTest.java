package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What goes wrong shows in the metrics that the alarms of a context watch, and what the runbook says puts it right. The
 * metrics are read as Prometheus reads them. Throttling, which the local database does not do, is in {@code
 * CommandMetricsTest} and {@code MeasurementsTest}.
 */
class MetricsJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EVENTS = "storyline-dev-wishes-events";
    private static final String APPROVED = "WishApproved";

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path repository = ShortWaits.repository(folder.resolve("repository"));
        cloud = LocalCloud.start(new LocalCloud.Options(repository, 0, null).of(CloudProcess.CONTEXTS));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static HttpResponse<String> scrape() throws IOException, InterruptedException {
        return calls.client()
                .send(
                        HttpRequest.newBuilder(cloud.baseUri().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The sum of the values of a series that have all of these labels; -1 if there is none. */
    private static double metric(String series, String... labels) throws IOException, InterruptedException {
        return scrape().body()
                .lines()
                .filter(line -> line.startsWith(series + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum)
                .orElse(-1);
    }

    private static double ofView(String series, String slice) throws IOException, InterruptedException {
        return metric(series, "context=\"wishes\"", "slice=\"" + slice + "\"");
    }

    /** What the schedule runs each minute. */
    private static void aMinutePasses(String slice) {
        upkeep(slice, "redrive-due");
    }

    private static JsonNode upkeep(String slice, String operation) {
        return cloud.invoke(slice + "-upkeep", Json.mapper().createObjectNode().put("do", operation));
    }

    private static void put(String child, long version, Duration age, StoredEvent event) {
        Commit commit = new Commit(
                new StreamId("child", child),
                version,
                child + "-" + version,
                Instant.now().minus(age),
                List.of(event),
                new CommitMetadata("somebody", "by-hand", null, null, null));
        cloud.dynamo().putItem(put -> put.tableName(EVENTS).item(CommitItem.of(commit)));
    }

    private static StoredEvent approved(String child, String wish) {
        return new StoredEvent(
                APPROVED, 1, false, "{\"wishId\":\"" + wish + "\",\"childId\":\"" + child + "\",\"wish\":\"a book\"}");
    }

    private static long seen(String child) throws IOException, InterruptedException {
        return calls.get("/wishes/children/" + child).path("version").asLong();
    }

    @Test
    void commands_tell_their_outcomes_and_views_their_lag() throws Exception {
        assertThat(calls.wish("ann", "ann-1", "a kite").statusCode()).isEqualTo(201);
        assertThat(calls.wish("ann", "ann-2", "a big gun").statusCode()).isEqualTo(422);
        Eventually.within(SOON, () -> seen("ann") == 2);

        HttpResponse<String> page = scrape();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(metric("storyline_commands_total", "slice=\"make-wish\"", "outcome=\"accepted\""))
                .isPositive();
        assertThat(metric("storyline_commands_total", "slice=\"make-wish\"", "outcome=\"naughty-wish\""))
                .isPositive();
        assertThat(ofView("storyline_command_duration_seconds_count", "make-wish"))
                .isGreaterThanOrEqualTo(2);
        assertThat(ofView("storyline_command_round_trips_sum", "make-wish")).isGreaterThanOrEqualTo(2);
        Eventually.within(
                SOON,
                () -> assertThat(ofView("storyline_lag_seconds_count", "child-wishes"))
                        .isGreaterThanOrEqualTo(2));
        Eventually.within(
                SOON,
                () -> assertThat(ofView("storyline_effect_calls_total", "publish-wish-updates"))
                        .isPositive());
        assertThat(calls.status("/wishes/children/ann?atLeast=nonsense")).isEqualTo(400);
        assertThat(ofView("storyline_query_duration_seconds_count", "child-wishes"))
                .isPositive();
        assertThat(ofView("storyline_queries_refused_total", "child-wishes")).isEqualTo(1);
        assertThat(metric("storyline_queue_messages", "queue=\"storyline-dev-wishes-child-wishes-failures\""))
                .isZero();
        assertThat(metric("storyline_function_invocations_total", "function=\"make-wish\""))
                .isPositive();
    }

    @Test
    void a_commit_that_is_applied_late_shows_in_the_lag() throws Exception {
        put("late", 1, Duration.ofMinutes(2), approved("late", "w1"));
        Eventually.within(SOON, () -> seen("late") == 1);

        Eventually.within(
                SOON,
                () -> assertThat(metric("storyline_lag_seconds", "slice=\"child-wishes\"", "quantile=\"1.0\""))
                        .isGreaterThanOrEqualTo(120));
    }

    @Test
    void a_poison_event_shows_as_a_parked_stream_until_it_is_redriven() throws Exception {
        assertThat(calls.wish("bob", "bob-1", "a drum").statusCode()).isEqualTo(201);
        put("bob", 3, Duration.ZERO, approved("bob", "w3"));
        Eventually.within(SOON, () -> assertThat(parked("wish-by-id")).contains("child#bob"));
        assertParkedAsListed("wish-by-id");
        assertThat(ofView("storyline_parked_streams", "wish-by-id")).isPositive();
        put("bob", 2, Duration.ZERO, approved("bob", "w2"));
        upkeep("wish-by-id", "redrive");
        assertThat(parked("wish-by-id")).doesNotContain("child#bob");
        assertParkedAsListed("wish-by-id");
    }

    private static List<String> parked(String slice) {
        return upkeep(slice, "parked").path("parked").findValuesAsText("stream");
    }

    private static void assertParkedAsListed(String slice) throws IOException, InterruptedException {
        aMinutePasses(slice);
        assertThat(ofView("storyline_parked_streams", slice))
                .isEqualTo(parked(slice).size());
    }

    @Test
    void an_event_that_a_slice_does_not_know_shows_as_an_outdated_slice() throws Exception {
        put("new", 1, Duration.ZERO, new StoredEvent("WishEngraved", 1, true, "{}"));
        Eventually.within(SOON, () -> {
            aMinutePasses("child-wishes");
            return ofView("storyline_outdated_streams", "child-wishes") == 1;
        });
        assertThat(ofView("storyline_outdated_slice_total", "child-wishes")).isPositive();
        assertThat(calls.wish("new", "new-1", "a kite").statusCode()).isEqualTo(503);
        assertThat(metric("storyline_commands_total", "slice=\"make-wish\"", "outcome=\"slice-outdated\""))
                .isPositive();
        assertThat(ofView("storyline_outdated_slice_total", "make-wish")).isPositive();
    }

    @Test
    void a_commit_that_somebody_changes_shows_as_an_altered_commit() throws Exception {
        put("eve", 1, Duration.ZERO, approved("eve", "w1"));
        Eventually.within(SOON, () -> seen("eve") == 1);
        cloud.dynamo()
                .updateItem(update -> update.tableName(EVENTS)
                        .key(Map.of("stream", AttributeValue.fromS("child#eve"), "version", AttributeValue.fromN("1")))
                        .updateExpression("SET #at = :at")
                        .expressionAttributeNames(Map.of("#at", "at"))
                        .expressionAttributeValues(Map.of(":at", AttributeValue.fromS("2020-01-01T00:00:00Z"))));

        Eventually.within(
                SOON,
                () -> assertThat(ofView("storyline_altered_commits_total", "child-wishes"))
                        .isPositive());
    }

    @Test
    void a_delivery_that_was_lost_is_found_by_the_reconciliation_and_healed() throws Exception {
        put("lost", 1, Duration.ofMinutes(10), approved("lost", "w1"));
        Eventually.within(SOON, () -> seen("lost") == 1);
        cloud.dynamo()
                .deleteItem(delete -> delete.tableName("storyline-dev-wishes-child-wishes")
                        .key(Map.of(
                                "pk",
                                AttributeValue.fromS("child#lost"),
                                "sk",
                                AttributeValue.fromS("@child-wishes"))));
        assertThat(calls.status("/wishes/children/lost"))
                .as("the view has lost the stream")
                .isEqualTo(404);

        // Each minute looks at another part of the streams.
        Eventually.within(SOON, () -> {
            aMinutePasses("child-wishes");
            return ofView("storyline_oldest_behind_seconds", "child-wishes") >= 600;
        });

        assertThat(upkeep("child-wishes", "reconcile").path("healed").asInt()).isPositive();
        assertThat(ofView("storyline_found_behind_total", "child-wishes")).isPositive();
        assertThat(seen("lost")).isEqualTo(1);
    }

    @Test
    void a_view_without_its_table_shows_as_failures_and_retries_and_comes_back_by_a_rebuild() throws Exception {
        String table = "storyline-dev-logistics-delivery-note";
        TableDescription description = cloud.dynamo()
                .describeTable(describe -> describe.tableName(table))
                .table();
        assertThat(calls.wish("dan", "dan-1", "a bell").statusCode()).isEqualTo(201);
        cloud.dynamo().deleteTable(delete -> delete.tableName(table));
        assertThat(calls.wish("dan", "dan-2", "a sledge").statusCode()).isEqualTo(201);
        Eventually.within(SOON, () -> ofNote("storyline_retries_total") > 0);
        assertThat(ofNote("storyline_failures_total")).isPositive();
        Eventually.within(
                SOON,
                () -> assertThat(metric("storyline_feed_given_up_records_total", "delivery-note"))
                        .isPositive());

        cloud.dynamo()
                .createTable(create -> create.tableName(table)
                        .attributeDefinitions(description.attributeDefinitions())
                        .keySchema(description.keySchema())
                        .billingMode(BillingMode.PAY_PER_REQUEST));
        upkeep("delivery-note", "rebuild");
        assertThat(upkeep("delivery-note", "reconcile").path("behind").asInt()).isZero();
        Eventually.within(SOON, () -> ofNote("storyline_failed_deliveries_total") > 0);
    }

    private static double ofNote(String series) throws IOException, InterruptedException {
        return metric(series, "context=\"logistics\"", "slice=\"delivery-note\"");
    }

    @Test
    void every_queue_and_every_feed_has_its_gauges() throws Exception {
        Deployment deployment = cloud.deployment();
        String text = scrape().body();
        for (Deployment.Queue queue : deployment.queues()) {
            String name = queue.arn().substring(queue.arn().lastIndexOf(':') + 1);
            assertThat(text)
                    .contains(
                            "storyline_queue_messages{queue=\"" + name + "\"}",
                            "storyline_queue_oldest_seconds{queue=\"" + name + "\"}");
        }
        for (Deployment.Feed feed : deployment.feeds()) {
            assertThat(text).contains("storyline_feed_lag_seconds{feed=\"" + feed.name() + "\"}");
        }
    }
}
