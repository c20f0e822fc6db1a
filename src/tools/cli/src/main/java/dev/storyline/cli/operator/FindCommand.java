package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.history.EventSearch;
import dev.storyline.local.history.EventTables;
import dev.storyline.local.history.ScanProgress;
import dev.storyline.local.operator.Operator;
import dev.storyline.model.SymbolicValues;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./storyline find}. */
@Command(
        name = "find",
        description =
                "Find recorded events of all contexts, in the order of their times. At least one of --type, --since,"
                        + " --where and --correlation says which. It reads all event tables once. With --json each event is"
                        + " one line of JSON, and so is what it cost.")
public final class FindCommand implements Callable<Integer> {
    private static final int MOST_EVENTS = 10_000;

    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ScanOptions scan = new ScanOptions();

    @Option(names = "--type", paramLabel = "T", description = "Only events of this type, like WishApproved.")
    private @Nullable String type;

    @Option(
            names = "--since",
            paramLabel = "I",
            description =
                    "Only events since this instant, like 2026-12-24T18:00:00Z, or since so long ago, like 30min, 2h or 3d.")
    private @Nullable String since;

    @Option(
            names = "--where",
            paramLabel = "FIELD=VALUE",
            description =
                    "Only events whose field has this value, like childId=simo or gross.currency=EUR; of a list, one"
                            + " element. Given several times, all must apply.")
    private Map<String, String> where = Map.of();

    @Option(
            names = "--correlation",
            paramLabel = "ID",
            description = "Only what one request from outside led to, by its correlation, which story tells.")
    private @Nullable String correlation;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "End when so many events are found, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    public FindCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (type == null && since == null && where.isEmpty() && correlation == null) {
            throw new WrongUse("Say what to find: --type, --since, --where or --correlation.");
        }
        if (limit < 1 || limit > MOST_EVENTS) {
            throw new WrongUse("A limit is a number from 1 to " + MOST_EVENTS + ", not '" + limit + "'.");
        }
        scan.check();
        EventSearch.Wanted wanted = new EventSearch.Wanted(type, instant(since), where, correlation, limit);
        return installation.on(session, null, operator -> scan.on(operator, () -> find(operator, wanted)));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return SymbolicValues.later("+" + text)
                    .map(ago -> Instant.now().minus(ago))
                    .orElseGet(() -> Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new WrongUse("'" + text + "' is neither an instant, like 2026-12-24T18:00:00Z, nor an amount of time,"
                    + " like 2h.");
        }
    }

    private int find(Operator operator, EventSearch.Wanted wanted) {
        EventSearch search = new EventSearch(EventTables.of(operator.installation()));
        EventSearch.Found found = scan.during(session, progress -> search.run(wanted, scan.readUnits(), progress));
        for (ObjectNode event : found.events()) {
            session.out().println(format.json() ? Json.text(event) : StoryText.found(event));
        }
        if (format.json()) {
            session.out()
                    .println(Json.text(Json.mapper()
                            .createObjectNode()
                            .set("scan", Json.mapper().valueToTree(found.scan()))));
        } else {
            session.out().println(summary(found));
        }
        return ExitStatus.WELL;
    }

    private static String summary(EventSearch.Found found) {
        ScanProgress scan = found.scan();
        return (found.events().isEmpty() ? "Nothing is found" : found.events().size() + " found")
                + (scan.complete() ? "" : ", and there may be more: --limit ends the search")
                + "; " + scan.commits() + " commits and " + Math.round(scan.readUnits()) + " read units were read"
                + (scan.unreadable() == 0 ? "." : ", and " + scan.unreadable() + " items that are no commits.")
                + StoryText.notSearched(scan.archived());
    }
}
