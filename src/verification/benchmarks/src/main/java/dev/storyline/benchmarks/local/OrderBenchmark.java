package dev.storyline.benchmarks.local;

import static dev.storyline.benchmarks.local.Report.Target.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures orders from end to end over HTTP: from the request until the order's own view says that its stock is set aside,
 * through all contexts; and what one order costs at each of its steps, by contexts.
 */
public final class OrderBenchmark {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int COUNTED = 100;
    private static final int PRODUCTS = 100;
    private static final long QUIET_MS = 3_000;
    private static final String ROW = "%-10s %-18s %12s %8s %8s %8s %12s%n";

    /** Dollars for a million units on demand: list prices of us-east-1. */
    private static final double READ_PRICE = 0.125;

    private static final double WRITE_PRICE = 0.625;

    /** Dollars for a million invocations; their duration comes on top. */
    private static final double INVOCATION_PRICE = 0.20;

    private final PrintStream out;
    private final CloudUnderTest cloud;
    private final Calls calls;

    private OrderBenchmark(PrintStream out, CloudUnderTest cloud) {
        this.out = out;
        this.cloud = cloud;
        this.calls = new Calls(cloud.base());
    }

    /**
     * Measures the local cloud of a repository whose slices are built, with its data in memory.
     *
     * @param seconds how long callers order in each run
     */
    public static void print(Path root, PrintStream out, int seconds, int runs, List<Integer> callers)
            throws Exception {
        Path work = Files.createTempDirectory("storyline-bench");
        try (CloudUnderTest cloud = CloudUnderTest.counting(root, work)) {
            OrderBenchmark benchmark = new OrderBenchmark(out, cloud);
            benchmark.stock();
            benchmark.speed(seconds, runs, callers);
            benchmark.cost();
        } finally {
            LocalBenchmark.delete(work);
        }
    }

