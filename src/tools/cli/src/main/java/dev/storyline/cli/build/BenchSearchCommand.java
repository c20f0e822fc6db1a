package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./storyline bench search}. */
@Command(
        name = "search",
        description = {
            "Measure the search of the catalogue beside Lucene in memory: how long a query takes, and what queries and"
                    + " products cost. A hundred thousand products take an hour to index.",
            "For two minutes: --products 1000"
        })
final class BenchSearchCommand implements Runnable {
    private static final int LEAST_PRODUCTS = 100;

    private final Session session;

    @Option(
            names = "--products",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000,100000",
            description = "How many products there are, 100 or more (default: ${DEFAULT-VALUE}).")
    private List<Integer> products = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long each run lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    BenchSearchCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        for (int number : products) {
            if (number < LEAST_PRODUCTS) {
                throw new WrongUse("The number of products is " + LEAST_PRODUCTS + " or more, not '" + number + "'.");
            }
        }
        if (seconds < 1) {
            throw new WrongUse("The number of seconds is 1 or more, not '" + seconds + "'.");
        }
        BenchCommand.build(session);
        BenchCommand.measure(
                session,
                "dev.storyline.benchmarks.SearchBenchmark",
                List.of(),
                List.of(
                        "--products",
                        products.stream().map(Object::toString).collect(Collectors.joining(",")),
                        "--seconds",
                        Integer.toString(seconds)));
    }
}
