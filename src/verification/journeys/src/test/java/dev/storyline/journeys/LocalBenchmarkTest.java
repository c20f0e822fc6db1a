package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.benchmarks.local.LocalBenchmark;
import dev.storyline.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs {@code ./storyline bench local} on tiny stores. Its figures appear; how good they are is not tested. */
class LocalBenchmarkTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String arguments) {
        return LocalBenchmark.run(
                Repository.root(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments.split(" "));
    }

    @Test
    void the_benchmark_of_the_local_cloud_prints_its_figures_for_both_stores() {
        int status = run("--commits 0,100 --callers 1,2 --seconds 1 --runs 1 --rest 1 --stream 20");
        System.out.println(out.toString(StandardCharsets.UTF_8));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).split("\nStore: "))
                .hasSize(3)
                .satisfies(tables -> assertThat(tables[1])
                        .startsWith("data directory")
                        .contains("restart until the first answer", "growth of the data directory"))
                .satisfies(tables -> assertThat(tables[2]).startsWith("memory"))
                .filteredOn(table -> table.contains("figure "))
                .allSatisfy(table -> assertThat(table)
                        .contains("p50 of the wish over that of the raw calls", "until it is in logistics' view")
                        .contains("2 callers: commands/s", "answers 503", "worst lag of logistics' view")
                        .contains("CPU 1 s after the last delivery", "resident memory", "one stream of 20 commits"));
    }

    @Test
    void an_option_that_it_does_not_know_is_named() {
        assertThat(run("--colour blue")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'--colour'");
    }
}
