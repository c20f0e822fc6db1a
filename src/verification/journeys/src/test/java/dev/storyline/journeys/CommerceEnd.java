package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The end of a history of a shop: what its contexts and its views say must agree. Orders that were partly placed before the
 * event handlers were active are old: nobody heard of a part of them.
 */
final class CommerceEnd {
    private static final String ORDERS = "storyline-dev-orders-events";
    private static final String INVENTORY = "storyline-dev-inventory-events";
    private static final String CATALOGUE = "storyline-dev-catalogue-events";
    private static final List<String> MONTHS = List.of("2025-12", "2026-01", "2026-02", "2026-03");
    private static final int MOST_SECONDS_WRONG = 10;

    private final long since;
    private final SimulatedStory.Witness witness;
    private final Books books;
    private final CommerceOffers offers;
    private final Map<String, SoldOrder> orders = new TreeMap<>();
    private final TreeSet<String> products = new TreeSet<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final List<String> objections = new ArrayList<>();

    CommerceEnd(Map<String, Map<String, List<Commit>>> streams, long since, SimulatedStory.Witness witness) {
        this.since = since;
        this.witness = witness;
        this.books = Books.of(streams, witness);
        this.offers = CommerceOffers.of(
                streams.getOrDefault(CATALOGUE, Map.of()), streams.getOrDefault(ORDERS, Map.of()), since);
        Map<String, List<Commit>> stock = streams.getOrDefault(INVENTORY, Map.of());
        stock.keySet().stream()
                .filter(stream -> stream.startsWith("product#"))
                .forEach(stream -> products.add(stream.substring("product#".length())));
        each(streams.getOrDefault(ORDERS, Map.of()), "order#", (id, commits) -> {
            List<Commit> reserved = stock.getOrDefault("reservation#" + id, List.of());
            SoldOrder order = new SoldOrder(id, isOld(commits) || isOld(reserved));
            commits.forEach(commit -> commit.events().forEach(event -> add(order, commit.at(), event)));
            orders.put(id, order);
        });
    }

    static void each(Map<String, List<Commit>> streams, String prefix, BiConsumer<String, List<Commit>> consumer) {
        streams.forEach((stream, commits) -> {
            if (stream.startsWith(prefix)) {
                consumer.accept(stream.substring(prefix.length()), commits);
            }
        });
    }

    private boolean isOld(List<Commit> commits) {
        return commits.stream().anyMatch(commit -> commit.at().toEpochMilli() < since);
    }

    private void add(SoldOrder order, Instant at, StoredEvent event) {
        JsonNode data = data(event);
        order.add(at, event.type(), data);
        if (event.type().equals("OrderCreated")) {
            days.add(LocalDate.ofInstant(at, ZoneOffset.UTC));
            objections.addAll(offers.objections(data, at.plusSeconds(MOST_SECONDS_WRONG)));
        }
    }

    /** What the contexts and views say against each other. */
    List<String> objections() {
        objections.addAll(books.objections());
        objections.addAll(offers.objections());
        orders.values().forEach(this::checkEnd);
        checkEntries();
        checkBalances();
        checkTrialBalance();
        checkSales();
        products.forEach(this::checkStock);
        for (JsonNode item : witness.answer("/accounting/open-items").path("items")) {
            SoldOrder order = orders.get(item.path("item").asText());
            if (order != null && !order.isOld()) {
                objections.add("Nobody waits for a payment of " + item);
            }
        }
        return objections;
    }

    private void checkEnd(SoldOrder order) {
        if (order.isOld()) {
            return;
        }
        String end = order.end();
        if (end.isEmpty()) {
            objections.add("The order has come to no end: " + order);
        }
        String state =
                witness.answer("/orders/orders/" + order.id()).path("state").asText();
        if (!state.equals(end)) {
            objections.add("The order " + order + " is shown as " + state);
        }
        if (!books.opened().contains(order.id()) || books.over().contains(order.id()) != order.isCancelled()) {
            objections.add("The books do not know of " + order);
        }
    }

