package dev.storyline.journeys;

import dev.storyline.deployment.Deployment;
import dev.storyline.simulation.Fault;
import dev.storyline.simulation.History;
import dev.storyline.simulation.SimulatedStory;
import dev.storyline.testkit.Repository;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs simulated histories of the deployed slices of one story. */
public final class Simulations implements AutoCloseable {
    private static final int MOST_WORKERS = 8;

    /**
     * A strong reference, because the level of an unreferenced logger gets lost. The log would then show each retry
     * with its stack trace.
     */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    /** By how many seeds one history differs in how slices learn of commits. */
    private static final int EVERY = 3;

    private final Deployment direct;
    private final Deployment fanout;
    private final Supplier<SimulatedStory> story;
    private final PlantedSlices slices = new PlantedSlices();

    private Simulations(
            Set<String> contexts, Map<String, String> parameters, Function<Deployment, SimulatedStory> stories) {
        LOGGER.setLevel(Level.OFF);
        this.direct = deployment("dynamodb", parameters, contexts);
        this.fanout = deployment("fanout", parameters, contexts);
        this.story = () -> stories.apply(direct);
    }

    private static Deployment deployment(String feed, Map<String, String> parameters, Set<String> contexts) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put(Deployment.FEED, feed);
        return Deployment.read(Repository.root(), all, contexts);
    }

    /** Creates simulations of wishes and their fulfilment in this process. The product's log is silent in it. */
    public static Simulations ofWishes() {
        return new Simulations(
                Set.of("wishes", "naughtychildren", "logistics"),
                Map.of(),
                deployment -> new WishesStory(deployment.routes().stream()
                        .anyMatch(route -> route.path().equals("/logistics/orders/{wishId}/deliver"))));
    }

    /**
     * Creates simulations of jobs and crews in the same way.
     *
     * @param overlaps takes the number of overlaps of hours that are open at the end of each history
     */
    public static Simulations ofFieldOperations(IntConsumer overlaps) {
        return new Simulations(
                Set.of("fieldops", "maintenance"),
                Map.of("AccountingUrl", "https://accounting.example"),
                _ -> new FieldOpsStory(overlaps));
    }

    /** Creates simulations of stock and orders in the same way. */
    public static Simulations ofInventory() {
        return new Simulations(
                Set.of("inventory"), Map.of(), _ -> new InventoryStory(List.of("chair", "lamp", "table")));
    }

    /** Creates the same simulations with the stock of two products in several bins. */
    public static Simulations ofShardedInventory() {
        return new Simulations(
                Set.of("inventory"),
                Map.of("StockShards", "chair=3,lamp=2"),
                _ -> new InventoryStory(List.of("chair", "chair.2", "chair.3", "lamp", "lamp.2", "table")));
    }

    /** Creates simulations of products and their index in the same way. */
    public static Simulations ofCatalogue() {
        return new Simulations(Set.of("catalogue"), Map.of(), _ -> new CatalogueStory());
    }

    /** Creates simulations of the ledger in the same way; facts of orders and jobs come as public events. */
    public static Simulations ofAccounting() {
        return new Simulations(Set.of("accounting"), Map.of(), _ -> new AccountingStory());
    }

    /** Creates simulations of orders and the stock that they want in the same way. */
    public static Simulations ofOrders() {
        return new Simulations(Set.of("inventory", "orders"), Map.of("PaymentWithin", "20"), _ -> new OrdersStory());
    }

    /**
     * Creates simulations of the whole shop in the same way: catalogue, orders, inventory and accounting.
     *
     * @param ends takes the end of each history
     */
    public static Simulations ofCommerce(Consumer<Map<String, Integer>> ends) {
        return new Simulations(
                Set.of("catalogue", "orders", "inventory", "accounting"),
                Map.of("PaymentWithin", "30", "OldPriceHolds", "20"),
                _ -> new CommerceStory(end -> ends.accept(end.counts())));
    }

    /**
     * Runs one history for each seed, up to the first violation. It reports a violation in a line that begins with
     * {@code violation:}.
     *
     * @return the number of violations: 0 or 1
     */
    public static int run(long firstSeed, int histories, PrintStream out) {
        try (Simulations simulations = ofWishes()) {
            return simulations.reported(firstSeed, histories, out);
        }
    }

    private int reported(long firstSeed, int histories, PrintStream out) {
        Sum sum = all(firstSeed, seed -> seed < firstSeed + histories);
        sum.tell(firstSeed, out);
        return sum.violation() == null ? 0 : 1;
    }

    /** Runs histories of the whole shop in the same way. */
    public static final class OfCommerce {
        private OfCommerce() {}

        /** Runs one history for each seed, like {@link Simulations#run}. */
        public static int run(long firstSeed, int histories, PrintStream out) {
            try (Simulations simulations = ofCommerce(_ -> {})) {
                return simulations.reported(firstSeed, histories, out);
            }
        }
    }

    /** Runs one history. In every third, a distributor sends the commits to queues of the slices that read them. */
    public History.Verdict history(long seed) {
        return History.of(seed, seed % EVERY == 0 ? fanout : direct, slices::start, story);
    }

    /**
     * Runs histories in parallel from a seed on, as long as the predicate accepts the seed, up to the first violation.
     */
    public Sum all(long firstSeed, LongPredicate wanted) {
        Sum sum = new Sum();
        AtomicLong next = new AtomicLong(firstSeed);
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        List<Future<?>> working = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            for (int i = 0; i < workers; i++) {
                working.add(executor.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            sum.violation() == null && wanted.test(seed);
                            seed = next.getAndIncrement()) {
                        sum.add(history(seed));
                    }
                }));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** The totals of many histories. */
    public static final class Sum {
        private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        private final Map<String, Integer> reached = new TreeMap<>();
        private int histories;
        private long requests;
        private long steps;
        private History.@Nullable Verdict violation;

        private synchronized void add(History.Verdict verdict) {
            histories++;
            requests += verdict.requests();
            steps += verdict.steps();
            verdict.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
            verdict.reached().forEach((place, count) -> reached.merge(place, count, Integer::sum));
            if (verdict.violation() != null && (violation == null || verdict.seed() < violation.seed())) {
                violation = verdict;
            }
        }

        /** Returns the history with the lowest seed that violated an invariant; null if there is none. */
        public synchronized History.@Nullable Verdict violation() {
            return violation;
        }

        /** Returns the number of occurrences of each fault. */
        public synchronized Map<Fault, Integer> faults() {
            return new EnumMap<>(faults);
        }

        /** Returns the number of times that each recovery mechanism ran. */
        public synchronized Map<String, Integer> reached() {
            return new TreeMap<>(reached);
        }

        /** Prints the totals, and how to replay a violation. */
        public synchronized void tell(long firstSeed, PrintStream out) {
            if (violation != null) {
                out.println("violation: seed " + violation.seed() + ": "
                        + String.valueOf(violation.violation()).replace('\n', ' '));
                out.println("Replay it with -Dtest=SimulationTest -Dsimulation.seed=" + violation.seed());
            }
            out.println(histories + " histories from seed " + firstSeed + ", " + requests + " commands, " + steps
                    + " steps, violations: " + (violation == null ? 0 : 1));
            out.println("Faults: " + faults);
            out.println("Healed by: " + reached);
        }
    }

    @Override
    public void close() {
        slices.close();
    }
}
