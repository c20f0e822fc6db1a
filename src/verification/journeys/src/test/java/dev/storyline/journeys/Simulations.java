package dev.storyline.journeys;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.simulation.Fault;
import dev.storyline.simulation.History;
import dev.storyline.simulation.SimulatedStory;
import dev.storyline.testkit.Repository;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs simulated histories of the slices that the repository's templates deploy for one story. */
public final class Simulations implements AutoCloseable {
    private static final int MOST_WORKERS = 8;

    /** Kept, or its level is forgotten with it: each retry would be told with its stack. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    private final Deployment deployment;
    private final Supplier<SimulatedStory> story;
    private final SliceLoader slices = new SliceLoader();

    private Simulations(Deployment deployment, Supplier<SimulatedStory> story) {
        LOGGER.setLevel(Level.OFF);
        this.deployment = deployment;
        this.story = story;
    }

    /** Simulations of wishes and who fulfils them, in this process, whose log of the product falls silent. */
    public static Simulations ofWishes() {
        Deployment deployment = Deployment.read(Repository.root(), Set.of("wishes", "naughtychildren", "logistics"));
        boolean withLogistics = deployment.routes().stream()
                .anyMatch(route -> route.path().equals("/logistics/orders/{wishId}/deliver"));
        return new Simulations(deployment, () -> new WishesStory(withLogistics));
    }

    /** Simulations of jobs and crews, likewise. */
    public static Simulations ofFieldOperations() {
        return new Simulations(
                Deployment.read(Repository.root(), Set.of("fieldops", "maintenance")), FieldOpsStory::new);
    }

    /**
     * Lets histories happen, one for each seed, up to the first violation, which is told in a line that begins with
     * {@code violation:}.
     *
     * @return how many violations there were: 0 or 1
     */
    public static int run(long firstSeed, int histories, PrintStream out) {
        try (Simulations simulations = ofWishes()) {
            Sum sum = simulations.all(firstSeed, seed -> seed < firstSeed + histories);
            sum.tell(firstSeed, out);
            return sum.violation() == null ? 0 : 1;
        }
    }

    /** Lets one history happen. */
    public History.Verdict history(long seed) {
        return History.of(seed, deployment, slices::start, story);
    }

    /** Lets histories happen from a seed on, side by side, as long as wanted and up to the first violation. */
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

    /** What many histories came to. */
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

        /** The history with the lowest seed that ended in what must never be; null if none did. */
        public synchronized History.@Nullable Verdict violation() {
            return violation;
        }

        /** How often what went wrong. */
        public synchronized Map<Fault, Integer> faults() {
            return new EnumMap<>(faults);
        }

        /** How often what heals was needed. */
        public synchronized Map<String, Integer> reached() {
            return new TreeMap<>(reached);
        }

        /** Tells how much happened, and how to see a violation again. */
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
