package dev.storyline.cli.operator;

import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.operator.ContextArchive;
import dev.storyline.local.operator.Operator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline archive}. */
@Command(
        name = "archive",
        description =
                "Move the streams of a context whose story has ended from the event table to the archive, when their time is"
                        + " over and no view and no event handler is behind. They can be read as before, and take no commands."
                        + " A run closes streams; a run two hours later or more archives what was closed. Interrupted, run it"
                        + " again: it goes on. The exit status is 1 if a stream that is due must wait or stay.",
        subcommands = ArchiveRestoreCommand.class)
public final class ArchiveCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 10;

    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "CONTEXT", description = "The context, like fieldops.")
    private @Nullable String context;

    @Option(names = "--dry-run", description = "Only tell what would be archived.")
    private boolean dryRun;

    @Option(names = "--limit", paramLabel = "N", description = "The most streams to close or archive (default: all).")
    private @Nullable Long limit;

    public ArchiveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String named = context;
        if (named == null) {
            throw new WrongUse("Name the context whose streams are to be archived: './storyline archive fieldops'.");
        }
        if (limit != null && limit < 1) {
            throw new WrongUse("A --limit is 1 or more, not '" + limit + "'; leave the option out for no limit.");
        }
        return installation.on(session, null, operator -> archive(operator, named));
    }

    private int archive(Operator operator, String named) {
        ContextArchive.Report report = new ContextArchive(operator.installation(), named)
                .run(dryRun, limit == null ? Long.MAX_VALUE : limit, this::progress);
        if (format.json()) {
            session.print(new Told(
                    named,
                    dryRun,
                    report.commits(),
                    report.closed(),
                    report.archived(),
                    names(report.waiting()),
                    names(report.tooLarge()),
                    names(report.foreign()),
                    report.readUnits()));
        } else {
            session.out()
                    .println(named + (dryRun ? "  would be " : "  ") + report.closed() + " closed, " + report.archived()
                            + " archived, " + report.waiting().size() + " waiting; " + report.commits()
                            + " commits looked at, " + report.readUnits() + " read units");
            tell("A view or an event handler is behind", report.waiting());
            tell("Too large to be archived", report.tooLarge());
            tell("Not as an event store writes them", report.foreign());
        }
        return ExitStatus.found(!report.waiting().isEmpty()
                || !report.tooLarge().isEmpty()
                || !report.foreign().isEmpty());
    }

    private void progress(long archived) {
        if (!format.json() && session.terminal()) {
            session.err().print("\r" + archived + " closed or archived");
            session.err().flush();
        }
    }

    /** What the command tells as JSON. */
    private record Told(
            String context,
            boolean dryRun,
            long commits,
            long closed,
            long archived,
            Set<String> waiting,
            Set<String> tooLarge,
            Set<String> foreign,
            double readUnits) {}

    private static Set<String> names(Set<StreamId> streams) {
        return streams.stream().map(StreamId::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private void tell(String what, Set<StreamId> streams) {
        if (!streams.isEmpty()) {
            String first =
                    streams.stream().limit(MOST_NAMED).map(StreamId::toString).collect(Collectors.joining(", "));
            session.out().println(what + ": " + first + (streams.size() > MOST_NAMED ? ", ..." : ""));
        }
    }
}
