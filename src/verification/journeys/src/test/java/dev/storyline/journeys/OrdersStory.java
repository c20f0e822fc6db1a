package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Simulates a shop and its warehouse: orders for few pieces, which are paid in time, late or never, cancelled, shipped and
 * returned, in whatever order the clients think of it.
 */
final class OrdersStory implements SimulatedStory {
    private static final String ORDERS = "storyline-dev-orders-events";
    private static final String INVENTORY = "storyline-dev-inventory-events";
    private static final List<String> PRODUCTS = List.of("chair", "lamp", "table");
    private static final Map<String, String> PRICES = Map.of("chair", "60", "lamp", "0.333", "table", "99.9");
    private static final int MOST_PIECES = 4;
    private static final int MOST_PAYMENTS = 12;

    private final InventoryStory inventory = new InventoryStory(PRODUCTS);
    private final List<Placed> placed = new ArrayList<>();
    private final Set<String> offered = new HashSet<>();

    /** An order whose answer reached its client. */
    private record Placed(String order, String gross) {}

    @Override
    public Request next(Random random) {
        String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
        if (!offered.contains(product)) {
            return offer(product);
        }
        int kind = random.nextInt(100);
        if (kind < 12) {
            return post("/inventory/products/" + product + "/receive", "{'quantity': " + (1 + random.nextInt(6)) + "}");
        }
        if (kind < 18) {
            return offer(product);
        }
        if (kind < 45 || placed.isEmpty()) {
            return place(random);
        }
        Placed one = placed.get(random.nextInt(placed.size()));
        String order = "/orders/orders/" + one.order();
        if (kind < 65) {
            String amount = random.nextInt(8) == 0 ? "1" : one.gross();
            return post(
                    order + "/pay",
                    "{'reference': 'pay-" + random.nextInt(MOST_PAYMENTS) + "', 'amount': {'amount': " + amount
                            + ", 'currency': 'EUR'}}");
        }
        if (kind < 72) {
            return post(order + "/cancel", "{'reason': 'Changed my mind'}");
        }
        if (kind < 88) {
            return post(order + "/ship", "{'carrier': 'Swift', 'tracking': 'T-1'}");
        }
        return post(
                order + "/return",
                random.nextInt(3) == 0
                        ? "{'reason': 'Too small'}"
                        : "{'lines': [{'productId': '" + product + "', 'quantity': 1}], 'reason': 'Too small'}");
    }

    private static Request offer(String product) {
        return new Request(
                Request.INTERNAL,
                "orders/record-offer",
                ("{'productId': '" + product + "', 'name': 'A " + product + "', 'taxRate': 0.19, 'price': {'amount': "
                                + PRICES.get(product) + ", 'currency': 'EUR'}, 'at': '2020-01-01T00:00:00Z'}")
                        .replace('\'', '"'));
    }

    private Request place(Random random) {
        List<String> lines = new ArrayList<>();
        for (String product : PRODUCTS) {
            if (offered.contains(product) && random.nextBoolean()) {
                lines.add("{'productId': '" + product + "', 'quantity': " + (1 + random.nextInt(MOST_PIECES))
                        + ", 'price': {'amount': " + PRICES.get(product) + ", 'currency': 'EUR'}}");
            }
        }
        return post(
                "/orders/orders",
                "{'customerId': 'c" + random.nextInt(2) + "', 'lines': " + lines
                        + ", 'deliveryAddress': {'name': 'Ada', 'street': '1 Mill Lane', 'city': 'Vienna', 'country': 'AT'}}");
    }

