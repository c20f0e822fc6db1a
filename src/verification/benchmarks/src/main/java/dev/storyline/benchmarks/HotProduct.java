package dev.storyline.benchmarks;

import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.ProductId;
import dev.storyline.contexts.inventory.StockEvent.StockReceived;
import dev.storyline.contexts.inventory.StockLevel;
import dev.storyline.contexts.inventory.StockLine;
import dev.storyline.contexts.inventory.StockShards;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.inventory.reservestock.ReserveStock;
import dev.storyline.inventory.reservestock.ReserveStockFunction;
import dev.storyline.local.database.LocalDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * Measures orders that each want one piece: of products of their own, of one product that all want, and of the same with
 * its stock in bins. Each caller has a function of its own, as on Lambda. All cases of a run alternate, so that their ratios
 * come from one run.
 *
 * <p>DynamoDB Local answers in less than a millisecond and does one call after the other. So calls also get a latency, with
 * which the time between reading and recording is as long as over a network.
 */
final class HotProduct {
    private static final int BINS = 8;
    private static final Instant AT = Instant.parse("2026-12-01T12:00:00Z");
    private static final String ROW = "%-14s %7s %20s %7s %8s %8s %9s %9s %8s %8s %9s%n";

    /** Where the pieces are that orders want. */
    private enum Stock {
        APART("own products"),
        ONE("one product"),
        BINS("one, in " + HotProduct.BINS + " bins");

        private final String title;

        Stock(String title) {
            this.title = title;
        }
    }

    /**
     * The orders of one run.
     *
     * @param nanos how long each took that was recorded, with its tries
     * @param seconds how long all took
     * @param gaveUp how many others were faster 16 times
     */
    private record Run(List<Long> nanos, double seconds, int gaveUp, int tries, int calls, double read, int written) {
        double perSecond() {
            return nanos.size() / seconds;
        }

        double millis(double share) {
            return nanos.stream()
                            .sorted()
                            .skip(Math.round(share * (nanos.size() - 1)))
                            .findFirst()
                            .orElseThrow()
                    / 1e6;
        }

        double each(double total) {
            return total / nanos.size();
        }
    }

    private final LocalDatabase tables;
    private final EventStore store;
    private final EventCodec codec = new EventCodec(Inventory.LANGUAGE);
    private final long nanos;
    private final int runs;
    private final List<Integer> callers;

    HotProduct(LocalDatabase tables, int seconds, int runs, List<Integer> callers) {
        this.tables = tables;
        this.store = new DynamoDbEventStore(tables.client(), CommandBenchmark.EVENTS);
        this.nanos = seconds * 1_000_000_000L;
        this.runs = runs;
        this.callers = callers;
    }

    /** Prints a table for each latency of a call, in milliseconds. */
    void print(List<Integer> latencies) throws Exception {
        run(Stock.APART, 4, Duration.ZERO);
        run(Stock.BINS, 4, Duration.ZERO);
        for (int latency : latencies) {
            System.out.printf(
                    Locale.ROOT,
                    "Hot product: orders of one piece through reserve-stock; %d ms of latency for each call; %d runs, median"
                            + " and spread; ratio to one product in the same run; times in ms, the rest for each order%n",
                    latency,
                    runs);
            System.out.printf(
                    ROW,
                    "stock",
                    "callers",
                    "orders/s",
                    "ratio",
                    "p50",
                    "p99",
                    "tries",
                    "calls",
                    "RCU",
                    "WCU",
                    "gave up");
            for (int number : callers) {
                Map<Stock, List<Run>> all = new EnumMap<>(Stock.class);
                for (int n = 0; n < runs; n++) {
                    for (Stock stock : Stock.values()) {
                        all.computeIfAbsent(stock, _ -> new ArrayList<>())
                                .add(run(stock, number, Duration.ofMillis(latency)));
                    }
                }
                all.forEach((stock, some) -> row(stock, number, some, all.getOrDefault(Stock.ONE, List.of())));
            }
            System.out.println();
        }
    }

