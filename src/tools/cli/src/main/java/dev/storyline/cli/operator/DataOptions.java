package dev.storyline.cli.operator;

import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands on a data directory: on which data they work. */
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
}