    private static Request post(String path, String body) {
        return new Request("POST", path, body.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        if (request.path().equals("/orders/orders") && status == 201) {
            JsonNode created = body.path("events").path(0).path("data");
            placed.add(new Placed(
                    created.path("orderId").asText(),
                    created.path("gross").path("amount").decimalValue().toPlainString()));
        }
        if (request.path().equals("orders/record-offer")) {
            offered.add(product(request));
        }
    }

    private static String product(Request request) {
        try {
            return Json.mapper().readTree(request.body()).path("productId").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an order's stream says in the end. */
    private static final class Told {
        private final Map<String, Integer> events = new TreeMap<>();
        private BigDecimal gross = BigDecimal.ZERO;
        private BigDecimal shipped = BigDecimal.ZERO;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal returned = BigDecimal.ZERO;
        private BigDecimal refunded = BigDecimal.ZERO;
        private long wanted;
        private long back;
        private boolean old;

        boolean has(String event) {
            return events.containsKey(event);
        }

        int count(String event) {
            return events.getOrDefault(event, 0);
        }
    }

    /**
     * Every order comes to one end: shipped, returned, cancelled and released, or refunded; or it is paid, reserved, and
     * waits for the warehouse. Money is neither made nor lost, and stock is where the orders say.
     */
    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>(inventory.objections(streams, since, witness));
        Map<String, List<Commit>> stock = streams.getOrDefault(INVENTORY, Map.of());
        Map<String, String> payments = new TreeMap<>();
        Set<String> refunds = new HashSet<>();
        streams.getOrDefault(ORDERS, Map.of()).forEach((stream, commits) -> {
            if (stream.startsWith("order#")) {
                String id = stream.substring("order#".length());
                Told told = told(id, commits, since, payments, refunds, objections);
                List<Commit> reserved = stock.getOrDefault("reservation#" + id, List.of());
                // What a slow clock dates before the activation of the event handlers was told to nobody.
                told.old |= reserved.stream().anyMatch(commit -> commit.at().toEpochMilli() < since);
                Set<String> reservation = types(reserved);
                objections(told, reservation).forEach(what -> objections.add(stream + ": " + what + told.events));
            }
        });
        Map<String, String> received = new TreeMap<>();
        streams.getOrDefault(ORDERS, Map.of()).forEach((stream, commits) -> {
            if (stream.startsWith("payment#")) {
                commits.stream()
                        .flatMap(commit -> commit.events().stream())
                        .forEach(event -> received.merge(
                                stream.substring("payment#".length()),
                                data(event).path("orderId").asText(),
                                (one, other) -> one + " and " + other));
            }
        });
        if (!received.equals(payments)) {
            objections.add("The payments are " + received + ", and the orders have " + payments);
        }
        return objections;
    }

    private static Told told(
            String order,
            List<Commit> commits,
            long since,
            Map<String, String> payments,
            Set<String> refunds,
            List<String> objections) {
        Told told = new Told();
        told.old = commits.stream().anyMatch(commit -> commit.at().toEpochMilli() < since);
        for (Commit commit : commits) {
            for (StoredEvent event : commit.events()) {
                JsonNode data = data(event);
                told.events.merge(event.type(), 1, Integer::sum);
                BigDecimal gross = data.path("gross").path("amount").decimalValue();
                BigDecimal amount = data.path("amount").path("amount").decimalValue();
                switch (event.type()) {
                    case "OrderCreated" -> {
                        told.gross = gross;
                        told.wanted = pieces(data);
                    }
                    case "OrderPaid" -> {
                        told.paid = told.paid.add(amount);
                        payments.merge(data.path("reference").asText(), order, (one, other) -> one + " and " + other);
                    }
                    case "OrderShipped" -> told.shipped = gross;
                    case "OrderReturned" -> {
                        told.returned = told.returned.add(gross);
                        told.back += pieces(data);
                    }
                    case "OrderRefunded" -> {
                        told.refunded = told.refunded.add(amount);
                        if (!refunds.add(data.path("reference").asText())) {
                            objections.add("Refunded twice: " + data);
                        }
                    }
                    default -> {
                        // Other events tell nothing of money.
                    }
                }
            }
        }
        return told;
    }

    private static long pieces(JsonNode data) {
        long pieces = 0;
        for (JsonNode line : data.path("lines")) {
            pieces += line.path("quantity").asLong();
        }
        return pieces;
    }

    private static List<String> objections(Told told, Set<String> reservation) {
        List<String> objections = new ArrayList<>();
        boolean cancelled = told.has("OrderCancelled");
        boolean shipped = told.has("OrderShipped");
        if (cancelled && shipped) {
            objections.add("both cancelled and shipped ");
        }
        if (shipped && (!told.has("OrderPaid") || !told.has("OrderReserved"))) {
            objections.add("shipped although it is not paid and reserved ");
        }
        for (String once : List.of("OrderCreated", "OrderPaid", "OrderReserved", "OrderShipped", "OrderCancelled")) {
            if (told.count(once) > 1) {
                objections.add("recorded twice: " + once + " ");
            }
        }
        if (told.has("OrderPaid") && told.paid.compareTo(told.gross) != 0) {
            objections.add("paid " + told.paid + " instead of " + told.gross + " ");
        }
        if (told.back > told.wanted || (told.back == told.wanted && told.returned.compareTo(told.shipped) != 0)) {
            objections.add(told.back + " of " + told.wanted + " pieces came back, for " + told.returned + " of "
                    + told.shipped + " ");
        }
        if (told.old) {
            // Nobody saw an order through that was placed before the event handlers were active.
            return objections;
        }
        if (!cancelled && !shipped && !(told.has("OrderPaid") && told.has("OrderReserved"))) {
            objections.add("has come to no end ");
        }
        BigDecimal due = cancelled ? told.paid : told.returned;
        if (told.refunded.compareTo(due) != 0) {
            objections.add("refunded " + told.refunded + " instead of " + due + " ");
        }
        if (cancelled != reservation.contains("StockReleased") || shipped != reservation.contains("StockShipped")) {
            objections.add("the inventory says " + reservation + " ");
        }
        if (shipped != told.has("GoodsLeft")) {
            objections.add("the goods of what is shipped leave, and no others ");
        }
        if ((told.back > 0) != reservation.contains("StockReturned")) {
            objections.add("what came back is not on hand: " + reservation + " ");
        }
        return objections;
    }

    private static Set<String> types(List<Commit> commits) {
        Set<String> types = new HashSet<>();
        commits.forEach(commit -> commit.events().forEach(event -> types.add(event.type())));
        return types;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
