package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./storyline bench commerce}. */
@Command(
        name = "commerce",
        description = {
            "Measure the contexts of a shop. 'hot': orders of one product that all want, with and without bins. 'orders': an"
                    + " order from the request until its stock is set aside, and what it costs in every context."
        })
final class BenchCommerceCommand implements Runnable {
    private static final List<String> PARTS = List.of("hot", "orders");

    private final Session session;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            defaultValue = "hot,orders",
            description = "What is measured, hot or orders (default: ${DEFAULT-VALUE}).")
    private List<String> parts = List.of();

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "N",
            description = "How many callers order at the same time (default: 1,16,64 for hot, 1,16 for orders).")
    private List<Integer> callers = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "How long each run lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many runs each figure has (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--latencies",
            split = ",",
            paramLabel = "MS",
            defaultValue = "0,5",
            description = "By how many milliseconds each call to DynamoDB takes longer, for hot (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Integer> latencies = List.of();

    BenchCommerceCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        for (String part : parts) {
            if (!PARTS.contains(part)) {
                throw new WrongUse("A part is one of " + PARTS + ", not '" + part + "'.");
            }
        }
        BenchLocalCommand.atLeast(1, "number of callers", callers);
        BenchLocalCommand.atLeast(1, "number of seconds", List.of(seconds));
        BenchLocalCommand.atLeast(1, "number of runs", List.of(runs));
        BenchLocalCommand.atLeast(0, "latency", latencies);
        new SliceBuild(session).ensureFresh();
        BenchCommand.build(session);
        // The measured process gets the options and the class path of this one, which the launcher chose.
        String options = String.join("\n", ManagementFactory.getRuntimeMXBean().getInputArguments());
        List<String> arguments = new ArrayList<>(List.of(
                "--parts", String.join(",", parts),
                "--seconds", Integer.toString(seconds),
                "--runs", Integer.toString(runs),
                "--latencies", BenchLocalCommand.joined(latencies)));
        if (!callers.isEmpty()) {
            arguments.addAll(List.of("--callers", BenchLocalCommand.joined(callers)));
        }
        BenchCommand.measure(
                session,
                "dev.storyline.benchmarks.CommerceBenchmark",
                List.of(
                        "-Dstoryline.root=" + session.root(),
                        "-Dstoryline.launcher.options=" + options,
                        "-Dstoryline.launcher.classpath=" + System.getProperty("java.class.path")),
                arguments);
    }
}
