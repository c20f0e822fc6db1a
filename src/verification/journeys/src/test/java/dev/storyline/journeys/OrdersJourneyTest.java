package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers order, pay, cancel and return over HTTP; the inventory and the deadlines do their part. */
class OrdersJourneyTest {
    private static final int CLIENTS = 16;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ADDRESS =
            "{'name': 'Ada Wong', 'street': '1 Mill Lane', 'city': '1010 Vienna', 'country': 'AT'}";

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .of("inventory", "orders", "catalogue")
                .with(Map.of("PaymentWithin", "600")));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        calls.client().close();
        cloud.close();
    }

    private static HttpResponse<String> post(String path, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(calls.base().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return calls.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    private static JsonNode accepted(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, "", body);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        return json(response);
    }

    private static String refused(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, "", body);
        assertThat(response.statusCode()).as(response.body()).isIn(404, 422);
        return json(response).path("rule").asText();
    }

    /** Tells of an event of the catalogue, as its bus does. */
    private static void told(String event, String id, Map<String, ?> data) throws IOException {
        String slice = switch (event) {
            case "ProductOffered" -> "record-offer";
            case "PriceChanged" -> "record-price";
            default -> "record-retirement";
        };
        JsonNode reply = cloud.invoke(
                slice + "-translation",
                Json.mapper()
                        .readTree(LambdaEvents.messages(
                                LambdaEvents.cloudEvent("catalogue." + event + ".v1", id, data))));
        assertThat(reply.path("batchItemFailures")).as("%s", reply).isEmpty();
    }

    private static Map<String, Object> euro(String amount) {
        return Map.of("amount", new BigDecimal(amount), "currency", "EUR");
    }

    /** Offers a product since an hour, and brings so many pieces into the warehouse. */
    private static void sell(String product, String price, String taxRate, long pieces) throws Exception {
        told(
                "ProductOffered",
                "offer-" + product,
                Map.of(
                        "productId",
                        product,
                        "name",
                        "A " + product,
                        "category",
                        "furniture",
                        "price",
                        euro(price),
                        "taxRate",
                        new BigDecimal(taxRate),
                        "at",
                        cloud.clock().instant().minus(Duration.ofHours(1)).toString()));
        if (pieces > 0) {
            accepted("/inventory/products/" + product + "/receive", "{'quantity': " + pieces + "}");
        }
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/orders/offers/" + product)
                                .path("taxRate")
                                .decimalValue())
                        .isEqualByComparingTo(taxRate));
    }

    private static String line(String product, long quantity, String price) {
        return "{'productId': '" + product + "', 'quantity': " + quantity + ", 'price': {'amount': " + price
                + ", 'currency': 'EUR'}}";
    }

    private static String order(String customer, String... lines) {
        return "{'customerId': '" + customer + "', 'lines': [" + String.join(", ", lines) + "], 'deliveryAddress': "
                + ADDRESS + "}";
    }

    private static String placed(String customer, String... lines) throws Exception {
        return accepted("/orders/orders", order(customer, lines))
                .path("orderId")
                .asText();
    }

    private static JsonNode shown(String order) throws IOException, InterruptedException {
        return calls.get("/orders/orders/" + order + "?consistency=strong");
    }

    private static void assertBecomes(String order, String state) {
        Eventually.within(
                SOON, () -> assertThat(shown(order).path("state").asText()).isEqualTo(state));
    }

    private static void assertReserved(String order) {
        Eventually.within(
                SOON,
                () -> assertThat(shown(order).path("reserved").asBoolean()).isTrue());
    }

    private static String pay(String reference, String amount) {
        return "{'reference': '" + reference + "', 'amount': {'amount': " + amount + ", 'currency': 'EUR'}}";
    }

    private static JsonNode paid(String order, String reference, String amount) throws Exception {
        return accepted("/orders/orders/" + order + "/pay", pay(reference, amount));
    }

    private static void assertStock(String product, long onHand, long reserved) {
        Eventually.within(SOON, () -> {
            JsonNode stock = calls.get("/inventory/products/" + product + "?consistency=strong");
            assertThat(stock.path("onHand").asLong()).as("%s", stock).isEqualTo(onHand);
            assertThat(stock.path("reserved").asLong()).as("%s", stock).isEqualTo(reserved);
        });
    }

    private static BigDecimal refunded(String order) throws Exception {
        return shown(order).path("refunded").path("amount").decimalValue();
    }

    @Test
    void an_order_is_paid_reserved_shipped_returned_in_parts_and_refunded_to_the_cent() throws Exception {
        sell("oak", "3.333", "0.2", 10);
        sell("ash", "99.9", "0.1", 5);
        String order = placed("ada", line("oak", 3, "3.333"), line("ash", 1, "99.90"));
        JsonNode created = shown(order);
        assertThat(created.path("net").path("amount").decimalValue()).isEqualByComparingTo("109.9");
        assertThat(created.path("tax").path("amount").decimalValue()).isEqualByComparingTo("11.99");
        assertThat(created.path("gross").path("amount").decimalValue()).isEqualByComparingTo("121.89");

        assertThat(refused("/orders/orders/" + order + "/ship", "{'carrier': 'Swift', 'tracking': 'T-1'}"))
                .isEqualTo("not-paid");
        paid(order, "journey-1", "121.89");
        assertReserved(order);
        Eventually.within(SOON, () -> assertThat(open()).contains(order));
        accepted("/orders/orders/" + order + "/ship", "{'carrier': 'Swift', 'tracking': 'T-1'}");
        assertStock("oak", 7, 0);
        Eventually.within(SOON, () -> assertThat(open()).doesNotContain(order));

        returned(order, "{'lines': [{'productId': 'oak', 'quantity': 1}], 'reason': 'Too small'}");
        Eventually.within(SOON, () -> assertThat(refunded(order)).isEqualByComparingTo("4"));
        assertThat(refused(
                        "/orders/orders/" + order + "/return",
                        "{'lines': [{'productId': 'oak', 'quantity': 3}], 'reason': 'Too small'}"))
                .isEqualTo("more-than-shipped");
        returned(order, "{'reason': 'Too small'}");
        Eventually.within(SOON, () -> assertThat(refunded(order)).isEqualByComparingTo("121.89"));
        assertBecomes(order, "returned");
        assertStock("oak", 10, 0);
        assertStock("ash", 5, 0);
        assertThat(refused("/orders/orders/" + order + "/cancel", "{'reason': 'Late'}"))
                .isEqualTo("already-shipped");
    }

    /** Goods come back as soon as the inventory has booked them out. */
    private static void returned(String order, String body) {
        Eventually.within(SOON, () -> accepted("/orders/orders/" + order + "/return", body));
    }

    private static List<String> open() throws IOException, InterruptedException {
        return calls.get("/orders/open").path("orders").findValuesAsText("orderId");
    }

    @Test
    void of_sixteen_clients_who_want_the_last_ten_pieces_exactly_ten_get_one() throws Exception {
        sell("last", "60", "0.2", 10);
        List<Callable<String>> orders = IntStream.range(0, CLIENTS)
                .<Callable<String>>mapToObj(n -> () -> placed("client-" + n, line("last", 1, "60")))
                .toList();
        List<String> placed = atOnce(orders);

        Eventually.within(SOON, () -> {
            List<String> states = new ArrayList<>();
            for (String order : placed) {
                states.add(shown(order).path("state").asText());
            }
            assertThat(states).filteredOn("reserved"::equals).hasSize(10);
            assertThat(states).filteredOn("cancelled"::equals).hasSize(CLIENTS - 10);
        });
        for (String order : placed) {
            JsonNode shown = shown(order);
            if (!shown.path("reserved").asBoolean()) {
                assertThat(shown.path("reason").asText()).isEqualTo("out-of-stock");
                assertThat(shown.path("missing").path(0).path("productId").asText())
                        .isEqualTo("last");
            }
        }
        assertStock("last", 10, 10);
    }

    private static List<String> atOnce(List<Callable<String>> orders) throws Exception {
        CyclicBarrier together = new CyclicBarrier(orders.size());
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(orders.size())) {
            List<Callable<String>> all = orders.stream()
                    .<Callable<String>>map(order -> () -> {
                        together.await();
                        return order.call();
                    })
                    .toList();
            for (Future<String> outcome : executor.invokeAll(all)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    @Test
    void an_order_that_nobody_pays_is_cancelled_at_its_deadline_and_its_stock_is_free_again() throws Exception {
        sell("late", "60", "0", 1);
        String unpaid = placed("ada", line("late", 1, "60"));
        assertBecomes(unpaid, "reserved");
        assertStock("late", 1, 1);

        cloud.clock().moveBy(Duration.ofMinutes(11));

        assertBecomes(unpaid, "cancelled");
        assertThat(shown(unpaid).path("reason").asText()).isEqualTo("not-paid");
        assertStock("late", 1, 0);
        String next = placed("bob", line("late", 1, "60"));
        assertBecomes(next, "reserved");
        paid(next, "journey-late-1", "60");

        // The money for the first one comes after all, and goes back.
        paid(unpaid, "journey-late-2", "60");
        assertBecomes(unpaid, "refunded");
        assertThat(refunded(unpaid)).isEqualByComparingTo("60");
        cloud.clock().moveBy(Duration.ofMinutes(11));
        assertThat(shown(next).path("state").asText()).isEqualTo("paid");
    }

    @Test
    void a_paid_order_is_refunded_when_it_is_cancelled_or_its_stock_is_missing() throws Exception {
        sell("few", "60", "0.2", 1);
        String first = placed("ada", line("few", 1, "60"));
        assertReserved(first);
        String second = placed("bob", line("few", 1, "60"));
        paid(second, "journey-few-2", "72");
        assertBecomes(second, "refunded");
        assertThat(shown(second).path("reason").asText()).isEqualTo("out-of-stock");

        paid(first, "journey-few-1", "72");
        accepted("/orders/orders/" + first + "/cancel", "{'reason': 'Changed my mind'}");
        assertBecomes(first, "refunded");
        assertThat(refunded(first)).isEqualByComparingTo("72");
        assertStock("few", 1, 0);
    }

    @Test
    void a_payment_belongs_to_one_order_and_an_order_to_one_payment() throws Exception {
        sell("paid", "10", "0", 10);
        String one = placed("ada", line("paid", 1, "10"));
        String other = placed("ada", line("paid", 1, "10"));
        String reference = "p".repeat(100);

        assertThat(refused("/orders/orders/" + one + "/pay", pay(reference, "9.99")))
                .isEqualTo("wrong-amount");
        assertThat(refused("/orders/orders/nobody/pay", pay(reference, "10"))).isEqualTo("order-not-found");
        assertThat(paid(one, reference, "10").path("events")).hasSize(1);
        assertThat(paid(one, reference, "10.00").path("events"))
                .as("the same payment under another key")
                .isEmpty();
        assertThat(refused("/orders/orders/" + other + "/pay", pay(reference, "10")))
                .isEqualTo("payment-reference-used");
        assertThat(refused("/orders/orders/" + one + "/pay", pay("journey-second", "10")))
                .isEqualTo("already-paid");
    }

    @Test
    void a_retry_under_one_key_places_one_order_and_another_customer_may_have_the_same_key() throws Exception {
        sell("once", "10", "0", 10);
        HttpResponse<String> first = post("/orders/orders", "same-key", order("ada", line("once", 1, "10")));
        HttpResponse<String> again = post("/orders/orders", "same-key", order("ada", line("once", 1, "10")));
        HttpResponse<String> other = post("/orders/orders", "same-key", order("bob", line("once", 1, "10")));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("location"))
                .hasValue("/orders/orders/" + json(first).path("orderId").asText());
        assertThat(json(other).path("orderId").asText())
                .isNotEmpty()
                .isNotEqualTo(json(first).path("orderId").asText());
        assertThat(post("/orders/orders", "same-key", order("ada", line("once", 2, "10")))
                        .statusCode())
                .isEqualTo(422);
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/orders/customers/ada/orders")
                                .path("orders")
                                .findValuesAsText("orderId"))
                        .contains(json(first).path("orderId").asText()));
    }

    @Test
    void an_order_of_ninety_products_is_placed_reserved_and_shipped() throws Exception {
        for (int n = 0; n < 90; n++) {
            sell("many-" + n, "1", "0.2", 2);
        }
        String[] lines =
                IntStream.range(0, 90).mapToObj(n -> line("many-" + n, 2, "1")).toArray(String[]::new);
        String order = placed("ada", lines);
        paid(order, "journey-many", "216");
        assertReserved(order);
        accepted("/orders/orders/" + order + "/ship", "{'carrier': 'Swift', 'tracking': 'T-90'}");
        assertStock("many-89", 0, 0);
        assertThat(refused(
                        "/orders/orders",
                        order(
                                "ada",
                                IntStream.range(0, 91)
                                        .mapToObj(n -> line("many-" + n, 1, "1"))
                                        .toArray(String[]::new))))
                .isEqualTo("too-many-lines");
    }

    @Test
    void an_old_price_holds_for_a_while_and_a_retired_product_is_not_sold() throws Exception {
        sell("dear", "60", "0", 0);
        Instant now = cloud.clock().instant();
        told(
                "PriceChanged",
                "price-dear",
                Map.of(
                        "productId", "dear",
                        "price", euro("70"),
                        "from", now.minusSeconds(60).toString(),
                        "at", now.minusSeconds(60).toString()));
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/orders/offers/dear").path("prices"))
                        .hasSize(2));
        placed("ada", line("dear", 1, "60"));
        placed("ada", line("dear", 1, "70"));
        assertThat(refused("/orders/orders", order("ada", line("dear", 1, "65"))))
                .isEqualTo("price-not-offered");
        told("ProductRetired", "retired-dear", Map.of("productId", "dear", "at", now.toString()));
        Eventually.within(
                SOON,
                () -> assertThat(refused("/orders/orders", order("ada", line("dear", 1, "70"))))
                        .isEqualTo("product-retired"));
    }

    @Test
    void sales_are_what_was_ordered_without_what_was_cancelled() throws Exception {
        sell("sold", "10", "0.2", 10);
        String kept = placed("ada", line("sold", 3, "10"));
        String cancelled = placed("ada", line("sold", 2, "10"));
        accepted("/orders/orders/" + cancelled + "/cancel", "{'reason': 'Changed my mind'}");
        String day = LocalDate.ofInstant(
                        Instant.parse(shown(kept).path("placedAt").asText()), ZoneOffset.UTC)
                .toString();
        Eventually.within(SOON, () -> {
            JsonNode sales = calls.get("/orders/sales?day=" + day);
            List<JsonNode> lines = new ArrayList<>();
            sales.path("products").forEach(one -> {
                if (one.path("productId").asText().equals("sold")) {
                    lines.add(one);
                }
            });
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst().path("pieces").asLong()).isEqualTo(3);
            assertThat(lines.getFirst().path("net").path("amount").decimalValue())
                    .isEqualByComparingTo("30");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'customerId': 'ada', 'lines': [], 'deliveryAddress': ADDRESS}                                       | 422",
                "{'customerId': 'ada', 'lines': [LINE], 'deliveryAddress': {}}                                        | 400",
                "{'lines': [LINE], 'deliveryAddress': ADDRESS}                                                        | 400",
                "{'customerId': 'a#b', 'lines': [LINE], 'deliveryAddress': ADDRESS}                                   | 400",
                "{'customerId': 'ada', 'lines': [{'productId': 'x'}], 'deliveryAddress': ADDRESS}                     | 400",
                "{'customerId': 'ada', 'lines': [LINE], 'deliveryAddress': ADDRESS, 'orderId': 'mine'}                | 400",
                "{'customerId': 'ada', 'lines': [LINE], 'deliveryAddress': ADDRESS}                                   | 422"
            })
    void bad_input_is_told(String body, int status) throws Exception {
        HttpResponse<String> response = post(
                "/orders/orders",
                "",
                body.replace("LINE", line("unheard-of", 1, "10")).replace("ADDRESS", ADDRESS));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void the_orders_of_a_customer_come_in_pages_the_latest_first() throws Exception {
        sell("paged", "10", "0", 10);
        List<String> placed = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            placed.addFirst(placed("pager", line("paged", 1, "10")));
        }
        Eventually.within(SOON, () -> {
            List<String> seen = new ArrayList<>();
            String after = "";
            do {
                JsonNode page = calls.get("/orders/customers/pager/orders?limit=2&after=" + after);
                seen.addAll(page.path("orders").findValuesAsText("orderId"));
                after = page.path("next").asText("");
                after = after.equals("null") ? "" : after;
            } while (!after.isEmpty());
            assertThat(seen).isEqualTo(placed);
        });
    }
}
