package dev.storyline.cli;

import dev.storyline.cli.common.Session;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code ./storyline completion}. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for bash and zsh.",
            "To use it in this shell: source <(./storyline completion)"
        })
final class CompletionCommand implements Runnable {
    private final Session session;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        session.out().println(AutoComplete.bash("storyline", Storyline.commandLine(session)));
    }
}
