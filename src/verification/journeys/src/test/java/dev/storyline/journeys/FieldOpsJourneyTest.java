package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests the three versions of field operations on one running system. */
class FieldOpsJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static AccountingStandIn accounting;
    private static LocalCloud cloud;
    private static FieldOpsCalls calls;

    @BeforeAll
    static void start() throws Exception {
        accounting = AccountingStandIn.start();
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .of("fieldops", "maintenance")
                .with(Map.of("AccountingUrl", accounting.url())));
        calls = FieldOpsCalls.to(cloud);
    }

    @AfterAll
    static void stop() {
        cloud.close();
        accounting.close();
    }

    /** Returns the current time, truncated to milliseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void a_company_grows_through_three_versions() throws Exception {
        LocalDate today = now().atZone(ZoneId.of("Europe/Vienna")).toLocalDate();
        calls.openNorth();
        calls.registerCrew("red", "standard", "60", "2026-01-01");
        calls.registerCrew("blue", "master", "90.5", "2026-01-01");
        calls.post(
                "equipment/lift-1/register",
                "{'hourlyRate': {'amount': 25, 'currency': 'EUR'}, 'serviceIntervalHours': 5}");

        assertVersionOneWorks();
        assertVersionTwoWorks(today);
        assertPlansAreListed();
        assertVersionThreeWorks(today);
        assertWhatWasDoneIsListed();
        assertACorrectionIsBilledAnew();
        assertHoursThatOverlapAreSeen();
    }

    /** Checks version 1: a job, a crew, a board and a report. */
    private static void assertVersionOneWorks() throws Exception {
        calls.createJob("4711", "2027-03-01T07:00:00Z", "3");
        calls.post("jobs/4711/crews", "{'crewId': 'red'}");
        Eventually.within(
                SOON, () -> assertThat(board("2027-03-01", "assigned")).containsExactly("4711"));
        Eventually.within(
                SOON,
                () -> assertThat(report("2027-03-01").path("open").asInt()).isEqualTo(1));
    }

    /** Checks version 2: more crews, another day, equipment. */
    private static void assertVersionTwoWorks(LocalDate today) throws Exception {
        calls.post("jobs/4711/crews", "{'crewId': 'blue'}");
        calls.post("jobs/4711/reschedule", "{'plannedStart': '2027-03-02T07:00:00Z', 'reason': 'Snow'}");
        Eventually.within(
                SOON, () -> assertThat(board("2027-03-02", "assigned")).containsExactly("4711"));
        assertThat(board("2027-03-01", "assigned")).isEmpty();
        Eventually.within(SOON, () -> {
            assertThat(report("2027-03-02").path("created").asInt()).isEqualTo(1);
            assertThat(report("2027-03-01").path("created").asInt()).isZero();
        });
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("crews/blue/schedule?from=2027-03-02T00:00:00Z")
                                .path("bookings"))
                        .hasSize(1));
        calls.post("equipment/lift-1/uses", "{'jobId': '4711', 'on': '" + today + "', 'hours': 4.5}");
        assertThat(calls.refused("equipment/lift-1/uses", "{'jobId': '4711', 'on': '" + today + "', 'hours': 19.6}"))
                .isEqualTo("too-many-hours");
    }

    /** Checks the lists of plans: all jobs of a day, jobs without a crew, crews with their free time, regions. */
    private static void assertPlansAreListed() throws Exception {
        calls.createJob("4712", "2027-03-02T06:00:00Z", "1");
        Eventually.within(SOON, () -> {
            JsonNode jobs = calls.get("regions/north/jobs?day=2027-03-02").path("jobs");
            assertThat(jobs.findValuesAsText("jobId")).containsExactly("4712", "4711");
            assertThat(jobs.findValuesAsText("state")).containsExactly("open", "assigned");
        });
        JsonNode first = calls.get("regions/north/jobs?day=2027-03-02&limit=1");
        assertThat(first.path("jobs").findValuesAsText("jobId")).containsExactly("4712");
        assertThat(calls.get("regions/north/jobs?day=2027-03-02&limit=1&after="
                                + first.path("next").asText())
                        .path("jobs")
                        .findValuesAsText("jobId"))
                .containsExactly("4711");
        assertThat(calls.get("regions/north/unassigned-jobs?atLeast=job%234712@1")
                        .path("jobs")
                        .findValuesAsText("jobId"))
                .contains("4712")
                .doesNotContain("4711");
        String day = "crews?from=2027-03-02T00:00:00Z&to=2027-03-03T00:00:00Z";
        Eventually.within(
                SOON,
                () -> assertThat(one(calls.get(day).path("crews"), "crewId", "blue")
                                .toString())
                        .isEqualTo("{\"crewId\":\"blue\",\"rateClass\":\"master\","
                                + "\"hourlyRate\":{\"amount\":90.5,\"currency\":\"EUR\"},\"free\":["
                                + "{\"from\":\"2027-03-02T00:00:00Z\",\"to\":\"2027-03-02T07:00:00Z\"},"
                                + "{\"from\":\"2027-03-02T10:00:00Z\",\"to\":\"2027-03-03T00:00:00Z\"}]}"));
        assertThatThrownBy(() -> calls.get("crews?from=2027-03-02T00:00:00Z&to=2027-03-02T00:00:00Z"))
                .hasMessageContaining("answered 400");
        Eventually.within(
                SOON,
                () -> assertThat(one(calls.get("regions").path("regions"), "regionId", "north")
                                .path("timeZone")
                                .asText())
                        .isEqualTo("Europe/Vienna"));
    }

    /** Checks the lists of what was done: work by the day of its completion, and equipment. */
    private static void assertWhatWasDoneIsListed() throws Exception {
        String completedAt = calls.get("jobs/4711").path("completedAt").asText();
        LocalDate day = LocalDate.ofInstant(Instant.parse(completedAt), ZoneId.of("Europe/Vienna"));
        Eventually.within(SOON, () -> {
            JsonNode work = calls.get("regions/north/completed-work?day=" + day);
            assertThat(work.path("totalHours").decimalValue()).isEqualByComparingTo("3.5");
            assertThat(work.path("jobs").findValuesAsText("jobId")).containsExactly("4711");
            assertThat(work.path("jobs").findValuesAsText("crewId")).containsExactly("red", "blue");
        });
        Eventually.within(SOON, () -> {
            JsonNode lift = one(calls.get("equipment").path("equipment"), "equipmentId", "lift-1");
            assertThat(lift.path("serviceIntervalHours").asInt()).isEqualTo(5);
            assertThat(lift.path("hoursSinceService").decimalValue()).isZero();
        });
    }

    /** Returns the row of a list that has this value in a field. */
    private static JsonNode one(JsonNode rows, String field, String value) {
        return rows.valueStream()
                .filter(row -> row.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + value + " in " + rows));
    }

    /** Checks version 3: the bill goes to accounting, the equipment to maintenance. */
    private static void assertVersionThreeWorks(LocalDate today) throws Exception {
        calls.post("equipment/lift-1/uses", "{'jobId': '4711', 'on': '" + today + "', 'hours': 0.5}");
        Instant done = now();
        calls.post(
                "jobs/4711/complete",
                "{'at': '" + done + "', 'crewHours': [{'crewId': 'red', 'hours': 2}, {'crewId': 'blue', 'hours': 1.5}],"
                        + " 'note': 'Boiler replaced'}");
        JsonNode billing = calls.get("jobs/4711/billing?consistency=strong");
        // 2 x 60 + 1.5 x 90.5 + 5 x 25
        assertThat(billing.path("totals").toString()).isEqualTo("[{\"amount\":380.75,\"currency\":\"EUR\"}]");
        Eventually.within(
                SOON,
                () -> assertThat(accounting.entries()).anySatisfy(entry -> {
                    assertThat(entry.path("jobId").asText()).isEqualTo("4711");
                    assertThat(entry.path("amounts").toString())
                            .isEqualTo("[{\"amount\":380.75,\"currency\":\"EUR\"}]");
                }));
        assertThat(accounting.entriesWithoutKey()).isZero();
        Eventually.within(
                SOON,
                () -> assertThat(calls.calls()
                                .get("/maintenance/equipment/lift-1/order")
                                .path("state")
                                .asText())
                        .isEqualTo("ordered"));
        assertThat(calls.send("/maintenance/equipment/lift-1/finish", "{}").statusCode())
                .isEqualTo(200);
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("equipment/lift-1/usage")
                                .path("hoursSinceService")
                                .decimalValue())
                        .isZero());
        assertThat(calls.refused("jobs/4711/cancel", "{'reason': 'Too late'}")).isEqualTo("job-completed");
    }

    /** Checks that a correction is another bill, which accounting accepts. */
    private static void assertACorrectionIsBilledAnew() throws Exception {
        Eventually.within(
                SOON,
                () -> assertThat(unaccepted())
                        .singleElement()
                        .satisfies(bill -> assertThat(bill.path("bill").asInt()).isEqualTo(1)));
        calls.post(
                "jobs/4711/correct-completion",
                "{'crewHours': [{'crewId': 'red', 'hours': 1}], 'reason': 'Blue was elsewhere'}");
        // 1 x 60 + 5 x 25
        assertThat(calls.get("jobs/4711/billing?consistency=strong")
                        .path("totals")
                        .toString())
                .isEqualTo("[{\"amount\":185,\"currency\":\"EUR\"}]");
        Eventually.within(
                SOON,
                () -> assertThat(accounting.entries()).anySatisfy(entry -> {
                    assertThat(entry.path("jobId").asText()).isEqualTo("4711");
                    assertThat(entry.path("bill").asInt()).isEqualTo(2);
                    assertThat(entry.path("amounts").toString()).isEqualTo("[{\"amount\":185,\"currency\":\"EUR\"}]");
                }));
        assertThat(calls.refused("jobs/4711/accept-bill", "{'bill': 3}")).isEqualTo("bill-not-sent");
        calls.post("jobs/4711/accept-bill", "{'bill': 2}");
        Eventually.within(SOON, () -> assertThat(unaccepted()).isEmpty());
    }

    private static JsonNode unaccepted() throws Exception {
        return calls.get("regions/north/unaccepted-bills").path("bills");
    }

    /** Checks that hours which two jobs tell are a conflict until they are corrected, and that now needs no time. */
    private static void assertHoursThatOverlapAreSeen() throws Exception {
        calls.createJob("4713", "2027-03-03T07:00:00Z", "3");
        calls.post("jobs/4713/crews", "{'crewId': 'red'}");
        calls.post("jobs/4713/complete", "{'crewHours': [{'crewId': 'red', 'hours': 1}]}");
        Eventually.within(
                SOON,
                () -> assertThat(conflicts("open")).singleElement().satisfies(conflict -> {
                    assertThat(conflict.path("crewId").asText()).isEqualTo("red");
                    assertThat(conflict.path("jobId").asText()).isEqualTo("4713");
                    assertThat(conflict.path("otherJob").asText()).isEqualTo("4711");
                }));
        calls.post("jobs/4713/correct-completion", "{'crewHours': [], 'reason': 'It was the same hour'}");
        Eventually.within(SOON, () -> assertThat(conflicts("settled")).hasSize(1));
        assertThat(conflicts("open")).isEmpty();
    }

    private static JsonNode conflicts(String state) throws Exception {
        return calls.get("crew-conflicts?state=" + state).path("conflicts");
    }

    @Test
    void a_crew_that_is_registered_under_the_id_of_a_later_claim_is_claimed_all_the_same() throws Exception {
        String foretold = "fieldops/keep-crew-calendar/job#1204@2/claim-crew-0";
        calls.post("regions/south/open", "{'timeZone': 'Europe/Rome', 'currency': 'EUR'}");
        assertThat(calls.send(
                                "/fieldops/crews/grey/register",
                                foretold,
                                "{'rateClass': 'standard', 'hourlyRate': {'amount': 50, 'currency': 'EUR'},"
                                        + " 'from': '2026-01-01'}")
                        .statusCode())
                .isIn(200, 201);
        calls.post(
                "jobs/1204/create",
                "{'customer': 'Ada Wong', 'siteAddress': '1 Mill Lane', 'regionId': 'south', 'trade': 'heating',"
                        + " 'plannedStart': '2027-05-01T07:00:00Z', 'estimatedHours': 3}");
        calls.post("jobs/1204/crews", "{'crewId': 'grey'}");
        Eventually.within(
                SOON, () -> assertThat(calls.recorded()).contains(new FieldOpsCalls.Stored("crew#grey", "CrewBooked")));
    }

    @Test
    void a_store_that_version_1_wrote_opens_and_every_view_is_right() throws Exception {
        String table = cloud.deployment().tables().stream()
                .map(one -> one.name())
                .filter(name -> name.endsWith("-fieldops-events"))
                .findFirst()
                .orElseThrow();
        for (Map<String, AttributeValue> item : versionOne()) {
            cloud.dynamo().putItem(put -> put.tableName(table).item(item));
        }

        assertJobAndBill();
        assertBoardsAndReports();
        assertTheStoryGoesOn();
        // Events from before the deployment of the handlers do not trigger them.
        assertThat(accounting.entries())
                .noneSatisfy(entry -> assertThat(entry.path("jobId").asText()).isEqualTo("1001"));
    }

    private static void assertJobAndBill() throws Exception {
        JsonNode job = calls.get("jobs/1001?atLeast=job%231001@3");
        assertThat(job.path("state").asText()).isEqualTo("completed");
        assertThat(job.path("crews").toString()).isEqualTo("[\"red\"]");
        assertThat(job.path("crewHours").toString())
                .isEqualTo("[{\"crewId\":\"red\",\"hours\":2.5,\"from\":\"2026-11-21T12:29:19Z\"}]");
        assertThat(job.path("note").asText()).isEqualTo("Pump replaced");

        JsonNode bill = calls.get("jobs/1001/billing?atLeast=job%231001@3");
        assertThat(bill.path("labour")).singleElement().satisfies(line -> {
            assertThat(line.path("crewId").asText()).isEqualTo("red");
            assertThat(line.path("rateClass").asText()).isEqualTo("standard");
            assertThat(line.path("hours").decimalValue()).isEqualByComparingTo("2.5");
            assertThat(line.path("amount").isMissingNode()
                            || line.path("amount").isNull())
                    .isTrue();
        });
        assertThat(bill.path("totals")).isEmpty();
    }

    private static void assertBoardsAndReports() {
        // 23:30 in London is the next day in Vienna, and 02:00 in London the day before in New York.
        Eventually.within(
                SOON, () -> assertThat(board("2026-11-24", "assigned")).containsExactly("1002"));
        Eventually.within(SOON, () -> assertThat(board("2026-11-24", "open")).containsExactly("1003"));
        Eventually.within(
                SOON, () -> assertThat(board("2026-11-23", "completed")).containsExactly("1001"));
        Eventually.within(SOON, () -> {
            JsonNode day = calls.get("regions/east/report?day=2026-11-23");
            assertThat(day.path("open").asInt()).isEqualTo(1);
            assertThat(day.path("currency").asText()).isEqualTo("USD");
        });
        Eventually.within(SOON, () -> {
            JsonNode day = report("2026-11-23");
            assertThat(day.path("completed").asInt()).isEqualTo(1);
            assertThat(day.path("meanTimeToComplete").asText()).isEqualTo("PT22.905S");
        });
        Eventually.within(SOON, () -> {
            JsonNode bookings = calls.get("crews/green/schedule").path("bookings");
            assertThat(bookings).hasSize(1);
            assertThat(bookings.path(0).path("rateClass").asText()).isEqualTo("standard");
            assertThat(bookings.path(0).path("end").asText()).isEqualTo("2026-11-24T10:00:00Z");
        });
    }

    /** Checks that the streams of version 1 continue. */
    private static void assertTheStoryGoesOn() throws Exception {
        assertThat(calls.refused("jobs/1001/cancel", "{'reason': 'Too late'}")).isEqualTo("job-completed");
        calls.post("jobs/1003/cancel", "{'reason': 'Moved away'}");
        calls.post("jobs/1002/reschedule", "{'plannedStart': '2026-11-26T08:00:00Z', 'reason': 'Holiday'}");
        Eventually.within(
                SOON, () -> assertThat(board("2026-11-26", "assigned")).containsExactly("1002"));
        Eventually.within(
                SOON, () -> assertThat(board("2026-11-24", "cancelled")).containsExactly("1003"));
    }

    private static List<String> board(String day, String state) throws Exception {
        JsonNode jobs =
                calls.get("regions/north/jobs?day=" + day + "&state=" + state).path("jobs");
        return jobs.findValuesAsText("jobId");
    }

    private static JsonNode report(String day) throws Exception {
        return calls.get("regions/north/report?day=" + day);
    }

    /** Returns the event table of version 1, in DynamoDB's own JSON. */
    private static List<Map<String, AttributeValue>> versionOne() throws Exception {
        try (InputStream file = FieldOpsJourneyTest.class.getResourceAsStream("fieldops-version-1.json")) {
            JsonNode items = Json.mapper().readTree(Objects.requireNonNull(file));
            return items.valueStream().map(FieldOpsJourneyTest::item).toList();
        }
    }

    private static Map<String, AttributeValue> item(JsonNode node) {
        Map<String, AttributeValue> item = new HashMap<>();
        node.properties().forEach(field -> item.put(field.getKey(), attribute(field.getValue())));
        return item;
    }

    private static AttributeValue attribute(JsonNode node) {
        Map.Entry<String, JsonNode> typed = node.properties().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(value.asText());
            case "N" -> AttributeValue.fromN(value.asText());
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "L" ->
                AttributeValue.fromL(
                        value.valueStream().map(FieldOpsJourneyTest::attribute).toList());
            case "M" -> AttributeValue.fromM(item(value));
            default -> throw new IllegalArgumentException("No event table has a " + typed.getKey());
        };
    }
}
