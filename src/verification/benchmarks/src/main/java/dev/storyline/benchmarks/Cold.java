package dev.storyline.benchmarks;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.lambda.FunctionProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Measures cold starts: from the start of a function's process to its first response, including its calls to DynamoDB.
 * The processes start as on Lambda, with a Runtime API and an embedded DynamoDB on loopback. The benchmark prints
 * figures and has no thresholds, because figures differ between machines.
 */
public final class Cold {
    private static final List<String> SLICES = List.of("wishes/make-wish", "wishes/child-wishes");

    /** The logger for the output of functions, which this benchmark suppresses. */
    private static final Logger FUNCTIONS = Logger.getLogger(FunctionProcess.class.getPackageName());

    private Cold() {}

    /** Measures the named slices, and prints a table. */
    public static void main(String[] arguments) {
        FUNCTIONS.setLevel(Level.WARNING);
        // DynamoDB Local leaves threads behind that would keep the process alive, even after a failure.
        int status = 1;
        try {
            status = measure(arguments);
        } catch (IOException | RuntimeException e) {
            System.err.println("Not measured: " + e);
        } finally {
            System.exit(status);
        }
    }

    private static int measure(String[] arguments) throws IOException {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        int starts = 10;
        int option = words.indexOf("--starts");
        if (option >= 0) {
            boolean good = option + 1 < words.size() && words.get(option + 1).matches("[1-9][0-9]{0,2}");
            starts = good ? Integer.parseInt(words.get(option + 1)) : 0;
            words.subList(option, Math.min(option + 2, words.size())).clear();
        }
        Path root = Path.of(System.getProperty("storyline.root", "."))
                .toAbsolutePath()
                .normalize();
        List<String> slices = words.isEmpty() ? SLICES : words;
        Deployment deployment = Deployment.read(root);
        Optional<String> unknown = slices.stream()
                .filter(one -> !deployment.slices().contains(one))
                .findFirst();
        if (starts == 0 || unknown.isPresent()) {
            System.err.println(
                    unknown.map(one -> "There is no slice '" + one + "'.").orElse("--starts N: 1 to 999.")
                            + " Usage: ./storyline bench cold [CONTEXT/SLICE...] [--starts N]");
            return 2;
        }
        Path work = Files.createTempDirectory("storyline-cold");
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            tables.create(deployment.tables());
            print(contenders(deployment, slices, work, tables), starts);
        } finally {
            delete(work);
        }
        return 0;
    }

    private static List<ColdStart> contenders(
            Deployment deployment, List<String> slices, Path work, LocalDatabase tables) throws IOException {
        List<ColdStart> all = new ArrayList<>();
        Packaged packaged = new Packaged(work, tables.endpoint());
        FunctionSpec command = deployment.functions().stream()
                .filter(function -> function.export().equals("make-wish"))
                .findFirst()
                .orElseThrow();
        for (String client : Packaged.HTTP_CLIENTS) {
            all.add(packaged.bare(
                    command, client, FirstEvent.of(deployment, command).orElseThrow()));
        }
        for (FunctionSpec function : deployment.functions()) {
            Optional<FirstEvent> events =
                    slices.contains(function.slice()) ? FirstEvent.of(deployment, function) : Optional.empty();
            if (events.isPresent()) {
                all.addAll(packaged.zip(function, events.get()));
                all.add(packaged.executable(function, events.get()));
            }
        }
        return all;
    }

    private static void print(List<ColdStart> contenders, int starts) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "Cold starts: the median of %d starts each, by turns; %d processors, Java %s%nstart: process start to"
                        + " first answer; first: from where the event was handed over, or the restore was over;%nwarm: each"
                        + " of the next events; ratio: start over that of the first bare handler, which calls DynamoDB"
                        + " as make-wish does:%nGetItem, Query, PutItem%n%n",
                starts,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            System.out.println("There is no /proc here, so nobody knows the memory.\n");
        }
        System.out.printf(
                "%-24s %-22s %7s %9s %9s %8s %6s %8s %8s  %s%n",
                "function", "as", "zip MB", "start ms", "first ms", "warm ms", "ratio", "RSS MB", "peak MB", "answer");
        // Round 0 does not count, so that the first contender does not pay for reading the disk.
        for (int round = 0; round <= starts; round++) {
            for (ColdStart contender : contenders) {
                contender.start(round);
            }
        }
        double bare = contenders.getFirst().startMillis();
        for (ColdStart contender : contenders) {
            System.out.println(contender.row(bare));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
