package dev.storyline.journeys;

import dev.storyline.local.Deployment;
import dev.storyline.local.Slices;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.simulation.Fault;
import dev.storyline.testkit.simulation.History;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs simulated histories of all slices that the repository's templates deploy. */
public final class Simulations implements AutoCloseable {
    /** Kept, or its level is forgotten with it: each retry would be told with its stack. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    private final Deployment deployment = Deployment.read(Repository.root());
    private final Slices slices = new Slices();
    private final boolean withLogistics =
            deployment.routes().stream().anyMatch(route -> route.path().equals("/logistics/orders/{wishId}/deliver"));
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final PrintStream out;
    private int histories;
    private long requests;
    private long steps;
    private @Nullable String violation;

    /** Simulations that tell what they see. */
    public Simulations(PrintStream out) {
        this.out = out;
        LOGGER.setLevel(Level.OFF);
    }

    /**
     * Lets histories happen, one for each seed, up to the first violation.
     *
     * @return how many violations there were: 0 or 1
     */
    public static int run(long firstSeed, int histories, PrintStream out) {
        try (Simulations simulations = new Simulations(out)) {
            for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
                if (simulations.history(seed).violation() != null) {
                    return 1;
                }
            }
            simulations.tell(firstSeed);
            return 0;
        }
    }

    /** Lets one history happen, and tells of a violation how to see it again. */
    public History.Verdict history(long seed) {
        History.Verdict verdict = History.of(seed, deployment, slices::start, () -> new WishesStory(withLogistics));
        histories++;
        requests += verdict.requests();
        steps += verdict.steps();
        verdict.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        if (verdict.violation() != null) {
            violation = verdict.violation();
            out.println("violation: seed " + seed + ": " + violation.replace('\n', ' '));
            out.println("Replay it with -Dtest=SimulationTest -Dsimulation.seed=" + seed);
        }
        return verdict;
    }

    /** Tells how much happened. */
    public void tell(long firstSeed) {
        out.println(histories + " histories from seed " + firstSeed + ", " + requests + " commands, " + steps
                + " steps, violations: " + (violation == null ? "0" : "1"));
        out.println("Faults: " + faults);
    }

    /** How often what went wrong so far. */
    public Map<Fault, Integer> faults() {
        return new EnumMap<>(faults);
    }

    @Override
    public void close() {
        slices.close();
    }
}
