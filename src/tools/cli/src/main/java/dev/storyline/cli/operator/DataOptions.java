package dev.storyline.cli.operator;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.common.ConsoleLog;
import dev.storyline.local.operator.Operator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that commands on a data directory share: on which data they work. */
public final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory (default: .data in the repository). A local cloud may run on it.")
    private @Nullable Path data;

    @Option(names = "--contexts", split = ",", paramLabel = "A,B", description = "Only these contexts (default: all).")
    private List<String> contexts = List.of();

    /** The data directory, whether it is there or not. */
    public Path folder(Session session) {
        return data == null ? session.root().resolve(".data") : data;
    }

    /** The contexts that are named; empty for all. */
    public Set<String> contexts(Session session) {
        new Repository(session.root()).requireContexts(contexts);
        return Set.copyOf(contexts);
    }

    /**
     * Runs something on the data.
     *
     * @param slice the slice that the command names; null for all slices
     */
    int on(Session session, @Nullable String slice, Function<Operator, Integer> command) {
        Set<String> named = contexts(session);
        Path folder = folder(session);
        if (!Files.isDirectory(folder)) {
            throw new CouldNot("There is no data in " + folder
                    + ": './storyline up' makes it there, and --data names another directory.");
        }
        ConsoleLog.startQuietly();
        try (Operator operator = Operator.on(session.root(), folder, named)) {
            if (slice != null) {
                WrongUse.unless("view and no event handler", slice, operator.slices());
            }
            return command.apply(operator);
        }
    }
}
