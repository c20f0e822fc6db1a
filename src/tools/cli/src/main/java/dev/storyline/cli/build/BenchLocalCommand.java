package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./storyline bench local}. */
@Command(
        name = "local",
        description = {
            "Measure the local cloud as 'up' runs it: over HTTP, beside the raw calls to its store, on a data directory"
                    + " and in memory. Targets stand beside the figures; a missed target does not fail.",
            "For two minutes: --store memory --commits 0 --callers 1,16 --seconds 2 --rest 5 --stream 100"
        })
final class BenchLocalCommand implements Runnable {
    private static final List<String> STORES = List.of("memory", "disk", "both");

    private final Session session;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            defaultValue = "both",
            description = "memory, disk or both (default: ${DEFAULT-VALUE}).")
    private String store = "both";

    @Option(
            names = "--commits",
            split = ",",
            paramLabel = "N",
            defaultValue = "0,10000,100000",
            description =
                    "How many commits the store has when it is measured, beside those of the measurement (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<Integer> commits = List.of();

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,16,300",
            description = "How many callers press at the same time (default: ${DEFAULT-VALUE}).")
    private List<Integer> callers = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How long each run of a press lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rest",
            paramLabel = "N",
            defaultValue = "60",
            description = "The seconds of rest before the idle CPU is measured (default: ${DEFAULT-VALUE}).")
    private int rest;

    @Option(
            names = "--stream",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many commands go to one stream; 0 for none (default: ${DEFAULT-VALUE}).")
    private int stream;

    BenchLocalCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (!STORES.contains(store)) {
            throw new WrongUse("A store is memory, disk or both, not '" + store + "'.");
        }
        atLeast(0, "number of commits", commits);
        atLeast(1, "number of callers", callers);
        atLeast(1, "number of seconds", List.of(seconds));
        atLeast(1, "rest", List.of(rest));
        atLeast(0, "number of commands to one stream", List.of(stream));
        new SliceBuild(session).ensureFresh();
        BenchCommand.build(session);
        // The measured process gets the options and the class path of this one, which the launcher chose.
        String options = String.join("\n", ManagementFactory.getRuntimeMXBean().getInputArguments());
        BenchCommand.measure(
                session,
                "dev.storyline.benchmarks.local.LocalBenchmark",
                List.of(
                        "-Dstoryline.root=" + session.root(),
                        "-Dstoryline.launcher.options=" + options,
                        "-Dstoryline.launcher.classpath=" + System.getProperty("java.class.path")),
                List.of(
                        "--store", store,
                        "--commits", joined(commits),
                        "--callers", joined(callers),
                        "--seconds", Integer.toString(seconds),
                        "--rest", Integer.toString(rest),
                        "--stream", Integer.toString(stream)));
    }

    static void atLeast(int least, String what, List<Integer> numbers) {
        for (int number : numbers) {
            if (number < least) {
                throw new WrongUse("The " + what + " is " + least + " or more, not '" + number + "'.");
            }
        }
    }

    static String joined(List<Integer> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
