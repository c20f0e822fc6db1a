package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the catalogue has offered in a history, and what orders have heard of it. */
final class CommerceOffers {
    private static final Map<String, Integer> DIGITS = Map.of("EUR", 2, "JPY", 0);

    private final Map<String, List<Price>> prices = new HashMap<>();
    private final Map<String, BigDecimal> taxRates = new HashMap<>();
    private final Map<String, Map<String, Integer>> told = new TreeMap<>();
    private final Map<String, Map<String, Integer>> heard = new TreeMap<>();

    private record Price(BigDecimal amount, String currency, Instant from) {}

    private CommerceOffers() {}

    /**
     * Reads the streams of both contexts.
     *
     * @param since the activation time of the event handlers; of older events nobody heard
     */
    static CommerceOffers of(Map<String, List<Commit>> catalogue, Map<String, List<Commit>> orders, long since) {
        CommerceOffers offers = new CommerceOffers();
        CommerceEnd.each(catalogue, "product#", (product, commits) -> {
            boolean old = commits.stream().anyMatch(commit -> commit.at().toEpochMilli() < since);
            for (Commit commit : commits) {
                commit.events().forEach(event -> offers.offered(product, commit.at(), event, old));
            }
        });
        CommerceEnd.each(
                orders,
                "product#",
                (product, commits) -> commits.forEach(commit -> commit.events()
                        .forEach(event -> offers.heard
                                .computeIfAbsent(product, unseen -> new TreeMap<>())
                                .merge(event.type(), 1, Integer::sum))));
        return offers;
    }

    private void offered(String product, Instant at, StoredEvent event, boolean old) {
        JsonNode data = CommerceEnd.data(event);
        String name = switch (event.type()) {
            case "ProductDescribed" -> {
                price(product, data, at);
                taxRates.put(product, data.path("taxRate").decimalValue());
                yield "OfferRecorded";
            }
            case "PriceChanged" -> {
                price(product, data, Instant.parse(data.path("from").asText()));
                yield "PriceRecorded";
            }
            case "ProductRetired" -> "RetirementRecorded";
            default -> "";
        };
        if (!old && !name.isEmpty()) {
            told.computeIfAbsent(product, unseen -> new TreeMap<>()).merge(name, 1, Integer::sum);
        }
    }

    private void price(String product, JsonNode data, Instant from) {
        prices.computeIfAbsent(product, unseen -> new ArrayList<>())
                .add(new Price(
                        data.path("price").path("amount").decimalValue(),
                        data.path("price").path("currency").asText(),
                        from));
    }

    /** Orders have heard of everything that the catalogue has told, once. */
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        told.forEach((product, events) -> {
            if (!events.equals(heard.get(product))) {
                objections.add("Of " + product + " the catalogue has told " + events + ", and orders have heard "
                        + heard.get(product));
            }
        });
        return objections;
    }

    /**
     * Each line of an order has a price that was offered, its tax, and is part of the sum.
     *
     * @param latest the latest time at which its price may have begun
     */
    List<String> objections(JsonNode order, Instant latest) {
        List<String> objections = new ArrayList<>();
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (JsonNode line : order.path("lines")) {
            String product = line.path("productId").asText();
            JsonNode price = line.path("price");
            BigDecimal amount = price.path("amount").decimalValue();
            String currency = price.path("currency").asText();
            boolean offered = prices.getOrDefault(product, List.of()).stream()
                    .anyMatch(one -> one.amount().compareTo(amount) == 0
                            && one.currency().equals(currency)
                            && !one.from().isAfter(latest));
            if (!offered) {
                objections.add("Never offered by then: " + line);
            }
            BigDecimal lineNet = amount.multiply(line.path("quantity").decimalValue());
            net = net.add(lineNet);
            tax = tax.add(lineNet.multiply(taxRates.getOrDefault(product, BigDecimal.ZERO))
                    .setScale(DIGITS.getOrDefault(currency, 2), RoundingMode.HALF_UP));
        }
        if (net.compareTo(order.path("net").path("amount").decimalValue()) != 0
                || tax.compareTo(order.path("tax").path("amount").decimalValue()) != 0
                || net.add(tax).compareTo(order.path("gross").path("amount").decimalValue()) != 0) {
            objections.add("Net amount or tax are wrong: " + order);
        }
        return objections;
    }
}