    /** The requests of customers and of the shop's people. */
    private record Calls(HttpClient client, URI base) {
        Calls(URI base) {
            this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), base);
        }

        JsonNode post(String path, String body) throws IOException, InterruptedException {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(base.resolve(path))
                            .timeout(LONGEST)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(
                        "POST " + path + " was answered " + response.statusCode() + ": " + response.body());
            }
            return Json.mapper().readTree(response.body());
        }

        /** The answer; an empty object where it is not 200. */
        JsonNode get(String path) throws InterruptedException {
            try {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(LONGEST)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return response.statusCode() == 200
                        ? Json.mapper().readTree(response.body())
                        : Json.mapper().createObjectNode();
            } catch (IOException e) {
                return Json.mapper().createObjectNode();
            }
        }

        String place(int product) throws IOException, InterruptedException {
            String body = """
                    {"customerId": "%s",
                     "lines": [{"productId": "bench-%d", "quantity": 1, "price": {"amount": 12.50, "currency": "EUR"}}],
                     "deliveryAddress": {"name": "Ada Wong", "street": "1 Mill Lane", "city": "Vienna", "country": "AT"}}
                    """.formatted(UUID.randomUUID(), product);
            return post("/orders/orders", body).path("orderId").asText();
        }

        boolean isReserved(String order) throws InterruptedException {
            JsonNode shown = get("/orders/orders/" + order);
            return shown.path("reserved").asBoolean(false)
                    || shown.path("state").asText().equals("reserved");
        }

        /** Pays the price with its tax of a fifth. */
        void pay(String order) throws IOException, InterruptedException {
            post(
                    "/orders/orders/" + order + "/pay",
                    "{\"reference\": \"pay-" + order + "\", \"amount\": {\"amount\": 15.00, \"currency\": \"EUR\"}}");
        }

        void ship(String order) throws IOException, InterruptedException {
            post("/orders/orders/" + order + "/ship", "{\"carrier\": \"Post\", \"tracking\": \"" + order + "\"}");
        }
    }

    /** Offers products and receives them, and waits until the first order of the last one is placed. */
    private void stock() throws Exception {
        for (int product = 0; product < PRODUCTS; product++) {
            calls.post(
                    "/catalogue/products/bench-" + product + "/describe",
                    "{\"name\": \"Chair\", \"description\": \"A chair of oak\", \"category\": \"chairs\","
                            + " \"language\": \"en\", \"price\": {\"amount\": 12.50, \"currency\": \"EUR\"},"
                            + " \"taxRate\": 0.2}");
            calls.post("/inventory/products/bench-" + product + "/receive", "{\"quantity\": 1000000}");
        }
        for (int product = 0; product < PRODUCTS; product++) {
            int one = product;
            Waiting.until(() -> isOffered(one), System.nanoTime());
        }
        await(List.of(calls.place(0)));
    }

    private boolean isOffered(int product) throws InterruptedException {
        try {
            calls.place(product);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(List<String> orders) throws InterruptedException {
        for (String order : orders) {
            Waiting.until(() -> calls.isReserved(order), System.nanoTime());
        }
    }

    /**
     * The orders of one run.
     *
     * @param seconds how long it took until the last one was reserved
     * @param answered how long each request took
     * @param reserved how long each order took until it was reserved; empty if nobody waited for it
     * @param rest the seconds from the end of the press until the last one was reserved
     */
    private record Run(double seconds, Percentiles answered, Percentiles reserved, double rest) {}

    private void speed(int seconds, int runs, List<Integer> callers) throws Exception {
        Report report = new Report(out);
        report.begin(
                "memory; orders of one piece. One caller waits until its order is reserved, then places the next one."
                        + " More callers do not wait: their questions would be most of the load");
        run(4, seconds);
        for (int number : callers) {
            List<Run> all = new ArrayList<>();
            for (int n = 0; n < runs; n++) {
                all.add(run(number, seconds));
            }
            String who = number + (number == 1 ? " caller: " : " callers: ");
            report.row(
                    who + "orders placed and reserved, per second",
                    all.stream()
                            .map(run -> run.answered().count() / run.seconds())
                            .toList(),
                    NONE);
            for (double share : new double[] {0.5, 0.99}) {
                String percentile = "p" + Math.round(share * 100) + " ms";
                report.row(
                        who + "place-order is answered, " + percentile,
                        all.stream().map(run -> run.answered().millis(share)).toList(),
                        NONE);
                if (number == 1) {
                    report.row(
                            who + "until the order is reserved, " + percentile,
                            all.stream()
                                    .map(run -> run.reserved().millis(share))
                                    .toList(),
                            NONE);
                }
            }
            if (number > 1) {
                report.row(
                        who + "until all are reserved after the press, s",
                        all.stream().map(Run::rest).toList(),
                        NONE);
            }
        }
    }

    private Run run(int callers, int seconds) throws Exception {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        List<String> orders = new ArrayList<>();
        List<Long> answered = new ArrayList<>();
        List<Long> reserved = new ArrayList<>();
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                int product = caller % PRODUCTS;
                futures.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        long before = System.nanoTime();
                        String order = calls.place(product);
                        long answer = System.nanoTime() - before;
                        if (callers == 1) {
                            reserved.add(Waiting.until(() -> calls.isReserved(order), before));
                        }
                        synchronized (answered) {
                            answered.add(answer);
                            orders.add(order);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        long pressed = System.nanoTime();
        await(orders);
        long ended = System.nanoTime();
        return new Run(
                (ended - begin) / 1e9, new Percentiles(answered), new Percentiles(reserved), (ended - pressed) / 1e9);
    }

    /** A step in the life of an order. */
    private interface Work {
        void on(String order) throws IOException, InterruptedException;
    }

    /** Takes orders through their steps, all through one step before the next, and prints what a step costs. */
    private void cost() throws Exception {
        out.println();
        out.printf(
                Locale.ROOT,
                "One order of one line, through all contexts: invocations, calls of functions to DynamoDB, and the units that"
                        + " AWS bills,%non average over %d orders. Dollars for a million orders at list prices: %.3f for a"
                        + " million read units, %.3f for%na million write units, %.2f for a million invocations. Duration,"
                        + " queues and buses come on top.%n",
                COUNTED,
                READ_PRICE,
                WRITE_PRICE,
                INVOCATION_PRICE);
        out.printf(ROW, "step", "context", "invocations", "calls", "RCU", "WCU", "$ / million");
        List<String> orders = new ArrayList<>();
        Map<String, FunctionCalls.Tally> before = quiet();
        for (int n = 0; n < COUNTED; n++) {
            orders.add(calls.place(n % PRODUCTS));
        }
        Map<String, FunctionCalls.Tally> placed = rows("placed", before);
        await(orders);
        Map<String, FunctionCalls.Tally> paid = step("paid", orders, calls::pay);
        Map<String, FunctionCalls.Tally> shipped = step("shipped", orders, calls::ship);
        Map<String, FunctionCalls.Tally> all = new TreeMap<>(placed);
        paid.forEach((context, tally) -> all.merge(context, tally, FunctionCalls.Tally::plus));
        shipped.forEach((context, tally) -> all.merge(context, tally, FunctionCalls.Tally::plus));
        all.forEach((context, tally) -> row("all", context, tally));
        row("all", "all", all.values().stream().reduce(FunctionCalls.Tally.NONE, FunctionCalls.Tally::plus));
    }

    private Map<String, FunctionCalls.Tally> step(String name, List<String> orders, Work work) throws Exception {
        Map<String, FunctionCalls.Tally> before = quiet();
        for (String order : orders) {
            work.on(order);
        }
        return rows(name, before);
    }

    /** Prints what has been called since then, when all is quiet, and returns it. */
    private Map<String, FunctionCalls.Tally> rows(String step, Map<String, FunctionCalls.Tally> before)
            throws IOException, InterruptedException {
        Map<String, FunctionCalls.Tally> since = new TreeMap<>();
        quiet().forEach((context, tally) -> {
            FunctionCalls.Tally more = tally.since(before.getOrDefault(context, FunctionCalls.Tally.NONE));
            if (more.calls() > 0 || more.invocations() > 0) {
                since.put(context, more);
            }
        });
        since.forEach((context, tally) -> row(step, context, tally));
        return since;
    }

    private void row(String step, String context, FunctionCalls.Tally tally) {
        double read = tally.read() / COUNTED;
        double written = tally.written() / COUNTED;
        out.printf(
                Locale.ROOT,
                ROW,
                step,
                context,
                number((double) tally.invocations() / COUNTED),
                number((double) tally.calls() / COUNTED),
                number(read),
                number(written),
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        read * READ_PRICE + written * WRITE_PRICE + tally.invocations() * INVOCATION_PRICE / COUNTED));
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }

    /** The tallies when no function has called for some seconds. */
    private Map<String, FunctionCalls.Tally> quiet() throws IOException, InterruptedException {
        String told = cloud.ask("calls");
        for (String last = ""; !told.equals(last); ) {
            last = told;
            Thread.sleep(QUIET_MS);
            told = cloud.ask("calls");
        }
        return FunctionCalls.parse(told);
    }
}
