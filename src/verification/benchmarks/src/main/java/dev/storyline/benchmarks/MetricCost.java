package dev.storyline.benchmarks;

import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.MetricLog;
import dev.storyline.wishes.makewish.MakeWishFunction;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures what the metrics of a command cost: the bytes of its line in the log, and the time. The time is that of a
 * request without a body, which is refused before anything is asked, with metrics less without. Many short rounds of both
 * alternate, so that other load on the machine affects both; the medians are compared.
 */
final class MetricCost {
    private static final int ROUNDS = 40;
    private static final int COMMANDS = 5_000;
    private static final int BYTES_IN_A_GB = 1_000_000_000;

    /** What CloudWatch Logs takes for a GB, and what it adds to each line. */
    private static final double DOLLARS_FOR_A_GB = 0.5;

    private static final int BYTES_OF_A_LINE = 26;

    private final DynamoDbClient client;
    private final CountedLines lines = new CountedLines();

    MetricCost(DynamoDbClient client) {
        this.client = client;
    }

    /** Writes lines to where nobody reads, and counts their bytes. */
    static final class CountedLines implements MetricLog {
        private final PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        private long bytes;
        private long lines;

        @Override
        public synchronized void tell(String line) {
            out.println(line);
            bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
            lines++;
        }

        synchronized long bytesOfOne() {
            return lines == 0 ? 0 : bytes / lines;
        }
    }

    void print() {
        MakeWishFunction told = Speed.function(client, lines);
        String child = UUID.randomUUID().toString();
        for (int i = 0; i < 5; i++) {
            told.http(Speed.request(child));
        }
        long bytes = lines.bytesOfOne();
        System.out.println("Metrics of a command: one line in the log of the function");
        System.out.printf(
                Locale.ROOT,
                "bytes of a line %d; a million commands %.2f GB, %.2f dollars%n",
                bytes,
                (bytes + BYTES_OF_A_LINE) * 1e6 / BYTES_IN_A_GB,
                (bytes + BYTES_OF_A_LINE) * 1e6 / BYTES_IN_A_GB * DOLLARS_FOR_A_GB);
        MakeWishFunction untold = Speed.function(client, MetricLog.NOBODY);
        double[] with = new double[ROUNDS];
        double[] without = new double[ROUNDS];
        micros(told);
        micros(untold);
        for (int round = 0; round < ROUNDS; round++) {
            with[round] = micros(told);
            without[round] = micros(untold);
        }
        Arrays.sort(with);
        Arrays.sort(without);
        System.out.printf(
                Locale.ROOT,
                "microseconds of a refused request: with metrics %.1f, without %.1f, difference %.1f%n",
                with[ROUNDS / 2],
                without[ROUNDS / 2],
                with[ROUNDS / 2] - without[ROUNDS / 2]);
    }

    private static double micros(MakeWishFunction function) {
        HttpEvent event = new HttpEvent(
                "/wishes/children/ann/wishes",
                null,
                Map.of("content-type", "application/json", "idempotency-key", "key"),
                null,
                Map.of("childId", "ann"),
                "",
                false,
                null);
        long begun = System.nanoTime();
        for (int i = 0; i < COMMANDS; i++) {
            if (function.http(event).statusCode() != 400) {
                throw new IllegalStateException("A request without a body was not refused");
            }
        }
        return (System.nanoTime() - begun) / 1_000d / COMMANDS;
    }
}
