package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Simulates a small warehouse and many orders that want the same few products, several at a time. */
final class InventoryStory implements SimulatedStory {
    private static final String EVENTS = "storyline-dev-inventory-events";
    private static final List<String> PRODUCTS = List.of("chair", "lamp", "table");
    private static final int MOST_ORDERS = 6;

    private final List<String> bins;

    /**
     * Creates the story.
     *
     * @param bins where goods come in: the products, and the other bins of hot ones
     */
    InventoryStory(List<String> bins) {
        this.bins = bins;
    }

    @Override
    public Request next(Random random) {
        String bin = bins.get(random.nextInt(bins.size()));
        String order = "{'orderId': 'o" + random.nextInt(MOST_ORDERS) + "'";
        int kind = random.nextInt(100);
        if (kind < 20) {
            return post("products/" + bin + "/receive", "{'quantity': " + (1 + random.nextInt(6)) + "}");
        }
        if (kind < 28) {
            return post(
                    "products/" + bin + "/adjust",
                    "{'quantity': " + (random.nextBoolean() ? 1 : -2) + ", 'reason': 'counted'}");
        }
        if (kind < 32) {
            return post("products/" + bin + "/reorder-level", "{'quantity': " + random.nextInt(6) + "}");
        }
        if (kind < 70) {
            return complete("reserve-stock", order + ", 'lines': " + lines(random, 3) + "}");
        }
        if (kind < 80) {
            return complete("release-stock", order + "}");
        }
        return kind < 92
                ? complete("ship-stock", order + "}")
                : complete("return-stock", order + ", 'lines': " + lines(random, 1) + "}");
    }

    private static String lines(Random random, int most) {
        List<String> lines = new ArrayList<>();
        for (String product : PRODUCTS) {
            if (random.nextBoolean()) {
                lines.add("{'productId': '" + product + "', 'quantity': " + (1 + random.nextInt(most)) + "}");
            }
        }
        return lines.isEmpty() ? "[{'productId': 'chair', 'quantity': 1}]" : lines.toString();
    }

    private static Request post(String path, String body) {
        return new Request("POST", "/inventory/" + path, body.replace('\'', '"'));
    }

    private static Request complete(String slice, String command) {
        return new Request(Request.INTERNAL, "inventory/" + slice, command.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        // The next request does not depend on earlier answers.
    }

    /** The pieces of each order and bin by what became of them. */
    private static final class Pieces {
        private final Map<String, Long> count = new TreeMap<>();

        void add(String key, long pieces) {
            count.merge(key, pieces, Long::sum);
        }

        long of(String key) {
            return Objects.requireNonNullElse(count.get(key), 0L);
        }
    }

    /**
     * Nothing is below zero at any moment, an order and its products tell the same story, and what came in is on hand or
     * was shipped.
     */
    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>();
        Pieces ofProducts = new Pieces();
        Pieces ofOrders = new Pieces();
        Map<String, List<Commit>> all = streams.getOrDefault(EVENTS, Map.of());
        all.forEach((stream, commits) -> {
            if (stream.startsWith("product#")) {
                objections.addAll(product(stream, commits, ofProducts));
            } else {
                order(stream, commits, ofOrders);
            }
        });
        if (!ofProducts.count.equals(ofOrders.count)) {
            objections.add("The products have " + ofProducts.count + ", and the orders have " + ofOrders.count);
        }
        return objections;
    }

    private static List<String> product(String stream, List<Commit> commits, Pieces pieces) {
        List<String> objections = new ArrayList<>();
        Pieces own = new Pieces();
        for (StoredEvent event : events(commits)) {
            JsonNode data = data(event);
            long quantity = data.path("quantity").asLong();
            own.add(event.type(), event.type().equals("ReorderLevelSet") ? 0 : quantity);
            if (event.type().startsWith("Pieces")) {
                String key = key(
                        data.path("orderId").asText(),
                        data.path("productId").asText(),
                        event.type().substring("Pieces".length()));
                pieces.add(key, quantity);
            }
            long gone = own.of("PiecesShipped") - own.of("PiecesReturned");
            long onHand = own.of("StockReceived") + own.of("StockAdjusted") - gone;
            long reserved = own.of("PiecesReserved") - own.of("PiecesReleased") - own.of("PiecesShipped");
            if (reserved < 0 || onHand < reserved || gone < 0) {
                objections.add("After " + own.count + " the stock of " + stream + " is " + onHand + " on hand, "
                        + reserved + " reserved");
            }
        }
        return objections;
    }

    /**
     * What the stream of an order says that its products must say too. What came back is told by products, and goes to the
     * bins that it left, so it is compared by products.
     */
    private static void order(String stream, List<Commit> commits, Pieces pieces) {
        String order = stream.substring(stream.indexOf('#') + 1);
        JsonNode lines = Json.mapper().createArrayNode();
        for (StoredEvent event : events(commits)) {
            if (event.type().equals("StockReserved")) {
                lines = data(event).path("lines");
            }
            if (!event.type().equals("StockNotReserved") && !event.type().equals(StoredEvent.REFUSED.type())) {
                JsonNode moved =
                        event.type().equals("StockReturned") ? data(event).path("lines") : lines;
                for (JsonNode line : moved) {
                    pieces.add(
                            key(
                                    order,
                                    line.path("productId").asText(),
                                    event.type().substring("Stock".length())),
                            line.path("quantity").asLong());
                }
            }
        }
    }

    private static String key(String order, String bin, String what) {
        return order + " " + (what.equals("Returned") ? bin.replaceFirst("\\..*", "") : bin) + " " + what;
    }

    private static List<StoredEvent> events(List<Commit> commits) {
        return commits.stream().flatMap(commit -> commit.events().stream()).toList();
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
