package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.edge.Settings;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.simulation.Hunt;
import dev.storyline.simulation.Mutant;
import dev.storyline.simulation.MutantLoader;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the simulation finds each fault that is planted into the product code, and reports nothing without a
 * fault. A normal run starts each search at a seed that is known to find the fault. A long run starts at the first
 * seed.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutantsTest {
    private static final Map<String, Long> KNOWN_SEEDS = Hunt.knownSeeds(MutantsTest.class);
    private static final long SEED = Long.getLong("storyline.mutants.seed", 1);
    private static final int MOST_HISTORIES = Integer.getInteger("storyline.mutants.histories", 2_048);

    static Stream<Mutant> found() {
        return Mutants.found().stream();
    }

    @ParameterizedTest
    @MethodSource("found")
    void a_planted_fault_is_found(Mutant mutant) throws Exception {
        Hunt.mustCatch(Simulations.class, mutant, KNOWN_SEEDS, SEED, MOST_HISTORIES);
    }

    @Test
    void nothing_is_found_where_no_fault_is_planted() throws Exception {
        Hunt hunt = new Hunt(Simulations.class, Map.of());
        hunt.upTo(SEED, RunLength.of(16, 256));
        assertThat(hunt.violations()).as(hunt.told()).isZero();
    }

    @Test
    void a_planted_fault_reaches_the_slices() throws Exception {
        Mutant mutant = new Mutant(
                "other-status",
                "What cannot be read is answered as something stranger.",
                "src/runtime/edge/src/main/java/dev/storyline/edge/Problem.java",
                "new Problem(400, \"malformed\"",
                "new Problem(418, \"malformed\"");
        assertThat(statusOfNoWish(Map.of())).isEqualTo(400);
        assertThat(statusOfNoWish(mutant.classes())).isEqualTo(418);
    }

    private static Object statusOfNoWish(Map<String, byte[]> mutated) throws ReflectiveOperationException {
        return loader(mutated)
                .loadClass(NoWish.class.getName())
                .getMethod("status")
                .invoke(null);
    }

    private static ClassLoader loader(Map<String, byte[]> mutated) {
        return new MutantLoader(MutantsTest.class.getClassLoader(), mutated);
    }

    /** A request that the slice make-wish cannot read. */
    public static final class NoWish {
        private NoWish() {}

        /** Returns the status of the slice's response. */
        public static int status() throws Exception {
            Deployment.FunctionSpec function = Deployment.read(Repository.root()).functions().stream()
                    .filter(one -> one.export().equals("make-wish"))
                    .findFirst()
                    .orElseThrow();
            Edge edge = new Edge(new Settings(function.environment()), new SimulatedDynamoDb());
            String request = LambdaEvents.post(Map.of("childId", "simo"), "{}");
            try (SliceLoader slices = new SliceLoader()) {
                return slices.start(function, edge)
                        .call(Json.mapper().readTree(request))
                        .path("statusCode")
                        .asInt();
            }
        }
    }
}
