package dev.storyline.cli.slice;

import dev.storyline.cli.common.CommandGroup;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.modeler.scaffold.ContextScaffold;
import dev.storyline.modeler.scaffold.ScaffoldException;
import dev.storyline.modeler.scaffold.ScaffoldReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./storyline context}. */
@Command(
        name = "context",
        description = "Write the folders of a new context.",
        subcommands = {ContextCommand.NewCommand.class})
public final class ContextCommand extends CommandGroup {
    /** {@code ./storyline context new}. */
    @Command(
            name = "new",
            description =
                    "Write a new context with an empty story: its model, its language, its poms and its entry under infra."
                            + " './storyline up --contexts NAME' runs it at once; './storyline slice new' adds slices.")
    static final class NewCommand implements Callable<Integer> {
        private final Session session;

        @Mixin
        private final JsonOption format = new JsonOption();

        @Parameters(index = "0", paramLabel = "NAME", description = "The name: lower-case letters and digits.")
        private String name = "";

        NewCommand(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            try {
                ScaffoldReport report = ContextScaffold.write(session.root(), name);
                if (format.json()) {
                    session.print(report);
                } else {
                    session.out().print(report.text());
                }
                return ExitStatus.found(!report.complete());
            } catch (ScaffoldException e) {
                throw new WrongUse(String.valueOf(e.getMessage()));
            }
        }
    }
}