    /** Each fact of an order is an entry, with its amounts and its day, and each entry about an order is such a fact. */
    private void checkEntries() {
        Map<String, SoldOrder.Fact> facts = new TreeMap<>();
        orders.values().forEach(order -> facts.putAll(order.facts()));
        facts.forEach((source, fact) -> {
            JsonNode entry = books.bySource().get(source);
            if (entry == null) {
                if (!fact.old() && !fact.postings().isEmpty()) {
                    objections.add("Not in the books: " + source + " " + fact);
                }
            } else if (!postings(List.of(entry)).equals(fact.postings())
                    || !entry.path("effectiveOn").asText().equals(fact.day().toString())) {
                objections.add(source + " " + fact + " is posted as " + entry);
            }
        });
        books.bySource().forEach((source, entry) -> {
            if (source.startsWith("orders/") && !facts.containsKey(source)) {
                objections.add("No order says " + entry);
            }
        });
    }

    /** The facts that are in the books, and the other entries, as postings by account, customer and currency. */
    private Map<String, BigDecimal> told() {
        Map<String, BigDecimal> sums = postings(others());
        posted().forEach(fact -> fact.postings().forEach((name, amount) -> sums.merge(name, amount, BigDecimal::add)));
        return sums;
    }

    private Stream<SoldOrder.Fact> posted() {
        return orders.values().stream()
                .flatMap(order -> order.facts().entrySet().stream())
                .filter(fact -> books.bySource().containsKey(fact.getKey()))
                .map(Map.Entry::getValue);
    }