    private static void row(Stock stock, int callers, List<Run> runs, List<Run> one) {
        List<Double> ratios = new ArrayList<>();
        for (int n = 0; n < runs.size(); n++) {
            ratios.add(runs.get(n).perSecond() / one.get(n).perSecond());
        }
        System.out.printf(
                ROW,
                stock.title,
                callers,
                String.format(
                        Locale.ROOT,
                        "%,.0f (%,.0f to %,.0f)",
                        median(runs, Run::perSecond),
                        runs.stream().mapToDouble(Run::perSecond).min().orElseThrow(),
                        runs.stream().mapToDouble(Run::perSecond).max().orElseThrow()),
                number(median(ratios, ratio -> ratio)),
                number(median(runs, run -> run.millis(0.5))),
                number(median(runs, run -> run.millis(0.99))),
                number(median(runs, run -> run.each(run.tries()))),
                number(median(runs, run -> run.each(run.calls()))),
                number(median(runs, run -> run.each(run.read()))),
                number(median(runs, run -> run.each(run.written()))),
                number(median(runs, run -> run.gaveUp())));
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        return runs.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.1f", figure);
    }

    /** Lets callers order for a while, after goods have come in. */
    private Run run(Stock stock, int number, Duration latency) throws Exception {
        String hot = "hot-" + UUID.randomUUID();
        String shards = stock == Stock.BINS ? hot + "=" + BINS : "";
        Calls calls = new Calls();
        Settings settings = new Settings(Map.of(
                "SLICE", "inventory/reserve-stock", "EVENT_TABLE", CommandBenchmark.EVENTS, "STOCK_SHARDS", shards));
        Edge edge = new Edge(settings, calls.on(tables, latency));
        List<Future<List<Long>>> futures = new ArrayList<>();
        if (stock != Stock.APART) {
            StockShards.of(shards.isEmpty() ? List.of() : List.of(shards))
                    .of(new ProductId(hot))
                    .forEach(this::receive);
        }
        long start = System.nanoTime();
        List<Long> took = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            for (int caller = 0; caller < number; caller++) {
                ProductId product = new ProductId(stock == Stock.APART ? hot + "-" + caller : hot);
                if (stock == Stock.APART) {
                    receive(product);
                }
                futures.add(threads.submit(() -> order(new ReserveStockFunction(edge), product, start)));
            }
            for (Future<List<Long>> future : futures) {
                took.addAll(future.get());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Long> recorded = took.stream().filter(one -> one > 0).toList();
        return new Run(
                recorded,
                seconds,
                took.size() - recorded.size(),
                calls.transactions(),
                calls.all(),
                calls.readUnits(),
                calls.writeUnits());
    }

    /** Orders one piece after the other. An order that gave up against the others counts as -1. */
    private List<Long> order(ReserveStockFunction function, ProductId product, long start) {
        List<Long> took = new ArrayList<>();
        while (System.nanoTime() - start < nanos) {
            OrderId order = new OrderId(UUID.randomUUID().toString());
            ReserveStock command = new ReserveStock(order, List.of(new StockLine(product, 1)));
            InternalCommand message = new InternalCommand(
                    order.value(),
                    "handler",
                    "c",
                    "order#1@1",
                    AT,
                    true,
                    false,
                    Json.mapper().valueToTree(command));
            long before = System.nanoTime();
            try {
                String outcome = function.internal(message).outcome();
                if (!outcome.equals("accepted")) {
                    throw new IllegalStateException("An order was answered " + outcome);
                }
                took.add(System.nanoTime() - before);
            } catch (TransientFailure e) {
                took.add(-1L);
            }
        }
        return took;
    }

    private void receive(ProductId bin) {
        String id = UUID.randomUUID().toString();
        store.append(new Commit(
                Inventory.stream(bin),
                1,
                id,
                AT,
                List.of(codec.encode(new StockReceived(bin, StockLevel.MOST_ON_HAND))),
                new CommitMetadata("anonymous", id, null, null, null)));
    }
}
