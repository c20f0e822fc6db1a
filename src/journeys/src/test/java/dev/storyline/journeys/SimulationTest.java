package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.simulation.Fault;
import dev.storyline.testkit.simulation.History;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * No lost, ghost, doubled or misordered effect, whatever goes wrong: thousands of simulated histories of all slices.
 * {@code -Dsimulation.seed=N} replays exactly one, {@code -Dsimulation.minutes=M} goes on with new seeds for so long, and
 * {@code -Dsimulation.histories=N} says how many.
 */
class SimulationTest {
    private static final long FIRST_SEED = 1;

    @Test
    void whatever_goes_wrong_nothing_is_lost_doubled_or_out_of_order() {
        Long seed = Long.getLong("simulation.seed");
        int minutes = Integer.getInteger("simulation.minutes", 0);
        try (Simulations simulations = new Simulations(System.out)) {
            if (seed != null) {
                History.Verdict verdict = simulations.history(seed);
                System.out.println(verdict);
                assertThat(verdict.violation()).isNull();
                return;
            }
            long first = minutes > 0 ? System.currentTimeMillis() : FIRST_SEED;
            long until = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
            int histories = Integer.getInteger("simulation.histories", 2_000);
            for (long i = 0; i < histories || System.nanoTime() - until < 0; i++) {
                assertThat(simulations.history(first + i).violation())
                        .as("replay with -Dsimulation.seed=%d", first + i)
                        .isNull();
            }
            simulations.tell(first);
            assertThat(simulations.faults()).containsOnlyKeys(Fault.values());
        }
    }

    @Test
    void the_same_seed_is_the_same_history() {
        try (Simulations simulations = new Simulations(System.out)) {
            for (long seed = 1; seed <= 20; seed++) {
                assertThat(simulations.history(seed)).isEqualTo(simulations.history(seed));
            }
        }
    }
}
