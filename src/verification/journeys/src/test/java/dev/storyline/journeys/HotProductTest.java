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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock of hot products lies in several bins, and orders still have all of their products or none. */
class HotProductTest {
    private static final int CLIENTS = 16;
    private static final int MOST_TRIES = 50;

    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        Map<String, String> shards = Map.of("StockShards", "last=4,wide=3,back=2,seen=2");
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .of("inventory")
                .with(shards));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        calls.client().close();
        cloud.close();
    }

    private static void receive(String bin, long quantity) throws IOException, InterruptedException {
        HttpResponse<String> response = calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve("/inventory/products/" + bin + "/receive"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\": " + quantity + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** Sends a complete command, again under the same key where others were faster too often. */
    private static String send(String slice, String command) throws IOException {
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", slice + command)
                .put("actor", "tester")
                .put("correlation", "test")
                .put("followedUp", false);
        message.set("command", Json.mapper().readTree(command.replace('\'', '"')));
        RuntimeException contended = new IllegalStateException("never sent");
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            try {
                JsonNode reply = cloud.invoke(slice + "-inner", message);
                return reply.path("rule").asText(reply.path("outcome").asText());
            } catch (RuntimeException e) {
                contended = e;
            }
        }
        throw contended;
    }

    private static String reserve(String order, String product, long quantity) throws IOException {
        return send(
                "reserve-stock",
                "{'orderId': '" + order + "', 'lines': [{'productId': '" + product + "', 'quantity': " + quantity
                        + "}]}");
    }

    private static JsonNode stock(String bin) throws IOException, InterruptedException {
        return calls.get("/inventory/products/" + bin + "?consistency=strong");
    }

    private static void assertStock(String bin, long onHand, long reserved, long shipped) throws Exception {
        JsonNode stock = stock(bin);
        assertThat(stock.path("onHand").asLong()).as(stock.toString()).isEqualTo(onHand);
        assertThat(stock.path("reserved").asLong()).as(stock.toString()).isEqualTo(reserved);
        assertThat(stock.path("available").asLong()).as(stock.toString()).isEqualTo(onHand - reserved);
        assertThat(stock.path("shipped").asLong()).as(stock.toString()).isEqualTo(shipped);
    }

    private static JsonNode reservation(String order) throws IOException, InterruptedException {
        return calls.get("/inventory/reservations/" + order + "?consistency=strong");
    }

    @Test
    void of_sixteen_orders_for_the_last_ten_pieces_in_four_bins_exactly_ten_get_one() throws Exception {
        receive("last", 3);
        receive("last.2", 3);
        receive("last.3", 2);
        receive("last.4", 2);
        List<Callable<String>> orders = new ArrayList<>();
        for (int n = 0; n < CLIENTS; n++) {
            String order = "last-" + n;
            orders.add(() -> reserve(order, "last", 1));
        }
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<String> outcome : executor.invokeAll(orders)) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).filteredOn("accepted"::equals).hasSize(10);
        assertThat(outcomes).filteredOn("not-in-stock"::equals).hasSize(CLIENTS - 10);
        assertStock("last", 10, 10, 0);
        for (String bin : List.of("last.2", "last.3", "last.4")) {
            JsonNode stock = stock(bin);
            assertThat(stock.path("available").asLong()).as(stock.toString()).isZero();
        }
    }

    @Test
    void an_order_that_no_bin_can_serve_takes_from_several_and_gives_back_to_them() throws Exception {
        receive("wide", 2);
        receive("wide.2", 2);
        receive("wide.3", 2);
        assertThat(reserve("many", "wide", 5)).isEqualTo("accepted");
        assertStock("wide", 6, 5, 0);
        assertThat(reservation("many").path("lines")).hasSize(3);
        assertThat(reserve("more", "wide", 2)).isEqualTo("not-in-stock");
        assertThat(reservation("more").path("missing").path(0).path("available").asLong())
                .isEqualTo(1);
        assertThat(send("release-stock", "{'orderId': 'many'}")).isEqualTo("accepted");
        assertStock("wide", 6, 0, 0);
        assertStock("wide.2", 2, 0, 0);
        assertThat(reserve("all", "wide", 6)).isEqualTo("accepted");
    }

    @Test
    void what_left_a_bin_comes_back_to_it() throws Exception {
        receive("back", 1);
        receive("back.2", 1);
        assertThat(reserve("two", "back", 2)).isEqualTo("accepted");
        assertThat(send("ship-stock", "{'orderId': 'two'}")).isEqualTo("accepted");
        assertStock("back", 0, 0, 2);
        String one = "'lines': [{'productId': 'back', 'quantity': 1}]}";
        assertThat(send("return-stock", "{'orderId': 'two', " + one)).isEqualTo("accepted");
        assertStock("back", 1, 0, 1);
        // Another key, because it is another return.
        assertThat(send("return-stock", "{ 'orderId': 'two', " + one)).isEqualTo("accepted");
        assertStock("back", 2, 0, 0);
        assertStock("back.2", 1, 0, 0);
        assertThat(send("return-stock", "{  'orderId': 'two', " + one)).isEqualTo("more-than-shipped");
        assertThat(reservation("two").path("state").asText()).isEqualTo("returned");
    }

    @Test
    void the_card_of_a_hot_product_is_the_sum_of_its_bins() throws Exception {
        receive("seen", 4);
        receive("seen.2", 5);
        receive("seen.3", 6);
        Eventually.within(
                Duration.ofSeconds(30),
                () -> assertThat(calls.get("/inventory/products/seen")
                                .path("onHand")
                                .asLong())
                        .isEqualTo(9));
        assertStock("seen", 9, 0, 0);
        assertStock("seen.2", 5, 0, 0);
        assertStock("seen.3", 6, 0, 0);
    }

    @Test
    void a_product_that_is_not_hot_has_one_bin() throws Exception {
        receive("cold", 1);
        receive("cold.2", 1);
        assertThat(reserve("cold-order", "cold", 2)).isEqualTo("not-in-stock");
        assertStock("cold", 1, 0, 0);
    }
}
