package dev.storyline.benchmarks.local;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the local cloud as {@code ./storyline up} runs it: commands and deliveries over HTTP, beside the raw calls to
 * the same store in the same run; with one caller and with many; on an empty store and on a large one; busy and idle. Two
 * stores are measured one after the other: a data directory, and memory. Targets stand beside the figures. A target that
 * is missed does not fail the run, because figures differ between machines.
 */
public final class LocalBenchmark {
    private LocalBenchmark() {}

    /**
     * Measures and prints one table for each store. The options are {@code --store memory|disk|both},
     * {@code --commits 0,10000}, {@code --callers 1,16}, {@code --seconds N}, {@code --runs N}, {@code --rest N} and
     * {@code --stream N}. The system property {@code storyline.root} names the repository.
     */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("storyline.root", "."))
                .toAbsolutePath()
                .normalize();
        System.exit(run(root, System.out, System.err, arguments));
    }

    /**
     * Measures the local cloud of a repository whose slices are built.
     *
     * @return the exit status: 0 after a measurement, 1 if something broke, 2 if an option is wrong
     */
    public static int run(Path root, PrintStream out, PrintStream err, String... arguments) {
        try {
            measure(Plan.of(root, arguments), out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (Exception e) {
            err.println("Not measured: " + e);
            return 1;
        }
    }

    private static void measure(Plan plan, PrintStream out) throws Exception {
        out.printf(
                Locale.ROOT,
                "%d processors for the cloud and its callers, Java %s; %d runs of %d s each; the value is their median.%n"
                        + "A wish is a POST of a new child over HTTP. The history is commits in stored form: of ten of a"
                        + " child,%none is an approved wish, which logistics orders, and nine are rejections. The feeds"
                        + " work them off.%nLoad of the machine before: %.1f, in threads that want a processor.%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                plan.runs(),
                plan.seconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        for (String store : plan.stores()) {
            Path work = Files.createTempDirectory("storyline-bench");
            try {
                Path data = store.equals("disk") ? work.resolve("data") : null;
                new StoreBenchmark(plan, new Report(out), work, data).print();
            } finally {
                delete(work);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
