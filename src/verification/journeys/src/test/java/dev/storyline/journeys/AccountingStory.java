package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Simulates the books of a few orders and jobs. Facts come twice, late, and in any order; months are closed meanwhile, and
 * entries are reversed.
 */
final class AccountingStory implements SimulatedStory {
    private static final String EVENTS = "storyline-dev-accounting-events";
    private static final int MOST_ORDERS = 3;
    private static final int MOST_JOBS = 2;

    /** Months that are over when a history begins. */
    private static final List<String> MONTHS = List.of("2025-08", "2025-09", "2025-10", "2025-11");

    /** Names of facts that were sent, whose entries may be reversed. */
    private final List<String> sources = new ArrayList<>();

    @Override
    public Request next(Random random) {
        int kind = random.nextInt(100);
        if (kind < 45) {
            return ofOrder(random);
        }
        if (kind < 65) {
            return ofJob(random);
        }
        if (kind < 75) {
            return payment(random);
        }
        if (kind < 85) {
            return reversal(random);
        }
        return post("months/" + MONTHS.get(random.nextInt(MONTHS.size())) + "/close", "{}");
    }

    private Request ofOrder(Random random) {
        String order = "o" + random.nextInt(MOST_ORDERS);
        String fields = "{'orderId': '" + order + "', 'customerId': 'ada', 'at': '" + at(random) + "'";
        int number = 1 + random.nextInt(2);
        return switch (random.nextInt(6)) {
            case 0 -> told("open-order/orders.OrderCreated", "", fields + ", 'gross': " + euros("120") + "}");
            case 1 -> told("close-order/orders.OrderCancelled", "", fields + "}");
            case 2 ->
                told(
                        "post-orders/orders.OrderShipped",
                        "orders/OrderShipped/" + order,
                        fields + ", 'gross': " + euros("120.005") + ", 'tax': " + euros("20") + "}");
            case 3 ->
                told(
                        "post-orders/orders.OrderReturned",
                        "orders/OrderReturned/" + order + "/" + number,
                        fields + ", 'returnId': " + number + ", 'gross': " + euros("12") + ", 'tax': " + euros("2")
                                + "}");
            case 4 ->
                told(
                        "post-orders/orders.OrderPaid",
                        "orders/OrderPaid/" + order + "/p" + number,
                        fields + ", 'reference': 'p" + number + "', 'amount': " + euros("120") + "}");
            default ->
                told(
                        "post-orders/orders.OrderRefunded",
                        "orders/OrderRefunded/" + order + "/r" + number,
                        fields + ", 'reference': 'r" + number + "', 'amount': " + euros("12") + "}");
        };
    }

    private Request ofJob(Random random) {
        String job = "j" + random.nextInt(MOST_JOBS);
        if (random.nextInt(5) == 0) {
            return told(
                    "post-write-off/fieldops.JobWrittenOff",
                    "fieldops/JobWrittenOff/" + job,
                    "{'jobId': '" + job + "', 'reason': 'bankrupt', 'at': '" + at(random) + "'}");
        }
        int bill = 1 + random.nextInt(4);
        return told(
                "post-bill/fieldops.JobBillable",
                "fieldops/JobBillable/" + job + "/" + bill,
                "{'jobId': '" + job + "', 'regionId': 'north', 'bill': " + bill + ", 'taxRate': 0.2, 'completedAt': '"
                        + at(random) + "', 'amounts': [" + euros(String.valueOf(10 * bill)) + "]}");
    }

    private Request payment(Random random) {
        String reference = "t" + random.nextInt(3);
        sources.add("accounting/payments/" + reference);
        String of = random.nextBoolean() ? ", 'of': 'j" + random.nextInt(MOST_JOBS) + "'" : "";
        return post(
                "payments",
                "{'customerId': 'region:north', 'reference': '" + reference + "', 'amount': "
                        + euros(String.valueOf(5 + random.nextInt(2))) + of + "}");
    }

    /** Takes back what was posted, or another reversal. */
    private Request reversal(Random random) {
        String source = sources.isEmpty() ? "none" : sources.get(random.nextInt(sources.size()));
        String entry = entry(source);
        sources.add("accounting/EntryReversed/" + entry);
        String on = random.nextInt(3) == 0 ? "2025-11-30" : "2026-01-01";
        return post("entries/" + entry + "/reverse", "{'reason': 'typo', 'on': '" + on + "'}");
    }

    private static String at(Random random) {
        return (random.nextBoolean() ? "2026-01-01" : MONTHS.get(random.nextInt(MONTHS.size())) + "-15") + "T00:00:00Z";
    }

    private static String euros(String amount) {
        return "{'amount': " + amount + ", 'currency': 'EUR'}";
    }

