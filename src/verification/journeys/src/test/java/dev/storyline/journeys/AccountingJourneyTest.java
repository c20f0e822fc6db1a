package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What field operations bill and what orders tell is in the books, is paid, corrected and closed over HTTP. */
class AccountingJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CLIENTS = 8;

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(
                new LocalCloud.Options(Repository.root(), 0, null).of("accounting", "fieldops", "maintenance"));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        calls.client().close();
        cloud.close();
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve(path))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void done(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    }

    private static String rule(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body()).path("rule").asText();
    }

    /** Delivers a public event of orders, as its context will publish it. */
    private static void told(String slice, String type, String id, String data) throws IOException {
        Map<String, JsonNode> fields = new TreeMap<>();
        Json.mapper()
                .readTree(data.replace('\'', '"'))
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        String messages = LambdaEvents.messages(LambdaEvents.cloudEvent("orders." + type + ".v1", id, fields));
        JsonNode reply = cloud.invoke(slice + "-translation", Json.mapper().readTree(messages));
        assertThat(reply.path("batchItemFailures")).as(reply.toString()).isEmpty();
    }

    private static String order(String order, Instant at) {
        return "{'orderId': '" + order + "', 'customerId': 'ada', 'at': '" + at + "', 'reference': 'pay-" + order
                + "', 'returnId': 1, 'reason': 'broken', 'lines': [], 'amount': {'amount': 120, 'currency': 'EUR'}, "
                + "'net': {'amount': 100, 'currency': 'EUR'}, 'tax': {'amount': 20, 'currency': 'EUR'}, "
                + "'gross': {'amount': 120, 'currency': 'EUR'}}";
    }

    /** Charges, payments, refunds and balance of a customer in one currency; a customer without entries has none. */
    private static String balance(String customer, String query) throws IOException, InterruptedException {
        HttpResponse<String> response = calls.client()
                .send(
                        HttpRequest.newBuilder(
                                        calls.base().resolve("/accounting/customers/" + customer + "/balance" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isIn(200, 404);
        JsonNode balances = Json.mapper().readTree(response.body()).path("balances");
        return balances.isEmpty()
                ? "none"
                : amount(balances, "charges") + " - " + amount(balances, "payments") + " + "
                        + amount(balances, "refunds") + " = " + amount(balances, "balance");
    }

    private static String amount(JsonNode balances, String field) {
        return balances.path(0).path(field).path("amount").decimalValue().toPlainString();
    }

    private static String open(String item) throws IOException, InterruptedException {
        for (JsonNode one : calls.get("/accounting/open-items").path("items")) {
            if (one.path("item").asText().equals(item)) {
                return one.path("open").path(0).path("amount").decimalValue().toPlainString();
            }
        }
        return "none";
    }

    private static void assertBalanced() throws Exception {
        JsonNode trial = calls.get("/accounting/trial-balance");
        assertThat(trial.path("balanced").asBoolean()).as(trial.toString()).isTrue();
    }

    private static String entry(String source) {
        return UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Test
    void a_job_is_billed_paid_in_part_and_written_off() throws Exception {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        done("/fieldops/regions/vat/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR', 'taxRate': 0.2}");
        done(
                "/fieldops/crews/red/register",
                "{'rateClass': 'standard', 'hourlyRate': {'amount': 60, 'currency': 'EUR'}, 'from': '2026-01-01'}");
        done(
                "/fieldops/jobs/j1/create",
                "{'customer': 'Bo', 'customerId': 'bo', 'siteAddress': 'here', 'regionId': 'vat', 'trade': 'heating', 'plannedStart': '"
                        + Instant.now().plus(1, ChronoUnit.DAYS) + "', 'estimatedHours': 3}");
        done("/fieldops/jobs/j1/crews", "{'crewId': 'red'}");
        assertThat(rule(post("/fieldops/jobs/j1/write-off", "{'reason': 'bankrupt'}")))
                .isEqualTo("job-not-billed");
        done("/fieldops/jobs/j1/complete", "{'crewHours': [{'crewId': 'red', 'hours': 2}]}");
        Eventually.within(SOON, () -> assertThat(balance("bo", "")).isEqualTo("144 - 0 + 0 = 144"));
        Eventually.within(SOON, () -> assertThat(open("job#j1")).isEqualTo("144"));

        done(
                "/fieldops/jobs/j1/correct-completion",
                "{'crewHours': [{'crewId': 'red', 'hours': 1}], 'reason': 'A slip of the pen'}");
        Eventually.within(SOON, () -> assertThat(balance("bo", "")).isEqualTo("72 - 0 + 0 = 72"));

        String payment =
                "{'customerId': 'bo', 'reference': 'bo-1', 'amount': {'amount': 12, 'currency': 'EUR'}, 'of': 'j1'}";
        assertThat(post("/accounting/payments", payment).statusCode()).isEqualTo(201);
        assertThat(post("/accounting/payments", payment).statusCode()).isEqualTo(200);
        Eventually.within(SOON, () -> assertThat(balance("bo", "")).isEqualTo("72 - 12 + 0 = 60"));
        Eventually.within(SOON, () -> assertThat(open("job#j1")).isEqualTo("60"));

        done("/fieldops/jobs/j1/write-off", "{'reason': 'bankrupt'}");
        assertThat(rule(post("/fieldops/jobs/j1/write-off", "{'reason': 'bankrupt'}")))
                .isEqualTo("already-written-off");
        Eventually.within(SOON, () -> assertThat(balance("bo", "")).isEqualTo("12 - 12 + 0 = 0"));
        Eventually.within(SOON, () -> assertThat(open("job#j1")).isEqualTo("none"));
        JsonNode explained = calls.get("/accounting/entries/" + entry("fieldops/JobWrittenOff/j1") + "/explain");
        assertThat(explained.path("reason").asText()).isEqualTo("bankrupt");
        assertThat(explained.path("actor").asText()).isEqualTo("urn:storyline:fieldops");
        assertThat(explained.path("event").asText()).isNotEmpty();
        assertThat(calls.get("/accounting/journal?customerId=bo&month=" + YearMonth.from(today))
                        .path("entries"))
                .hasSize(4);
        Eventually.within(SOON, AccountingJourneyTest::assertBalanced);
    }

    @Test
    void an_order_is_in_the_books_once_and_a_late_fact_on_the_first_open_day() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        YearMonth last = YearMonth.from(now.atZone(ZoneOffset.UTC)).minusMonths(2);
        Instant then = last.atDay(10).atStartOfDay(ZoneOffset.UTC).toInstant();
        told("open-order", "OrderCreated", "c1", order("o1", then));
        Eventually.within(SOON, () -> assertThat(open("order#o1")).isEqualTo("120"));
        told("post-orders", "OrderPaid", "p1", order("o1", then));
        told("post-orders", "OrderPaid", "p1", order("o1", then));
        told("post-orders", "OrderPaid", "p2", order("o1", then));
        Eventually.within(SOON, () -> assertThat(open("order#o1")).isEqualTo("none"));
        Eventually.within(SOON, () -> assertThat(balance("ada", "")).isEqualTo("0 - 120 + 0 = -120"));

        done("/accounting/months/" + last + "/close", "{}");
        assertThat(rule(post("/accounting/months/" + last.plusMonths(2) + "/close", "{}")))
                .isIn("month-not-over", "earlier-month-open");
        told("post-orders", "OrderShipped", "s1", order("o1", then.plus(1, ChronoUnit.DAYS)));
        Eventually.within(SOON, () -> assertThat(balance("ada", "")).isEqualTo("120 - 120 + 0 = 0"));
        assertThat(balance("ada", "?asOf=" + last.atDay(10))).isEqualTo("0 - 120 + 0 = -120");
        assertThat(balance("ada", "?asOf=" + last.atDay(11))).isEqualTo("120 - 120 + 0 = 0");
        assertThat(balance("ada", "?knownAt=" + now)).isEqualTo("none");
        JsonNode sale = calls.get("/accounting/entries/" + entry("orders/OrderShipped/o1") + "/explain");
        assertThat(sale.path("effectiveOn").asText()).isEqualTo(last.atDay(11).toString());
        assertThat(sale.path("bookedOn").asText())
                .isEqualTo(last.plusMonths(1).atDay(1).toString());
        assertThat(calls.get("/accounting/revenue?month=" + last).path("revenues"))
                .isEmpty();
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/accounting/revenue?month=" + last.plusMonths(1))
                                .path("revenues")
                                .path(0)
                                .path("revenue")
                                .path("amount")
                                .asInt())
                        .isEqualTo(100));

        String reverse = "/accounting/entries/" + entry("orders/OrderPaid/o1/pay-o1") + "/reverse";
        assertThat(rule(post(reverse, "{'reason': 'bounced', 'on': '" + last.atDay(20) + "'}")))
                .isEqualTo("month-closed");
        done(reverse, "{'reason': 'bounced', 'on': '" + last.plusMonths(1).atDay(2) + "'}");
        assertThat(rule(post(
                        reverse,
                        "{'reason': 'bounced', 'on': '" + last.plusMonths(1).atDay(2) + "'}")))
                .isEqualTo("already-reversed");
        Eventually.within(SOON, () -> assertThat(open("order#o1")).isEqualTo("120"));
        Eventually.within(SOON, () -> assertThat(balance("ada", "")).isEqualTo("120 - 0 + 0 = 120"));
        Eventually.within(SOON, AccountingJourneyTest::assertBalanced);
    }

    @Test
    void a_payment_that_many_send_at_once_is_recorded_once() throws Exception {
        List<Callable<Integer>> sending = new ArrayList<>();
        for (int n = 0; n < CLIENTS; n++) {
            sending.add(() -> post(
                            "/accounting/payments",
                            "{'customerId': 'cy', 'reference': 'cy-1', 'amount': {'amount': 7, 'currency': 'EUR'}}")
                    .statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Integer> answer : executor.invokeAll(sending)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
        Eventually.within(SOON, () -> assertThat(balance("cy", "")).isEqualTo("0 - 7 + 0 = -7"));
        assertThat(rule(post(
                        "/accounting/payments",
                        "{'customerId': 'cy', 'reference': 'cy-1', 'amount': {'amount': 8, 'currency': 'EUR'}}")))
                .isEqualTo("payment-reference-used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payments | {'customerId': 'x', 'reference': 'b', 'amount': {'amount': 0, 'currency': 'EUR'}}              | 422 | amount-not-positive",
                "payments | {'customerId': 'x', 'reference': 'b', 'amount': {'amount': 1, 'currency': 'XXX'}}              | 422 | unknown-currency",
                "payments | {'customerId': 'x', 'reference': 'b', 'amount': {'amount': 1000000000000, 'currency': 'EUR'}}  | 400 | ''",
                "payments | {'customerId': 'x', 'reference': 'b', 'amount': {'amount': 1, 'currency': 'EUR'}, 'of': 'j9'}  | 422 | job-not-billed",
                "payments | {'customerId': '#', 'reference': 'b', 'amount': {'amount': 1, 'currency': 'EUR'}}              | 400 | ''",
                "payments | {'customerId': 'x', 'amount': {'amount': 1, 'currency': 'EUR'}}                                | 400 | ''",
                "entries/e9/reverse | {'reason': 'typo', 'on': '2026-01-01'}                                               | 404 | entry-not-found",
                "entries/e9/reverse | {'reason': 'typo', 'on': 'today'}                                                    | 400 | ''",
                "months/2026-13/close | {}                                                                                 | 422 | not-a-month",
                "months/2998-01/close | {}                                                                                 | 422 | month-not-over"
            })
    void bad_input_is_told_and_changes_nothing(String path, String body, int status, String rule) throws Exception {
        HttpResponse<String> response = post("/accounting/" + path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(rule(response)).isEqualTo(rule);
        assertThat(balance("x", "")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"journal?month=2026", "journal?month=2026-12&account=cash", "revenue?month=12"})
    void bad_queries_are_told(String query) throws Exception {
        HttpResponse<String> response = calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve("/accounting/" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }
}