    private List<JsonNode> others() {
        return books.bySource().entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("orders/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The balance of each customer is what the streams of the orders say, with what was paid outside orders. */
    private void checkBalances() {
        for (String customer : List.of("c0", "c1")) {
            Map<String, BigDecimal> wanted = new TreeMap<>();
            told().forEach((name, amount) -> {
                String[] parts = name.split(" ", -1);
                if (parts[0].equals("receivables") && parts[1].equals(customer)) {
                    wanted.merge("balance " + parts[2], amount, BigDecimal::add);
                }
            });
            posted().filter(fact -> fact.customer().equals(customer))
                    .forEach(
                            fact -> fact.owed().forEach((name, amount) -> wanted.merge(name, amount, BigDecimal::add)));
            postings(others()).forEach((name, amount) -> {
                if (name.startsWith("receivables " + customer + " ")) {
                    wanted.merge(
                            "payments " + name.substring(name.lastIndexOf(' ') + 1), amount.negate(), BigDecimal::add);
                }
            });
            Map<String, BigDecimal> shown = new TreeMap<>();
            for (JsonNode line : witness.answer("/accounting/customers/" + customer + "/balance")
                    .path("balances")) {
                for (String field : List.of("charges", "payments", "refunds", "balance")) {
                    shown.put(
                            field + " " + line.path("currency").asText(),
                            line.path(field).path("amount").decimalValue());
                }
            }
            compare("The balance of " + customer, shown, wanted);
        }
    }

    /** The accounts have what the orders say, with what was paid outside orders, and sum to zero. */
    private void checkTrialBalance() {
        JsonNode trial = witness.answer("/accounting/trial-balance");
        Map<String, BigDecimal> shown = new TreeMap<>();
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode account : trial.path("accounts")) {
            JsonNode balance = account.path("balance");
            String currency = balance.path("currency").asText();
            shown.put(
                    account.path("account").asText() + " " + currency,
                    balance.path("amount").decimalValue());
            sums.merge(currency, balance.path("amount").decimalValue(), BigDecimal::add);
        }
        Map<String, BigDecimal> wanted = new TreeMap<>();
        told().forEach((name, amount) -> {
            String[] parts = name.split(" ", -1);
            wanted.merge(parts[0] + " " + parts[2], amount, BigDecimal::add);
        });
        compare("The trial balance", shown, wanted);
        compare("The sum of the ledger", sums, Map.of());
        if (!trial.path("balanced").asBoolean()) {
            objections.add("The ledger does not balance: " + trial);
        }
    }

    /** Sales are the revenue of what was shipped and did not come back, and what is still to be shipped. */
    private void checkSales() {
        Map<String, BigDecimal> sales = new TreeMap<>();
        for (LocalDate day : days) {
            for (JsonNode line : witness.answer("/orders/sales?day=" + day).path("products")) {
                sales.merge(
                        line.path("net").path("currency").asText(),
                        line.path("net").path("amount").decimalValue(),
                        BigDecimal::add);
            }
        }
        Map<String, BigDecimal> sold = new TreeMap<>();
        Map<String, BigDecimal> wanted = new TreeMap<>();
        for (String month : MONTHS) {
            for (JsonNode line :
                    witness.answer("/accounting/revenue?month=" + month).path("revenues")) {
                wanted.merge(
                        line.path("currency").asText(),
                        line.path("revenue").path("amount").decimalValue(),
                        BigDecimal::add);
            }
        }
        for (SoldOrder order : orders.values()) {
            sold.merge(order.currency(), order.sold(), BigDecimal::add);
            wanted.merge(order.currency(), order.unshipped(), BigDecimal::add);
            order.facts().forEach((source, fact) -> {
                if (!books.bySource().containsKey(source)) {
                    wanted.merge(order.currency(), fact.revenue(), BigDecimal::add);
                }
            });
        }
        compare("Sales, by the orders,", sales, sold);
        compare("Sales, by the revenue and what is not shipped,", sales, wanted);
    }

    /** What came in is on hand or has left, and what has left is what the orders say. */
    private void checkStock(String product) {
        JsonNode stock = witness.answer("/inventory/products/" + product);
        long onHand = stock.path("onHand").asLong();
        long shipped = stock.path("shipped").asLong();
        long reserved = stock.path("reserved").asLong();
        long available = stock.path("available").asLong();
        if (stock.path("received").asLong() + stock.path("adjusted").asLong() != onHand + shipped
                || onHand != reserved + available
                || Math.min(available, Math.min(reserved, shipped)) < 0) {
            objections.add("Stock is lost or made: " + stock);
        }
        if (orders.values().stream().noneMatch(SoldOrder::isOld)) {
            long left = orders.values().stream()
                    .mapToLong(order -> order.left(product))
                    .sum();
            if (shipped != left || reserved != 0) {
                objections.add("All orders have come to an end, and " + left + " pieces have left for them: " + stock);
            }
        }
    }

    private void compare(String what, Map<String, BigDecimal> shown, Map<String, BigDecimal> wanted) {
        if (!plain(shown).equals(plain(wanted))) {
            objections.add(what + " should be " + plain(wanted) + " and is " + plain(shown));
        }
    }

    /** The amounts that are not zero, without trailing zeros. */
    static Map<String, BigDecimal> plain(Map<String, BigDecimal> amounts) {
        Map<String, BigDecimal> plain = new TreeMap<>();
        amounts.forEach((name, amount) -> {
            if (amount.signum() != 0) {
                plain.put(name, amount.stripTrailingZeros());
            }
        });
        return plain;
    }

    private static Map<String, BigDecimal> postings(Collection<JsonNode> entries) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode entry : entries) {
            for (JsonNode posting : entry.path("postings")) {
                JsonNode amount = posting.path("amount");
                sums.merge(
                        posting.path("account").asText() + " "
                                + posting.path("customerId").asText() + " "
                                + amount.path("currency").asText(),
                        amount.path("amount").decimalValue(),
                        BigDecimal::add);
            }
        }
        return plain(sums);
    }

    /** How many orders came to each end, how many entries were late, and whether January was closed. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        orders.values().stream()
                .filter(order -> !order.isOld())
                .forEach(order -> counts.merge(order.end(), 1, Integer::sum));
        counts.put("late", (int)
                books.bySource().values().stream().filter(Books::isLate).count());
        counts.put("January closed", books.isClosed(YearMonth.of(2026, 1)) ? 1 : 0);
        return counts;
    }

    static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
