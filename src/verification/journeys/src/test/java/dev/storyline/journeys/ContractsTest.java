package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contracts.ContractFinding;
import dev.storyline.contracts.Contracts;
import dev.storyline.testkit.Repository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the contracts of this repository's contexts with their released versions, and reads the released events from
 * golden files.
 */
class ContractsTest {
    private final Path root = Repository.root();
    private final List<Contracts> all = Contracts.compare(root, Clock.systemUTC());

    @Test
    void every_contract_is_as_it_was_released() {
        assertThat(all).isNotEmpty();
        assertThat(all.stream()
                        .flatMap(contracts -> contracts.findings().stream())
                        .map(ContractFinding::toString))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> every_event_version_ever_released_is_read_on_every_path() {
        return all.stream()
                .map(contracts -> DynamicTest.dynamicTest(
                        contracts.promises().model().context(),
                        () -> assertThat(GoldenFiles.flaws(
                                        root,
                                        contracts.promises().model().context(),
                                        contracts.promises().language()))
                                .isEmpty()));
    }
}
