package dev.storyline.benchmarks;

import dev.storyline.eventstore.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One function in one form, started again and again, with what was measured. */
final class ColdStart {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final double MEGA = 1_000_000;

    private final String function;
    private final String form;
    private final double zipBytes;
    private final @Nullable Launch launch;
    private final FirstEvent event;
    private final List<Figures> figures = new ArrayList<>();
    private String answer = "";

    /**
     * How it is started.
     *
     * @param restored whether Lambda's hooks around a snapshot run before the event is handed over
     */
    record Launch(List<String> command, Path folder, Map<String, String> environment, boolean restored) {}

    private record Figures(double startMillis, double firstMillis, double megabytes, double peakMegabytes) {}

    /** What to start; without a launch it was not built. */
    ColdStart(String function, String form, double zipBytes, @Nullable Launch launch, FirstEvent event) {
        this.function = function;
        this.form = form;
        this.zipBytes = zipBytes;
        this.launch = launch;
        this.event = event;
    }

    /** Starts it once and ends it after its first answer; round 0 does not count. */
    void start(int round, Path work) throws Exception {
        if (launch == null) {
            return;
        }
        AtomicLong pid = new AtomicLong();
        Path log = work.resolve("log");
        try (RuntimeApi api = new RuntimeApi(event.json(round), pid::get)) {
            ProcessBuilder builder = new ProcessBuilder(launch.command())
                    .directory(launch.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(launch.environment());
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            long before = System.nanoTime();
            Process process = builder.start();
            pid.set(process.pid());
            try {
                RuntimeApi.Answer first = api.await(LONGEST);
                answer = told(first);
                if (round > 0) {
                    figures.add(new Figures(
                            (first.answered() - before) / 1e6,
                            (first.answered() - first.handedOver()) / 1e6,
                            first.memory().now() / 1000.0,
                            first.memory().peak() / 1000.0));
                }
            } catch (TimeoutException e) {
                throw new IllegalStateException(
                        function + " as " + form + " did not answer: " + Files.readString(log), e);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The median, for the ratios of others. */
    double startMillis() {
        return median(Figures::startMillis);
    }

    /** A line of the table. */
    String row(double bareMillis) {
        if (launch == null) {
            return String.format(Locale.ROOT, "%-24s %-22s not built", function, form);
        }
        String start = launch.restored() ? "" : String.format(Locale.ROOT, "%.1f", startMillis());
        String ratio = launch.restored() ? "" : String.format(Locale.ROOT, "%.2f", startMillis() / bareMillis);
        return String.format(
                Locale.ROOT,
                "%-24s %-22s %7.1f %9s %9.1f %6s %8.0f %8.0f  %s",
                function,
                form,
                zipBytes / MEGA,
                start,
                median(Figures::firstMillis),
                ratio,
                median(Figures::megabytes),
                median(Figures::peakMegabytes),
                answer);
    }

    private double median(ToDoubleFunction<Figures> figure) {
        return figures.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(figures.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String told(RuntimeApi.Answer first) throws IOException {
        if (first.failed()) {
            return "failed: "
                    + first.body().substring(0, Math.min(200, first.body().length()));
        }
        return Json.mapper().readTree(first.body()).path("statusCode").asText("done");
    }
}
