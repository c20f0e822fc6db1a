package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** An order as its stream tells it, and the facts that the books should have of it. */
final class SoldOrder {
    private final String id;
    private final boolean old;
    private final Map<String, Fact> facts = new TreeMap<>();
    private final Map<String, Long> shippedPieces = new TreeMap<>();
    private String customer = "";
    private String currency = "";
    private BigDecimal net = BigDecimal.ZERO;
    private BigDecimal returnedNet = BigDecimal.ZERO;
    private boolean shipped;
    private boolean cancelled;
    private boolean refunded;

    SoldOrder(String id, boolean old) {
        this.id = id;
        this.old = old;
    }

    /**
     * What should be posted.
     *
     * @param day when it happened
     * @param postings by account, customer and currency; none of zero
     * @param owed what it is in the balance of the customer, by the names of the fields and the currency
     * @param revenue what it adds to the revenue
     * @param old whether perhaps nobody heard of it
     */
    record Fact(
            String customer,
            LocalDate day,
            Map<String, BigDecimal> postings,
            Map<String, BigDecimal> owed,
            BigDecimal revenue,
            boolean old) {}

    void add(Instant at, String type, JsonNode data) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        String reference = id + "/" + data.path("reference").asText();
        switch (type) {
            case "OrderCreated" -> {
                customer = data.path("customerId").asText();
                currency = data.path("gross").path("currency").asText();
                net = amount(data, "net");
            }
            case "OrderPaid" ->
                facts.put("orders/OrderPaid/" + reference, paid("payments", amount(data, "amount"), day));
            case "OrderCancelled" -> cancelled = true;
            case "OrderShipped" -> {
                shipped = true;
                pieces(data, 1);
                facts.put("orders/OrderShipped/" + id, sold(data, BigDecimal.ONE, day));
            }
            case "OrderReturned" -> {
                returnedNet = returnedNet.add(amount(data, "net"));
                pieces(data, -1);
                facts.put(
                        "orders/OrderReturned/" + id + "/"
                                + data.path("returnId").asInt(),
                        sold(data, BigDecimal.ONE.negate(), day));
            }
            case "OrderRefunded" -> {
                refunded = true;
                facts.put(
                        "orders/OrderRefunded/" + reference,
                        paid("refunds", amount(data, "amount").negate(), day));
            }
            default -> {
                // Other events are no facts of the books.
            }
        }
    }

    private static BigDecimal amount(JsonNode data, String field) {
        return data.path(field).path("amount").decimalValue();
    }

    private void pieces(JsonNode data, int sign) {
        for (JsonNode line : data.path("lines")) {
            shippedPieces.merge(
                    line.path("productId").asText(),
                    sign * line.path("quantity").asLong(),
                    Long::sum);
        }
    }

    private Fact sold(JsonNode data, BigDecimal sign, LocalDate day) {
        BigDecimal gross = amount(data, "gross").multiply(sign);
        BigDecimal tax = amount(data, "tax").multiply(sign);
        Map<String, BigDecimal> postings = new TreeMap<>();
        postings.put("receivables " + customer + " " + currency, gross);
        postings.put("revenue  " + currency, gross.subtract(tax).negate());
        postings.put("tax  " + currency, tax.negate());
        return new Fact(
                customer,
                day,
                CommerceEnd.plain(postings),
                Map.of("charges " + currency, gross),
                gross.subtract(tax),
                old);
    }

    /** Money comes in, or goes back if it is negative. */
    private Fact paid(String field, BigDecimal amount, LocalDate day) {
        return new Fact(
                customer,
                day,
                CommerceEnd.plain(Map.of(
                        "receivables " + customer + " " + currency, amount.negate(), "bank  " + currency, amount)),
                Map.of(field + " " + currency, amount.abs()),
                BigDecimal.ZERO,
                old);
    }

    String id() {
        return id;
    }

    boolean isOld() {
        return old;
    }

    boolean isCancelled() {
        return cancelled;
    }

    String currency() {
        return currency;
    }

    /** The facts by the names of their sources. */
    Map<String, Fact> facts() {
        return facts;
    }

    /** The one end that the order has come to; empty if there is none. */
    String end() {
        if (cancelled) {
            return refunded ? "refunded" : "cancelled";
        }
        if (!shipped) {
            return "";
        }
        return shippedPieces.values().stream().allMatch(pieces -> pieces == 0) ? "returned" : "shipped";
    }

    /** What counts as sold, without tax. */
    BigDecimal sold() {
        return cancelled ? BigDecimal.ZERO : net.subtract(returnedNet);
    }

    /** What is sold and still to be shipped, without tax. */
    BigDecimal unshipped() {
        return cancelled || shipped ? BigDecimal.ZERO : net;
    }

    /** How many pieces of a product have left and have not come back. */
    long left(String product) {
        return shippedPieces.getOrDefault(product, 0L);
    }

    @Override
    public String toString() {
        return id + " " + facts.keySet() + (cancelled ? " cancelled" : "") + (shipped ? " shipped" : "");
    }
}
