package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.RunLength;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a library whose deadlines come late, twice, and after they were taken back, beside every other kind of fault. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class DeadlineHistoryTest {
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);
    private static final int HISTORIES = RunLength.of(100, 250);
    private static final int MOST_HISTORIES = 256;
    private static final String EDGE = "src/runtime/edge/src/main/java/dev/storyline/edge/";

    @BeforeAll
    static void silence() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void speech() {
        LOGGER.setLevel(null);
    }

    @Test
    void a_deadline_happens_once_and_never_early_whatever_goes_wrong() {
        Map<String, Integer> reached = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            History.Verdict verdict = Libraries.history(seed);
            assertThat(verdict.violation()).as("seed %d", seed).isNull();
            verdict.reached().forEach((what, times) -> reached.merge(what, times, Integer::sum));
        }
        System.out.println(HISTORIES + " histories of a library from seed " + FIRST_SEED + ": " + reached);
        assertThat(reached)
                .containsKeys(
                        "deadline fired",
                        "deadline fired twice",
                        "deadline taken back",
                        "deadline fired although it was taken back");
    }

    static Stream<Mutant> faults() {
        return Stream.of(
                new Mutant(
                        "deadline-under-another-id",
                        "A deadline that fires twice is carried out twice.",
                        EDGE + "InternalCommandEndpoint.java",
                        "CommandId.dispatch(message.commandId()),",
                        "CommandId.dispatch(java.util.UUID.randomUUID().toString()),"),
                new Mutant(
                        "deadline-early",
                        "A schedule gets the minute in which the deadline lies, and fires before it.",
                        EDGE + "EffectRunner.java",
                        "return minute.equals(at) ? at : minute.plus(1, ChronoUnit.MINUTES);",
                        "return minute;"),
                new Mutant(
                        "past-deadline-forgotten",
                        "A deadline that has passed is not dispatched.",
                        EDGE + "EffectRunner.java",
                        "if (!at.isAfter(now)) {",
                        "if (!at.isAfter(now)) {\n            if (!at.isAfter(now)) {\n                return;\n            }"),
                new Mutant(
                        "deadline-without-version",
                        "The deadline of a second loan has the key of the first one, so that its schedule is there already.",
                        EDGE + "EffectRunner.java",
                        "scheduleName(key),",
                        "scheduleName(deadline.stream().toString()),"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_planted_fault_is_found(Mutant mutant) throws Exception {
        Hunt.mustCatch(Libraries.class, mutant, Map.of(), FIRST_SEED, MOST_HISTORIES);
    }
}
