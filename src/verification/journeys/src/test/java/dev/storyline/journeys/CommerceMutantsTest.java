package dev.storyline.journeys;

import dev.storyline.simulation.Hunt;
import dev.storyline.simulation.Mutant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that histories of the shop find each fault that is planted into its slices. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommerceMutantsTest {
    private static final Map<String, Long> KNOWN_SEEDS = Hunt.knownSeeds(CommerceMutantsTest.class);
    private static final long SEED = Long.getLong("storyline.mutants.seed", 1);
    private static final int MOST_HISTORIES = Integer.getInteger("storyline.mutants.histories", 512);

    static Stream<Mutant> found() {
        return CommerceMutants.found().stream();
    }

    @ParameterizedTest
    @MethodSource("found")
    void whatever_goes_wrong_in_the_shop_a_planted_fault_is_found(Mutant mutant) throws Exception {
        Hunt.mustCatch(Simulations.OfCommerce.class, mutant, KNOWN_SEEDS, SEED, MOST_HISTORIES);
    }
}
