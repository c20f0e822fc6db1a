package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Simulates a whole shop through a month's end. Merchandisers describe, price and retire products, goods come in, customers
 * order, pay, cancel and send back, the warehouse ships, and a bookkeeper closes months, takes payments and corrects them.
 *
 * <p>Clients come three times: at the beginning of January, around its last midnight, and an hour later, when January may be
 * closed. What a transport delivers late comes as late as that: facts of January arrive while the month is being closed.
 * When all is calm, the warehouse ships what is paid, so that every order comes to its end.
 */
final class CommerceStory implements SimulatedStory {
    private static final Instant MONTH_END = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant MAY_BE_CLOSED = Instant.parse("2026-02-01T01:00:00Z");
    private static final int MOST_ORDERS_AT_HAND = 4;
    private static final int REFUSALS = 3;
    private static final int LONGEST_BEFORE = 4_000;

    private final List<Ware> wares = List.of(
            new Ware("chair", "EUR", 6_000, 2, "0.19"),
            new Ware("lamp", "EUR", 33, 2, "0.07"),
            new Ware("table", "JPY", 999, 0, "0.1"));
    private final Map<String, Placed> placed = new LinkedHashMap<>();
    private final List<String> payments = new ArrayList<>();
    private final Consumer<CommerceEnd> ends;

    /**
     * Creates the story.
     *
     * @param ends takes the end of each history
     */
    CommerceStory(Consumer<CommerceEnd> ends) {
        this.ends = ends;
    }

    /** What is sold under one name after the other, as clients know it. */
    private static final class Ware {
        private final String kind;
        private final String currency;
        private final int cheapest;
        private final int digits;
        private final String taxRate;
        private final List<String> prices = new ArrayList<>();
        private int generation;
        private int refusals;
        private boolean stocked;

        Ware(String kind, String currency, int cheapest, int digits, String taxRate) {
            this.kind = kind;
            this.currency = currency;
            this.cheapest = cheapest;
            this.digits = digits;
            this.taxRate = taxRate;
        }

        String product() {
            return kind + "-" + generation;
        }

        boolean isDescribed() {
            return !prices.isEmpty();
        }

        String price(int more) {
            return BigDecimal.valueOf(cheapest + more, digits).toPlainString();
        }

        /** Nobody may buy it any more, or orders never hear of it: another product takes its place. */
        void refused() {
            refusals++;
            if (refusals >= REFUSALS) {
                generation++;
                refusals = 0;
                stocked = false;
                prices.clear();
            }
        }
    }

    /** An order, as its client knows it. */
    private static final class Placed {
        private final String gross;
        private final String currency;
        private final int number;
        private String next = "pay";

        Placed(String gross, String currency, int number) {
            this.gross = gross;
            this.currency = currency;
            this.number = number;
        }
    }

    @Override
    public List<Instant> visits(Random random) {
        return List.of(
                MONTH_END.minusMillis(LONGEST_BEFORE / 2 + random.nextInt(LONGEST_BEFORE)),
                MAY_BE_CLOSED.minusMillis(random.nextInt(LONGEST_BEFORE / 3)));
    }

    /** Contexts need a moment to hear of each other, so clients wait longer than in other stories. */
    @Override
    public long pause(Random random) {
        return 1L + random.nextInt(random.nextInt(4) == 0 ? 2_000_000_000 : 300_000_000);
    }

    @Override
    public Request next(Random random) {
        Ware ware = wares.get(random.nextInt(wares.size()));
        if (!ware.isDescribed()) {
            return describe(ware);
        }
        int kind = ware.stocked ? random.nextInt(100) : 0;
        if (kind < 14) {
            return post(
                    "/inventory/products/" + ware.product() + "/receive",
                    "{'quantity': " + (1 + random.nextInt(12)) + "}");
        }
        if (kind < 22) {
            return merchandise(ware, random);
        }
        if (kind < 40) {
            return keepBooks(random);
        }
        return kind < 58 || placed.isEmpty() ? place(random) : step(ware, random);
    }

