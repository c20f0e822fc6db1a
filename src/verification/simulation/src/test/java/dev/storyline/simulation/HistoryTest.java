package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.RunLength;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs a bank under every kind of fault; {@code -Dsimulation.seed=N} sets the first seed. */
@Tag("slow")
class HistoryTest {
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);
    private static final int HISTORIES = RunLength.of(100, 250);

    @BeforeAll
    static void silence() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void speech() {
        LOGGER.setLevel(null);
    }

    @Test
    void totals_many_rows_refusals_and_calls_survive_every_fault_there_is() {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            History.Verdict verdict = Banks.history(seed);
            assertThat(verdict.violation()).as("seed %d", seed).isNull();
            verdict.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        }
        System.out.println(HISTORIES + " histories of a bank from seed " + FIRST_SEED + ": " + faults);
        assertThat(faults).containsOnlyKeys(Fault.values());
    }

    @Test
    void the_same_seed_is_the_same_history_and_another_one_another() {
        Set<Long> traces = new HashSet<>();
        for (long seed = 1; seed <= RunLength.of(8, 20); seed++) {
            History.Verdict verdict = Banks.history(seed);
            assertThat(Banks.history(seed)).isEqualTo(verdict);
            assertThat(traces.add(verdict.trace())).isTrue();
        }
    }
}
