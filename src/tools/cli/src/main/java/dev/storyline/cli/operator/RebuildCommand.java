package dev.storyline.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.operator.ViewRebuild;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline rebuild}. */
@Command(
        name = "rebuild",
        description =
                "Build a view anew from the whole history, beside the one that is served, compare it with the heads of all"
                        + " streams, then switch to it. Interrupted and run again, it goes on. A second rebuild of the"
                        + " same view is refused. With --json each step is one line of JSON, and so is the result.")
public final class RebuildCommand implements Callable<Integer> {
    private static final int MOST_SEGMENTS = 64;
    private static final int MOST_UNITS = 1_000_000;
    private static final String NO_CEILING = "none";

    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ReasonOption why = new ReasonOption();

    @Parameters(
            index = "0",
            paramLabel = "CONTEXT/SLICE",
            description = "The slice of the view, like wishes/child-wishes.")
    private String slice = "";

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "How many parts of the event table are read side by side, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--read-units",
            paramLabel = "N",
            description =
                    "The most read units in a second (default: no ceiling). With --set, 'none' lifts the ceiling.")
    private @Nullable String readUnits;

    @Option(
            names = "--write-units",
            paramLabel = "N",
            description =
                    "The most write units in a second (default: no ceiling). With --set, 'none' lifts the ceiling.")
    private @Nullable String writeUnits;

    @Option(names = "--keep", description = "Keep the view that was served before, to switch back to it.")
    private boolean keep;

    @Option(
            names = "--diff",
            description =
                    "Show which rows differ between the old and the new view, and do not switch. The exit status is 1"
                            + " if some differ.")
    private boolean diff;

    @Option(names = "--yes", description = "With --diff: then switch, whatever differs.")
    private boolean yes;

    @Option(
            names = "--plan",
            description = "Only tell what a rebuild would read and write, its price, and its time at these ceilings.")
    private boolean plan;

    @Option(names = "--status", description = "Only tell how far the rebuild is that runs, or ran last.")
    private boolean status;

    @Option(
            names = "--set",
            description = "Change the ceilings of the rebuild that runs. It hears of them in 2 seconds.")
    private boolean set;

    @Option(names = "--drop", description = "Give up a new view that is not served yet.")
    private boolean drop;

    @Option(names = "--back", description = "Switch back to the view that was kept.")
    private boolean back;

    @Option(
            names = "--honour-skips",
            description =
                    "Pass over the commits that operators skipped, where they fail again. Otherwise a commit that fails"
                            + " again ends the rebuild, and the view stays as it is.")
    private boolean honourSkips;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description =
                    "Read the commits from an export of the event table at a point in time, in DynamoDB's own format: the"
                            + " folder with its manifests. What is newer comes from the table.")
    private @Nullable Path export;

    public RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new WrongUse(
                    "The number of segments is a number from 1 to " + MOST_SEGMENTS + ", not '" + segments + "'.");
        }
        if (Stream.of(plan, status, set, drop, back, diff).filter(one -> one).count() > 1) {
            throw new WrongUse("Name one of --plan, --status, --set, --drop, --back and --diff, not several.");
        }
        if (yes && !diff) {
            throw new WrongUse("--yes belongs to --diff: without it, a rebuild switches anyway.");
        }
        if (export != null && (plan || status || set || drop || back)) {
            throw new WrongUse("--export is for a rebuild that reads: leave it out.");
        }
        ObjectNode ceilings = ceilings();
        return installation.on(session, slice, operator -> run(operator.rebuild(slice, why.reason()), ceilings));
    }

    private ObjectNode ceilings() {
        ObjectNode ceilings = Json.mapper().createObjectNode();
        ceiling(ceilings, "readUnits", "--read-units", readUnits);
        ceiling(ceilings, "writeUnits", "--write-units", writeUnits);
        if (set && ceilings.isEmpty()) {
            throw new WrongUse("--set needs --read-units or --write-units.");
        }
        return ceilings;
    }

    private void ceiling(ObjectNode ceilings, String name, String option, @Nullable String given) {
        if (given == null) {
            return;
        }
        if (set && given.equals(NO_CEILING)) {
            ceilings.putNull(name);
            return;
        }
        if (!given.matches("[1-9][0-9]{0,6}") || Integer.parseInt(given) > MOST_UNITS) {
            throw new WrongUse("A ceiling of " + option + " is a number from 1 to " + MOST_UNITS + ", not '" + given
                    + "'; leave the option out for no ceiling.");
        }
        ceilings.put(name, Integer.parseInt(given));
    }

    private int run(ViewRebuild rebuild, ObjectNode ceilings) {
        RebuildReport report = new RebuildReport(slice);
        if (plan) {
            return shown(report.plan(rebuild.estimate(), ceilings));
        }
        if (status) {
            return shown(report.status(rebuild.status()));
        }
        if (set) {
            return shown(report.status(rebuild.limit(ceilings)));
        }
        if (drop) {
            rebuild.drop();
            return shown(report.dropped());
        }
        return build(rebuild, ceilings, report);
    }

    private int shown(RebuildReport.Told told) {
        if (format.json()) {
            line(told.data());
        } else {
            told.text().forEach(session.out()::println);
        }
        return ExitStatus.WELL;
    }

    private int build(ViewRebuild rebuild, ObjectNode ceilings, RebuildReport report) {
        ObjectNode how = Json.mapper()
                .createObjectNode()
                .put("segments", segments)
                .put("keep", keep)
                .put("back", back)
                .put("diff", diff)
                .put("serve", !diff || yes)
                .put("honourSkips", honourSkips)
                .setAll(ceilings);
        if (export != null) {
            how.put("export", export.toAbsolutePath().normalize().toString());
        }
        JsonNode built;
        if (format.json()) {
            built = rebuild.run(how, this::line);
        } else {
            try (RebuildProgress progress = RebuildProgress.on(session)) {
                built = rebuild.run(how, progress::show);
            }
        }
        shown(report.built(built));
        return ExitStatus.found(diff && RebuildReport.differences(built) > 0);
    }

    private void line(JsonNode node) {
        try {
            session.out().println(Json.mapper().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