    private static Request describe(Ware ware) {
        return post(
                "/catalogue/products/" + ware.product() + "/describe",
                "{'name': 'A " + ware.kind
                        + "', 'description': 'Good.', 'category': 'home', 'language': 'en', 'price': "
                        + amount(ware.price(0), ware.currency) + ", 'taxRate': " + ware.taxRate + "}");
    }

    private static Request merchandise(Ware ware, Random random) {
        int kind = random.nextInt(10);
        if (kind < 3) {
            return post(
                    "/inventory/products/" + ware.product() + "/adjust",
                    "{'quantity': " + (random.nextBoolean() ? 1 : -2) + ", 'reason': 'counted'}");
        }
        if (kind < 4) {
            return post("/catalogue/products/" + ware.product() + "/retire", "{}");
        }
        String from = random.nextInt(4) == 0 ? ", 'from': '" + MONTH_END + "'" : "";
        return post(
                "/catalogue/products/" + ware.product() + "/price",
                "{'price': " + amount(ware.price(random.nextInt(5)), ware.currency) + from + "}");
    }

    private Request keepBooks(Random random) {
        int kind = random.nextInt(10);
        if (kind < 6) {
            String month = kind < 1 ? "2025-12" : kind < 5 ? "2026-01" : "2026-02";
            return post("/accounting/months/" + month + "/close", "{}");
        }
        if (kind < 8 || payments.isEmpty()) {
            String reference = "t" + random.nextInt(3);
            payments.add("accounting/payments/" + reference);
            return post(
                    "/accounting/payments",
                    "{'customerId': 'c" + random.nextInt(2) + "', 'reference': '" + reference + "', 'amount': "
                            + amount(String.valueOf(5 + random.nextInt(2)), "EUR") + "}");
        }
        String entry = Books.entry(payments.get(random.nextInt(payments.size())));
        payments.add("accounting/EntryReversed/" + entry);
        String on = random.nextBoolean() ? "2026-01-31" : random.nextBoolean() ? "2026-01-01" : "2026-02-01";
        return post("/accounting/entries/" + entry + "/reverse", "{'reason': 'typo', 'on': '" + on + "'}");
    }

    private Request place(Random random) {
        String currency = random.nextInt(4) == 0 ? "JPY" : "EUR";
        List<String> lines = new ArrayList<>();
        List<Ware> offered = wares.stream()
                .filter(ware -> ware.isDescribed() && ware.currency.equals(currency))
                .toList();
        int wanted = offered.isEmpty() ? 0 : random.nextInt(offered.size());
        for (Ware ware : offered) {
            if (ware == offered.get(wanted) || random.nextBoolean()) {
                lines.add("{'productId': '" + ware.product() + "', 'quantity': " + (1 + random.nextInt(3))
                        + ", 'price': " + amount(price(ware, random), currency) + "}");
            }
        }
        return post(
                "/orders/orders",
                "{'customerId': 'c" + random.nextInt(2) + "', 'lines': " + lines
                        + ", 'deliveryAddress': {'name': 'Ada', 'street': '1 Mill Lane', 'city': 'Vienna', 'country': 'AT'}}");
    }

    /** Mostly the last price that a client was told of, sometimes an old one, or one of its own. */
    private static String price(Ware ware, Random random) {
        int kind = random.nextInt(10);
        return kind == 0
                ? ware.price(random.nextInt(5))
                : kind < 3 ? ware.prices.get(random.nextInt(ware.prices.size())) : ware.prices.getLast();
    }

