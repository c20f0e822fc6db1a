package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goods come in over HTTP, and orders have them set aside through the internal endpoints, many at the same time. */
class InventoryJourneyTest {
    private static final int CLIENTS = 16;
    private static final int MOST_TRIES = 50;
    private static final Duration SOON = Duration.ofSeconds(30);

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of("inventory"));
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
                        HttpRequest.newBuilder(calls.base().resolve("/inventory/products/" + path))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void receive(String product, long quantity) throws IOException, InterruptedException {
        HttpResponse<String> response = post(product + "/receive", "{'quantity': " + quantity + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** Sends a complete command, again under the same key where others were faster too often. */
    private static JsonNode send(String slice, String key, String command) throws IOException {
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", key)
                .put("actor", "tester")
                .put("correlation", key)
                .put("followedUp", false);
        message.set("command", Json.mapper().readTree(command.replace('\'', '"')));
        RuntimeException contended = new IllegalStateException("never sent");
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            try {
                return cloud.invoke(slice + "-inner", message);
            } catch (RuntimeException e) {
                contended = e;
            }
        }
        throw contended;
    }

    private static String reserve(String order, String lines) throws IOException {
        JsonNode reply =
                send("reserve-stock", "reserve-" + order, "{'orderId': '" + order + "', 'lines': " + lines + "}");
        return reply.path("rule").asText("").isEmpty()
                ? reply.path("outcome").asText()
                : reply.path("rule").asText();
    }

    private static JsonNode stock(String product) throws IOException, InterruptedException {
        return calls.get("/inventory/products/" + product + "?consistency=strong");
    }

    private static void assertStock(String product, long onHand, long reserved, long shipped) throws Exception {
        JsonNode stock = stock(product);
        assertThat(stock.path("onHand").asLong()).as(stock.toString()).isEqualTo(onHand);
        assertThat(stock.path("reserved").asLong()).as(stock.toString()).isEqualTo(reserved);
        assertThat(stock.path("available").asLong()).as(stock.toString()).isEqualTo(onHand - reserved);
        assertThat(stock.path("shipped").asLong()).as(stock.toString()).isEqualTo(shipped);
        assertThat(stock.path("received").asLong() + stock.path("adjusted").asLong())
                .as(stock.toString())
                .isEqualTo(onHand + shipped);
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

    private static String state(String order) throws IOException, InterruptedException {
        return calls.get("/inventory/reservations/" + order + "?consistency=strong")
                .path("state")
                .asText();
    }

    @Test
    void of_sixteen_orders_for_the_last_ten_pieces_exactly_ten_get_one() throws Exception {
        receive("last", 10);
        List<Callable<String>> orders = IntStream.range(0, CLIENTS)
                .<Callable<String>>mapToObj(n -> () -> reserve("last-" + n, "[{'productId': 'last', 'quantity': 1}]"))
                .toList();
        List<String> outcomes = atOnce(orders);

        assertThat(outcomes).filteredOn("accepted"::equals).hasSize(10);
        assertThat(outcomes).filteredOn("not-in-stock"::equals).hasSize(CLIENTS - 10);
        assertStock("last", 10, 10, 0);
        for (int n = 0; n < CLIENTS; n++) {
            assertThat(state("last-" + n)).isEqualTo(outcomes.get(n).equals("accepted") ? "reserved" : "refused");
        }
    }

    @Test
    void orders_that_want_several_products_in_any_order_get_all_or_none() throws Exception {
        receive("left", 8);
        receive("right", 5);
        List<Callable<String>> orders = IntStream.range(0, CLIENTS)
                .<Callable<String>>mapToObj(n -> () -> reserve(
                        "both-" + n,
                        n % 2 == 0
                                ? "[{'productId': 'left', 'quantity': 1}, {'productId': 'right', 'quantity': 1}]"
                                : "[{'productId': 'right', 'quantity': 1}, {'productId': 'left', 'quantity': 1}]"))
                .toList();

        assertThat(atOnce(orders)).filteredOn("accepted"::equals).hasSize(5);
        assertStock("left", 8, 5, 0);
        assertStock("right", 5, 5, 0);
    }

    @Test
    void an_order_of_ninety_products_is_set_aside_shipped_and_taken_back_in_one_transaction_each() throws Exception {
        for (int n = 0; n < 90; n++) {
            receive("many-" + n, 2);
        }
        String lines = IntStream.range(0, 90)
                .mapToObj(n -> "{'productId': 'many-" + n + "', 'quantity': 2}")
                .collect(Collectors.joining(", ", "[", "]"));
        assertThat(reserve("ninety", lines)).isEqualTo("accepted");
        assertThat(reserve("too-late", "[{'productId': 'many-89', 'quantity': 1}]"))
                .isEqualTo("not-in-stock");
        assertStock("many-0", 2, 2, 0);
        assertThat(send("ship-stock", "ship-ninety", "{'orderId': 'ninety'}")
                        .path("outcome")
                        .asText())
                .isEqualTo("accepted");
        assertThat(send("ship-stock", "ship-ninety", "{'orderId': 'ninety'}")
                        .path("outcome")
                        .asText())
                .isEqualTo("accepted");
        assertStock("many-89", 0, 0, 2);
        String back = "{'orderId': 'ninety', 'lines': [{'productId': 'many-7', 'quantity': 2}]}";
        assertThat(send("return-stock", "back-ninety", back).path("outcome").asText())
                .isEqualTo("accepted");
        assertThat(send("return-stock", "again-ninety", back).path("rule").asText())
                .isEqualTo("more-than-shipped");
        assertStock("many-7", 2, 0, 0);
        assertThat(state("ninety")).isEqualTo("shipped");
    }

    @Test
    void what_is_released_is_available_and_a_release_before_the_order_is_remembered() throws Exception {
        receive("loose", 1);
        assertThat(reserve("first", "[{'productId': 'loose', 'quantity': 1}]")).isEqualTo("accepted");
        send("release-stock", "release-first", "{'orderId': 'first'}");
        assertStock("loose", 1, 0, 0);
        send("release-stock", "release-second", "{'orderId': 'second'}");
        assertThat(reserve("second", "[{'productId': 'loose', 'quantity': 1}]")).isEqualTo("already-released");
        assertThat(reserve("third", "[{'productId': 'loose', 'quantity': 1}]")).isEqualTo("accepted");
        assertThat(send("ship-stock", "ship-first", "{'orderId': 'first'}")
                        .path("rule")
                        .asText())
                .isEqualTo("already-released");
    }

    @Test
    void a_product_below_its_reorder_level_is_listed_until_goods_come_in() throws Exception {
        receive("scarce", 3);
        assertThat(post("scarce/reorder-level", "{'quantity': 4}").statusCode()).isEqualTo(200);
        Eventually.within(SOON, () -> assertThat(low("scarce")).isEqualTo(3));
        receive("scarce", 1);
        Eventually.within(SOON, () -> assertThat(low("scarce")).isEqualTo(-1));
    }

    /** The available pieces of a product in the list; -1 if it is not listed. */
    private static long low(String product) throws IOException, InterruptedException {
        for (JsonNode line : calls.get("/inventory/low-stock").path("products")) {
            if (line.path("productId").asText().equals(product)) {
                return line.path("available").asLong();
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receive       | {'quantity': 0}                      | 422 | quantity-out-of-range",
                "receive       | {'quantity': 1000001}                | 422 | quantity-out-of-range",
                "receive       | {'quantity': 1.5}                    | 400 | ''",
                "receive       | {'quantity': '1'}                    | 400 | ''",
                "receive       | {}                                   | 400 | ''",
                "receive       | {'quantity': 1, 'colour': 'red'}     | 400 | ''",
                "adjust        | {'quantity': -1, 'reason': 'broken'} | 422 | never-received",
                "adjust        | {'quantity': 0, 'reason': 'broken'}  | 422 | quantity-out-of-range",
                "adjust        | {'quantity': 1, 'reason': ' '}       | 422 | reason-missing",
                "adjust        | {'quantity': 1}                      | 400 | ''",
                "reorder-level | {'quantity': -1}                     | 422 | level-out-of-range"
            })
    void bad_input_is_told_and_changes_nothing(String what, String body, int status, String rule) throws Exception {
        HttpResponse<String> response = post("unheard-of/" + what, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Json.mapper().readTree(response.body()).path("rule").asText())
                .isEqualTo(rule);
        HttpResponse<String> shown = calls.client()
                .send(
                        HttpRequest.newBuilder(
                                        calls.base().resolve("/inventory/products/unheard-of?consistency=strong"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(404);
    }
}
