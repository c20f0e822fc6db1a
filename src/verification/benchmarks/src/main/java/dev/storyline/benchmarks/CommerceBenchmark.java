package dev.storyline.benchmarks;

import dev.storyline.benchmarks.local.OrderBenchmark;
import dev.storyline.local.database.LocalDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Measures the contexts of a shop, part by part. */
public final class CommerceBenchmark {
    private CommerceBenchmark() {}

    /**
     * Runs the parts. {@code --parts hot,orders} names them; {@code --callers 1,16}, {@code --seconds N} and {@code --runs N}
     * say how many press, how long and how often; {@code --latencies 0,5} are the milliseconds that each call to DynamoDB
     * takes longer. The system property {@code storyline.root} names the repository.
     */
    public static void main(String[] arguments) {
        int status = 0;
        try {
            run(arguments);
        } catch (Exception e) {
            System.err.println("Not measured: " + e);
            status = 1;
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(status);
    }

    private static void run(String... arguments) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of(
                "--parts", "hot,orders", "--callers", "", "--seconds", "2", "--runs", "3", "--latencies", "0,5"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (options.put(arguments[i], arguments[i + 1]) == null) {
                throw new IllegalArgumentException("The option '" + arguments[i] + "' is unknown.");
            }
        }
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", ""));
        int runs = Integer.parseInt(options.getOrDefault("--runs", ""));
        System.out.printf(
                Locale.ROOT,
                "%d processors, Java %s, %d runs of %d s%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                runs,
                seconds);
        for (String part : options.getOrDefault("--parts", "").split(",")) {
            switch (part) {
                case "hot" ->
                    hot(seconds, runs, numbers(options, "--callers", "1,16,64"), numbers(options, "--latencies", ""));
                case "orders" -> orders(seconds, runs, numbers(options, "--callers", "1,16"));
                default -> throw new IllegalArgumentException("There is no part '" + part + "'.");
            }
        }
    }

    private static List<Integer> numbers(Map<String, String> options, String name, String otherwise) {
        String told = options.getOrDefault(name, "");
        return Stream.of((told.isEmpty() ? otherwise : told).split(","))
                .map(Integer::valueOf)
                .toList();
    }

    private static void hot(int seconds, int runs, List<Integer> callers, List<Integer> latencies) throws Exception {
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            CommandBenchmark.create(
                    tables.client(), CommandBenchmark.EVENTS, "stream", "version", ScalarAttributeType.N);
            new HotProduct(tables, seconds, runs, callers).print(latencies);
        }
    }

    private static void orders(int seconds, int runs, List<Integer> callers) throws Exception {
        Path root = Path.of(System.getProperty("storyline.root", "."))
                .toAbsolutePath()
                .normalize();
        OrderBenchmark.print(root, System.out, seconds, runs, callers);
    }
}