    private static String entry(String source) {
        return UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Request told(String what, String source, String data) {
        if (!source.isEmpty()) {
            sources.add(source);
        }
        return new Request(Request.PUBLIC, "accounting/" + what + ".v1", data.replace('\'', '"'));
    }

    private static Request post(String path, String body) {
        return new Request("POST", "/accounting/" + path, body.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        // The next request does not depend on earlier answers.
    }

    /** An entry as it was posted. */
    private record Posted(Instant at, JsonNode data) {}

    /** What the streams of a history say. */
    private static final class Books {
        private final Map<String, Posted> entries = new TreeMap<>();
        private final Map<String, String> reversals = new TreeMap<>();
        private final Map<String, Instant> closed = new TreeMap<>();
        private final Map<String, JsonNode> told = new TreeMap<>();
        private final Set<String> sources = new HashSet<>();
        private final List<String> objections = new ArrayList<>();

        void add(String stream, Commit commit, StoredEvent event) {
            JsonNode data = data(event);
            switch (event.type()) {
                case "EntryPosted" -> posted(stream, commit.at(), data);
                case "EntryReversed" -> {
                    if (reversals.put(text(data, "entryId"), text(data, "reversedBy")) != null) {
                        objections.add("Reversed twice: " + data);
                    }
                }
                case "MonthClosed" -> closed.put(text(data, "month"), commit.at());
                case "OrderEntryPosted", "JobEntryPosted" -> {
                    if (!data.path("postings").isEmpty() && told.put(text(data, "entryId"), data) != null) {
                        objections.add("Told twice: " + data);
                    }
                }
                default -> {
                    // Other events are no postings.
                }
            }
        }

        private void posted(String stream, Instant at, JsonNode data) {
            String entry = text(data, "entryId");
            if (entries.put(entry, new Posted(at, data)) != null || !sources.add(text(data, "source"))) {
                objections.add("Posted twice: " + data);
            }
            if (!stream.equals("entry#" + entry) || !entry.equals(entry(text(data, "source")))) {
                objections.add("In the wrong stream, " + stream + ": " + data);
            }
        }

        List<String> objections() {
            entries.forEach((entry, posted) -> objections.addAll(flaws(posted, closed, told.remove(entry))));
            told.forEach((entry, data) -> objections.add("No entry " + entry + " is posted, but told: " + data));
            reversals.forEach((entry, reversal) -> reversed(entry, entries.get(entry), entries.get(reversal)));
            objections.addAll(inOrder(closed));
            return objections;
        }

        private void reversed(String entry, @Nullable Posted from, @Nullable Posted back) {
            if (from == null
                    || back == null
                    || !text(back.data(), "reverses").equals(entry)
                    || !sums(List.of(from.data(), back.data())).values().stream()
                            .allMatch(sum -> sum.signum() == 0)) {
                objections.add(back + " does not take back " + from);
            }
        }
    }

    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since) {
        Books books = new Books();
        streams.getOrDefault(EVENTS, Map.of())
                .forEach((stream, commits) ->
                        commits.forEach(commit -> commit.events().forEach(event -> books.add(stream, commit, event))));
        return books.objections();
    }

    private static String text(JsonNode data, String field) {
        return data.path(field).asText();
    }

    private static List<String> flaws(Posted posted, Map<String, Instant> closed, @Nullable JsonNode told) {
        List<String> objections = new ArrayList<>();
        JsonNode data = posted.data();
        if (data.path("postings").isEmpty()
                || !currencies(data).values().stream().allMatch(sum -> sum.signum() == 0)) {
            objections.add("Not balanced: " + data);
        }
        boolean about = data.has("about");
        if (about != (told != null) || (told != null && !told.path("postings").equals(data.path("postings")))) {
            objections.add("The entry " + data + " is told as " + told);
        }
        String month = data.path("bookedOn").asText().substring(0, 7);
        closed.forEach((name, at) -> {
            if (month.compareTo(name) <= 0 && posted.at().isAfter(at)) {
                objections.add("Booked in " + month + " after " + name + " was closed: " + data);
            }
        });
        if (data.path("bookedOn").asText().compareTo(data.path("effectiveOn").asText()) < 0) {
            objections.add("Booked before it happened: " + data);
        }
        return objections;
    }

    private static List<String> inOrder(Map<String, Instant> closed) {
        List<String> all = new ArrayList<>(closed.keySet());
        int first = all.isEmpty() ? 0 : MONTHS.indexOf(all.getFirst());
        return all.equals(MONTHS.subList(first, first + all.size())) ? List.of() : List.of("Closed are " + all);
    }

    private static Map<String, BigDecimal> currencies(JsonNode data) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        data.path("postings")
                .forEach(posting -> sums.merge(
                        posting.path("amount").path("currency").asText(),
                        posting.path("amount").path("amount").decimalValue(),
                        BigDecimal::add));
        return sums;
    }

    /** The sums of each account, customer and currency. */
    private static Map<String, BigDecimal> sums(List<JsonNode> entries) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        entries.forEach(data -> data.path("postings")
                .forEach(posting -> sums.merge(
                        posting.path("account").asText() + " "
                                + posting.path("customerId").asText() + " "
                                + posting.path("amount").path("currency").asText(),
                        posting.path("amount").path("amount").decimalValue(),
                        BigDecimal::add)));
        return sums;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
