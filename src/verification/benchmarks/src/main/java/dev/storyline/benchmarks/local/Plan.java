package dev.storyline.benchmarks.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param root the repository, whose slices are built
 * @param stores the stores to measure: {@code memory}, {@code disk} or both
 * @param commits the sizes of the history at which figures are taken, in commits in stored form, in ascending order; the
 *     wishes that the benchmark makes come on top
 * @param callers the numbers of callers that press
 * @param seconds how long each run of a press lasts
 * @param runs how often each short run is repeated
 * @param restSeconds how long the cloud rests before its idle CPU is measured
 * @param stream how many commands go to one stream; 0 for none
 */
record Plan(
        Path root,
        List<String> stores,
        List<Integer> commits,
        List<Integer> callers,
        int seconds,
        int runs,
        int restSeconds,
        int stream) {
    /** How long idle CPU is measured, after the rest: like the rest, so that a minute has what runs each minute once. */
    int idleSeconds() {
        return Math.max(2, restSeconds);
    }

    /**
     * Reads options like {@code --commits 0,10000}.
     *
     * @throws IllegalArgumentException if an option or its value is unknown; the message names it
     */
    static Plan of(Path root, String... arguments) {
        Map<String, String> values = new HashMap<>(Map.of(
                "--store", "both",
                "--commits", "0,10000,100000",
                "--callers", "1,16,300",
                "--seconds", "3",
                "--runs", "3",
                "--rest", "60",
                "--stream", "10000"));
        for (int i = 0; i < arguments.length; i += 2) {
            if (!values.containsKey(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("The option '" + arguments[i] + "' is unknown or has no value.");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        String store = values.getOrDefault("--store", "");
        List<String> stores = store.equals("both") ? List.of("disk", "memory") : List.of(store);
        if (!List.of("disk", "memory").containsAll(stores)) {
            throw new IllegalArgumentException("A store is memory, disk or both, not '" + store + "'.");
        }
        return new Plan(
                root,
                stores,
                numbers(values, "--commits", 0),
                numbers(values, "--callers", 1),
                numbers(values, "--seconds", 1).getFirst(),
                numbers(values, "--runs", 1).getFirst(),
                numbers(values, "--rest", 1).getFirst(),
                numbers(values, "--stream", 0).getFirst());
    }

    private static List<Integer> numbers(Map<String, String> values, String option, int least) {
        String text = values.getOrDefault(option, "");
        if (!text.matches("\\d{1,7}(,\\d{1,7})*")
                || Stream.of(text.split(",")).anyMatch(number -> Integer.parseInt(number) < least)) {
            throw new IllegalArgumentException(option + " takes numbers from " + least + ", not '" + text + "'.");
        }
        return Arrays.stream(text.split(","))
                .map(Integer::parseInt)
                .distinct()
                .sorted()
                .toList();
    }
}
