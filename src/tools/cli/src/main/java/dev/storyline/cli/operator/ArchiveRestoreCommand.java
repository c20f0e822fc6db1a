package dev.storyline.cli.operator;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.operator.ContextArchive;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline archive restore}. */
@Command(
        name = "restore",
        description =
                "Bring one archived stream back, as it was recorded, so that it takes commands again. It is recorded who did"
                        + " it and why. Its time begins anew: it stays as long as after its ending event.")
public final class ArchiveRestoreCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(
            paramLabel = "STREAM",
            description = "The stream, like job#4711; with its context, like fieldops/job#4711, where several have it.")
    private String stream = "";

    @Option(
            names = "--reason",
            paramLabel = "SENTENCE",
            required = true,
            description = "Why, for the record of what operators do.")
    private String reason = "";

    public ArchiveRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw new WrongUse("A restore needs a reason: --reason 'Ticket 4711: the customer complains.'");
        }
        return installation.on(session, null, this::restore);
    }

    private int restore(Operator operator) {
        StreamName name = StreamName.find(operator.installation(), stream);
        boolean restored =
                new ContextArchive(operator.installation(), name.context()).restore(name.stream(), reason.strip());
        if (!restored) {
            throw new CouldNot("The stream " + name + " is not archived.");
        }
        if (format.json()) {
            session.print(Map.of("restored", name.toString()));
        } else {
            session.out().println("The stream " + name + " is in the event table again, and takes commands.");
        }
        return ExitStatus.WELL;
    }
}
