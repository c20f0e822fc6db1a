package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.simulation.SimulatedStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Simulates the books of a few orders and jobs. Facts come twice, late, and in any order; months are closed meanwhile, and
 * entries are reversed.
 */
final class AccountingStory implements SimulatedStory {
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
        String entry = Books.entry(source);
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

    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        return Books.of(streams, witness).objections();
    }
}
