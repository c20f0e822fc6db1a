package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.edge.MetricLog;
import dev.storyline.local.lambda.DeployedCode;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.FunctionProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One function in one packaging form, with the measurements of its repeated starts. */
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
     * The parameters of a start.
     *
     * @param environment variables beyond those of its template and of Lambda
     * @param restored whether Lambda's snapshot hooks run before the first event
     */
    record Launch(FunctionSpec function, DeployedCode code, Map<String, String> environment, boolean restored) {}

    /** The number of events after the first one, which measure the cost of an event in a warm function. */
    private static final int MORE = 30;

    private record Figures(
            double startMillis, double firstMillis, double warmMillis, double megabytes, double peakMegabytes) {}

    /** Creates a function to start. A null launch means that this form was not built. */
    ColdStart(String function, String form, double zipBytes, @Nullable Launch launch, FirstEvent event) {
        this.function = function;
        this.form = form;
        this.zipBytes = zipBytes;
        this.launch = launch;
        this.event = event;
    }

    /** Starts the function once, and ends it after its first response and some more events. Round 0 does not count. */
    void start(int round) throws IOException {
        if (launch == null) {
            return;
        }
        JsonNode first = Json.mapper().readTree(event.json(round));
        try (FunctionProcess process =
                FunctionProcess.start(launch.function(), launch.code(), launch.environment(), MetricLog.NOBODY)) {
            answer = told(process, first);
            long answered = System.nanoTime();
            if (round > 0) {
                List<String> status = status(process.pid());
                figures.add(new Figures(
                        (answered - process.startedAt()) / 1e6,
                        (answered - process.readyAt()) / 1e6,
                        warm(process, round),
                        megabytes(status, "VmRSS:"),
                        megabytes(status, "VmHWM:")));
            }
        }
    }

    private double warm(FunctionProcess process, int round) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < MORE; i++) {
            JsonNode next = Json.mapper().readTree(event.json(round));
            long before = System.nanoTime();
            told(process, next);
            millis.add((System.nanoTime() - before) / 1e6);
        }
        return median(millis.stream().mapToDouble(Double::doubleValue));
    }

    private static String told(FunctionProcess process, JsonNode event) {
        try {
            return process.invoke(event, LONGEST).path("statusCode").asText("done");
        } catch (FunctionInvoker.FunctionFailed e) {
            String why = String.valueOf(e.getMessage());
            return "failed: " + why.substring(0, Math.min(200, why.length()));
        }
    }

    /** Returns the kernel's status of a process; empty if the operating system provides none. */
    private static List<String> status(long process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process), "status"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static double megabytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Returns the median, as the base of the ratios of other functions. */
    double startMillis() {
        return median(Figures::startMillis);
    }

    /** Returns a line of the table. */
    String row(double bareMillis) {
        if (launch == null) {
            return String.format(Locale.ROOT, "%-24s %-22s not built", function, form);
        }
        String start = launch.restored() ? "" : String.format(Locale.ROOT, "%.1f", startMillis());
        String ratio = launch.restored() ? "" : String.format(Locale.ROOT, "%.2f", startMillis() / bareMillis);
        return String.format(
                Locale.ROOT,
                "%-24s %-22s %7.1f %9s %9.1f %8.1f %6s %8.0f %8.0f  %s",
                function,
                form,
                zipBytes / MEGA,
                start,
                median(Figures::firstMillis),
                median(Figures::warmMillis),
                ratio,
                median(Figures::megabytes),
                median(Figures::peakMegabytes),
                answer);
    }

    private double median(ToDoubleFunction<Figures> figure) {
        return median(figures.stream().mapToDouble(figure));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