    /** Mostly what an order waits for. */
    private Request step(Ware ware, Random random) {
        List<String> all = List.copyOf(placed.keySet());
        String id = all.get(all.size() - 1 - random.nextInt(Math.min(all.size(), MOST_ORDERS_AT_HAND)));
        Placed order = Objects.requireNonNull(placed.get(id));
        String path = "/orders/orders/" + id;
        String wanted = random.nextInt(4) > 0
                ? order.next
                : List.of("pay", "cancel", "ship", "return").get(random.nextInt(4));
        return switch (wanted) {
            case "pay" -> {
                int number = random.nextInt(8) == 0 ? random.nextInt(4) : order.number;
                String gross = random.nextInt(10) == 0 ? "1" : order.gross;
                yield post(
                        path + "/pay",
                        "{'reference': 'pay-" + number + "', 'amount': " + amount(gross, order.currency) + "}");
            }
            case "cancel" -> post(path + "/cancel", "{'reason': 'Changed my mind'}");
            case "ship" -> post(path + "/ship", "{'carrier': 'Swift', 'tracking': 'T-1'}");
            default ->
                post(
                        path + "/return",
                        random.nextInt(3) == 0
                                ? "{'reason': 'Too small'}"
                                : "{'lines': [{'productId': '" + ware.product()
                                        + "', 'quantity': 1}], 'reason': 'Too small'}");
        };
    }

    private static String amount(String amount, String currency) {
        return "{'amount': " + amount + ", 'currency': '" + currency + "'}";
    }

    private static Request post(String path, String body) {
        return new Request("POST", path, body.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        String path = request.path();
        if (path.startsWith("/catalogue/products/")) {
            merchandised(path, status, body);
        } else if (path.endsWith("/receive") && status < 300) {
            wares.stream()
                    .filter(ware -> path.equals("/inventory/products/" + ware.product() + "/receive"))
                    .forEach(ware -> ware.stocked = true);
        } else if (path.equals("/orders/orders")) {
            ordered(request, status, body);
        } else if (path.startsWith("/orders/orders/") && status < 300) {
            Placed order = placed.get(path.split("/", -1)[3]);
            if (order != null) {
                order.next = path.endsWith("/pay") ? "ship" : path.endsWith("/ship") ? "return" : order.next;
            }
        }
    }

    private void merchandised(String path, int status, JsonNode body) {
        for (Ware ware : wares) {
            if (path.startsWith("/catalogue/products/" + ware.product() + "/")) {
                if (path.endsWith("/describe") && status < 300 && !ware.isDescribed()) {
                    ware.prices.add(ware.price(0));
                }
                JsonNode changed = body.path("events").path(0).path("data").path("price");
                if (path.endsWith("/price") && status < 300 && !changed.isMissingNode()) {
                    ware.prices.add(changed.path("amount").decimalValue().toPlainString());
                }
            }
        }
    }

    private void ordered(Request request, int status, JsonNode body) {
        if (status == 201) {
            JsonNode created = body.path("events").path(0).path("data");
            placed.putIfAbsent(
                    created.path("orderId").asText(),
                    new Placed(
                            created.path("gross").path("amount").decimalValue().toPlainString(),
                            created.path("gross").path("currency").asText(),
                            placed.size()));
        }
        String rule = body.path("rule").asText();
        if (rule.equals("unknown-product") || rule.equals("product-retired")) {
            wares.stream()
                    .filter(ware -> request.body().contains("\"" + ware.product() + "\""))
                    .forEach(Ware::refused);
        }
    }

    /** The warehouse ships what is paid and has its stock. */
    @Override
    public List<Request> remaining(Witness witness) {
        List<Request> shipments = new ArrayList<>();
        for (JsonNode order : witness.answer("/orders/open").path("orders")) {
            shipments.add(post(
                    "/orders/orders/" + order.path("orderId").asText() + "/ship",
                    "{'carrier': 'Swift', 'tracking': 'T-1'}"));
        }
        return shipments;
    }

    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>(new OrdersStory().objections(streams, since, witness));
        CommerceEnd end = new CommerceEnd(streams, since, witness);
        objections.addAll(end.objections());
        ends.accept(end);
        return objections;
    }
}
