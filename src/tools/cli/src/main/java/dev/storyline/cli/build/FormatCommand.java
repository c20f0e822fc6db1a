package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ./storyline format}. */
@Command(name = "format", description = "Format all sources as the build expects them.")
public final class FormatCommand implements Runnable {
    private final Session session;

    public FormatCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        new Maven(session).runQuietly("format.log", List.of("spotless:apply"));
        session.out().println("The sources are formatted.");
    }
}
