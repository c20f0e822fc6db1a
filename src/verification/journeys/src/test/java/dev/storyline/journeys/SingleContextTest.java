package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that each context of the repository starts alone, and that it starts the other contexts that it needs. */
class SingleContextTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static LocalCloud start(ContextSelection contexts) {
        return LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of(contexts));
    }

    /** Delivers a public event to a translation, like its queue. */
    private static void translate(LocalCloud cloud, String export, String context, String type, String data)
            throws Exception {
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", "event-1")
                .put("source", "urn:storyline:" + context)
                .put("type", context + "." + type + ".v1")
                .put("time", "2026-11-21T00:00:00Z")
                .put("datacontenttype", "application/json");
        event.set("data", Json.mapper().readTree(data));
        ObjectNode batch = Json.mapper().createObjectNode();
        batch.putArray("Records")
                .addObject()
                .put("messageId", "m1")
                .put(
                        "body",
                        Json.mapper().createObjectNode().set("detail", event).toString());
        JsonNode answer = cloud.invoke(export, batch);
        assertThat(answer.path("batchItemFailures")).as("%s", answer).isEmpty();
    }

    @Test
    void wishes_runs_alone() throws Exception {
        try (LocalCloud cloud = start(ContextSelection.alone("wishes"))) {
            assertThat(cloud.notice())
                    .isEqualTo("wishes runs alone. It receives no public events from logistics and naughtychildren."
                            + " Its public events reach no other context.");
            assertThat(cloud.deployment().slices()).allMatch(slice -> slice.startsWith("wishes/"));
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.wish("simo", "k1", "a kite").statusCode()).isEqualTo(201);
            Eventually.within(
                    SOON,
                    () -> calls.get("/wishes/children/simo").path("version").asLong() == 1);
        }
    }

    @Test
    void the_naughty_words_are_those_that_the_operator_sets() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .of(ContextSelection.alone("wishes"))
                .with(Map.of("NaughtyWords", "kite, red train")))) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.wish("ida", "k1", "a gun").statusCode()).isEqualTo(201);
            assertThat(calls.wish("ida", "k2", "a Red Train").statusCode()).isEqualTo(422);
            assertThat(calls.wish("max", "k3", "a kite").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void logistics_runs_alone() throws Exception {
        try (LocalCloud cloud = start(ContextSelection.alone("logistics"))) {
            translate(
                    cloud,
                    "order-present-translation",
                    "wishes",
                    "WishApproved",
                    "{\"wishId\": \"w1\", \"childId\": \"simo\", \"wish\": \"a kite\"}");
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.post("/logistics/orders/w1/deliver", "{}")).isEqualTo(200);
            Eventually.within(
                    SOON,
                    () -> assertThat(calls.get("/logistics/delivery-notes/w1").toString())
                            .contains("a kite"));
        }
    }

    @Test
    void naughtychildren_runs_alone() throws Exception {
        try (LocalCloud cloud = start(ContextSelection.alone("naughtychildren"))) {
            translate(
                    cloud,
                    "report-naughty-child-translation",
                    "wishes",
                    "NaughtinessDetected",
                    "{\"childId\": \"max\", \"at\": \"2026-11-21T00:00:00Z\"}");
            assertThat(cloud.dynamo()
                            .scan(scan -> scan.tableName("storyline-dev-naughtychildren-events"))
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void fieldops_runs_alone() throws Exception {
        try (LocalCloud cloud = start(ContextSelection.alone("fieldops"))) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.post(
                            "/fieldops/regions/north/open", "{\"timeZone\": \"Europe/Vienna\", \"currency\": \"EUR\"}"))
                    .isEqualTo(201);
            assertThat(calls.post("/fieldops/jobs/4711/create", """
                            {"customer": "Ada Wong", "siteAddress": "1 Mill Lane", "regionId": "north", "trade": "heating",
                             "plannedStart": "2027-03-01T07:00:00Z", "estimatedHours": 3}""")).isEqualTo(201);
            Eventually.within(
                    SOON,
                    () -> assertThat(calls.get("/fieldops/regions/north/jobs?day=2027-03-01&state=open")
                                    .toString())
                            .contains("4711"));
        }
    }

    @Test
    void maintenance_runs_alone() throws Exception {
        try (LocalCloud cloud = start(ContextSelection.alone("maintenance"))) {
            translate(
                    cloud,
                    "order-maintenance-translation",
                    "fieldops",
                    "MaintenanceDue",
                    "{\"equipmentId\": \"lift-1\", \"hoursSinceService\": 5, \"serviceIntervalHours\": 4, \"at\": \"2026-11-21T00:00:00Z\"}");
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            Eventually.within(
                    SOON,
                    () -> assertThat(calls.get("/maintenance/equipment/lift-1/order")
                                    .path("equipmentId")
                                    .asText())
                            .isEqualTo("lift-1"));
            assertThat(calls.post("/maintenance/equipment/lift-1/finish", "{}")).isEqualTo(200);
        }
    }

    @Test
    void a_context_starts_the_contexts_that_it_needs() {
        try (LocalCloud cloud = start(ContextSelection.withNeeds("wishes"))) {
            assertThat(cloud.notice()).isEqualTo("wishes also needs logistics and naughtychildren: started too.");
            assertThat(cloud.deployment().slices())
                    .contains("wishes/make-wish", "logistics/order-present", "naughtychildren/report-naughty-child")
                    .noneMatch(slice -> slice.startsWith("fieldops/"));
        }
        try (LocalCloud cloud = start(ContextSelection.withNeeds("fieldops"))) {
            assertThat(cloud.notice()).isEqualTo("fieldops also needs maintenance: started too.");
        }
    }
}
