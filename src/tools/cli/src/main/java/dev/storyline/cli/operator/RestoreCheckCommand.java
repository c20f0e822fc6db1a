package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.RestoreDrill;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./storyline restore-check}. */
@Command(
        name = "restore-check",
        description =
                "Restore the event tables to a moment, beside those that are used; fold all their streams, compare every view"
                        + " and position with them, and say what a restore would take. The restored tables are deleted again."
                        + " The exit status is 1 if something needs a person now: events that cannot be read, rows that are"
                        + " not those of their events, positions of another history.")
public final class RestoreCheckCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ScanOptions scan = new ScanOptions();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The moment, like 2026-12-24T18:00:00Z (default: the latest that can be restored).")
    private @Nullable String at;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Of a local cloud: restore from this copy of its data directory, which stays as it is.")
    private @Nullable Path from;

    @Option(names = "--keep", description = "Keep the restored tables, for a look at them.")
    private boolean keep;

    @Option(names = "--drop", description = "Only delete restored tables that an earlier drill has kept or left.")
    private boolean drop;

    public RestoreCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        scan.check();
        if (drop && (at != null || from != null || keep)) {
            throw new WrongUse("--drop only deletes: leave --at, --from and --keep out.");
        }
        Instant moment = moment(at);
        return installation.on(
                session, null, operator -> scan.on(operator, () -> drop ? dropped(operator) : check(operator, moment)));
    }

    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant moment = Instant.parse(text);
            if (moment.isAfter(Instant.now())) {
                throw new WrongUse("Nothing is restored from the future: " + text + ".");
            }
            return moment;
        } catch (DateTimeParseException e) {
            throw new WrongUse("'" + text + "' is no instant, like 2026-12-24T18:00:00Z.");
        }
    }

    private int dropped(Operator operator) {
        List<String> tables = operator.restoreDrill().drop();
        if (format.json()) {
            session.print(Map.of("dropped", tables));
        } else {
            session.out()
                    .println(
                            tables.isEmpty()
                                    ? "There are no restored tables."
                                    : "Deleted: " + String.join(", ", tables) + ".");
        }
        return ExitStatus.WELL;
    }

    private int check(Operator operator, @Nullable Instant moment) {
        ObjectNode report = operator.restoreDrill()
                .run(
                        new RestoreDrill.Order(moment, from, scan.readUnits() == 0 ? null : scan.readUnits(), keep),
                        step -> session.err().println(step + " ..."));
        if (format.json()) {
            session.print(report);
        } else {
            session.out().println(text(report));
        }
        return ExitStatus.found(report.path("needsPerson").asBoolean());
    }

    private static String text(ObjectNode report) {
        StringBuilder text = new StringBuilder("Restore drill by "
                + report.path("by").asText() + ", "
                + report.path("began").asText() + " to " + report.path("ended").asText() + ". "
                + report.path("of").asText() + ".");
        for (JsonNode table : report.path("tables")) {
            text.append("\n").append(table.path("table").asText());
            text.append(table.hasNonNull("from") ? " of " + table.path("from").asText() : "");
            text.append(
                    table.path("at").asText().equals("latest")
                            ? ", latest"
                            : " as of " + table.path("at").asText());
            text.append(": ")
                    .append(table.path("streams").asLong())
                    .append(" streams, ")
                    .append(table.path("commits").asLong())
                    .append(" commits, ")
                    .append(table.path("events").asLong())
                    .append(" events")
                    .append(
                            table.path("unreadable").asLong() == 0
                                    ? ""
                                    : ", " + table.path("unreadable").asLong() + " items that are no commits")
                    .append(", digest ")
                    .append(table.path("digest").asText());
            text.append(
                    table.path("kept").asBoolean()
                            ? "; kept as " + table.path("restored").asText()
                            : "");
        }
        for (JsonNode slice : report.path("slices")) {
            slice(slice, text);
        }
        return text.append(
                        report.path("needsPerson").asBoolean()
                                ? "\nSomething needs a person now."
                                : "\nNothing needs a person now.")
                .append("\nSigned: ")
                .append(report.path("signature").asText())
                .toString();
    }

    private static void slice(JsonNode slice, StringBuilder text) {
        text.append("\n")
                .append(slice.path("slice").asText())
                .append("  ")
                .append(slice.path("streams").asLong())
                .append(" streams folded");
        for (String count : List.of("behind", "ahead", "foreign", "differing", "unreadable", "skipped")) {
            if (slice.path(count).asLong() > 0) {
                text.append(", ").append(slice.path(count).asLong()).append(" ").append(count);
            }
        }
        text.append(": ")
                .append(
                        slice.path("todo").asText().isEmpty()
                                ? "nothing to do"
                                : slice.path("todo").asText());
        for (JsonNode found : slice.path("first")) {
            text.append("\n    ")
                    .append(found.path("stream").asText())
                    .append(" ")
                    .append(found.path("what").asText())
                    .append(": ")
                    .append(found.path("sentence").asText());
        }
    }
}
