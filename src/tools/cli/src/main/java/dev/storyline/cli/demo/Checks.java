package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks over HTTP whether the books agree: money, stock, and what each order and customer was told. */
final class Checks {
    /** How long views may take to hear of the last events. */
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final List<String> COLUMNS = List.of("charges", "payments", "refunds");

    private final Running running;
    private final CloudClient client;
    private final Performance performance;

    /**
     * What a check found.
     *
     * @param check what was compared, in a sentence
     * @param objections what does not agree; empty if all is well
     */
    record Verdict(String check, List<String> objections) {
        Verdict {
            objections = List.copyOf(objections);
        }

        boolean isGood() {
            return objections.isEmpty();
        }
    }

    /** Finds objections, and may find none a little later. */
    private interface Comparison {
        List<String> objections() throws InterruptedException;
    }

    Checks(Running running, CloudClient client, Performance performance) {
        this.running = running;
        this.client = client;
        this.performance = performance;
    }

    /** Makes all checks of the contexts that run. */
    List<Verdict> all(Plan plan) throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        List<String> products = named(plan, "stock/");
        if (!products.isEmpty()) {
            verdicts.add(check(
                    "received and adjusted is on hand or shipped, for " + products.size() + " products",
                    () -> stock(products)));
        }
        // A day that was left out leaves its orders out.
        List<String> orders = named(plan, "orders/").stream()
                .filter(order -> !performance.end("orders/" + order).isEmpty())
                .toList();
        if (!orders.isEmpty()) {
            verdicts.add(check("the warehouse did what became of " + orders.size() + " orders", () -> goods(orders)));
        }
        if (running.serves("GET /accounting/trial-balance")) {
            verdicts.add(check("the ledger sums to zero", this::ledger));
        }
        if (!performance.booked().isEmpty() && running.serves("GET /accounting/customers/{customerId}/balance")) {
            Map<String, Map<String, BigDecimal>> customers = customers();
            verdicts.add(check(
                    "charges, payments and refunds of " + customers.size() + " customers are those of their orders",
                    () -> balances(customers)));
        }
        return verdicts;
    }

    private static List<String> named(Plan plan, String prefix) {
        return plan.chains().stream()
                .map(Chain::name)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static Verdict check(String name, Comparison comparison) throws InterruptedException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            List<String> objections = comparison.objections();
            if (objections.isEmpty() || System.nanoTime() > deadline) {
                return new Verdict(name, objections);
            }
            Thread.sleep(pause);
            pause = CloudClient.longer(pause, LONGEST_PAUSE);
        }
    }

    /** The body of a good answer; missing otherwise. */
    private JsonNode get(String path) throws InterruptedException {
        CloudClient.Reply reply = client.get(path);
        return reply.isGood() ? reply.body() : MissingNode.getInstance();
    }

    private List<String> stock(List<String> products) throws InterruptedException {
        List<String> objections = new ArrayList<>();
        for (String product : products) {
            JsonNode stock = get("/inventory/products/" + product);
            long came = stock.path("received").asLong() + stock.path("adjusted").asLong();
            long went = stock.path("onHand").asLong() + stock.path("shipped").asLong();
            boolean isReserved = stock.path("reserved").asLong() >= 0
                    && stock.path("reserved").asLong() <= stock.path("onHand").asLong();
            if (stock.isMissingNode() || came != went || !isReserved) {
                objections.add(product + ": " + stock);
            }
        }
        return objections;
    }

    /** What the warehouse must have done for an order in a state. */
    private static Set<String> stockOf(String order) {
        return switch (order) {
            case "placed" -> Set.of("reserved", "refused");
            case "reserved", "paid" -> Set.of("reserved");
            case "shipped" -> Set.of("shipped", "returned");
            case "returned" -> Set.of("shipped", "returned");
            case "cancelled" -> Set.of("released", "refused");
            case "refunded" -> Set.of("released", "refused", "shipped", "returned");
            default -> Set.of();
        };
    }

    private List<String> goods(List<String> orders) throws InterruptedException {
        List<String> objections = new ArrayList<>();
        for (String number : orders) {
            String end = performance.end("orders/" + number);
            String reservation = performance.memory("orders/" + number).fill("/inventory/reservations/{orderId}");
            String state = get(reservation).path("state").asText("unknown");
            if (!stockOf(end).contains(state)) {
                objections.add(
                        "order " + number + " is " + end + ", and its stock is " + state + " (" + reservation + ")");
            }
        }
        return objections;
    }

    private List<String> ledger() throws InterruptedException {
        JsonNode balance = get("/accounting/trial-balance");
        Map<String, BigDecimal> sums = new TreeMap<>();
        balance.path("accounts")
                .forEach(account -> sums.merge(
                        account.at("/balance/currency").asText(),
                        account.at("/balance/amount").decimalValue(),
                        BigDecimal::add));
        List<String> objections = new ArrayList<>();
        if (balance.isMissingNode()) {
            objections.add("there is no trial balance");
        }
        sums.forEach((currency, sum) -> {
            if (sum.signum() != 0) {
                objections.add("the accounts in " + currency + " sum to " + sum.toPlainString());
            }
        });
        return objections;
    }

    /** The columns of each customer, {@code charges EUR} with its amount. */
    private Map<String, Map<String, BigDecimal>> customers() {
        Map<String, Map<String, BigDecimal>> customers = new TreeMap<>();
        performance
                .booked()
                .forEach((column, amount) -> customers
                        .computeIfAbsent(column.customer(), customer -> new TreeMap<>())
                        .put(column.name() + " " + column.currency(), amount));
        return customers;
    }

    private List<String> balances(Map<String, Map<String, BigDecimal>> customers) throws InterruptedException {
        List<String> objections = new ArrayList<>();
        for (Map.Entry<String, Map<String, BigDecimal>> customer : customers.entrySet()) {
            Map<String, BigDecimal> told = new TreeMap<>();
            for (JsonNode line : get("/accounting/customers/" + customer.getKey() + "/balance")
                    .path("balances")) {
                for (String column : COLUMNS) {
                    told.put(
                            column + " " + line.path("currency").asText(),
                            line.path(column).path("amount").decimalValue());
                }
            }
            Set<String> columns = new TreeSet<>(told.keySet());
            columns.addAll(customer.getValue().keySet());
            for (String column : columns) {
                BigDecimal expected = customer.getValue().getOrDefault(column, BigDecimal.ZERO);
                BigDecimal actual = told.getOrDefault(column, BigDecimal.ZERO);
                if (expected.compareTo(actual) != 0) {
                    objections.add(customer.getKey() + " has " + column + " " + actual.toPlainString() + ", not "
                            + expected.toPlainString());
                }
            }
        }
        return objections;
    }
}
