package dev.storyline.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.operator.Operator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline rebuild}. */
@Command(
        name = "rebuild",
        description =
                "Build a view anew from the whole history, beside the one that is served, then switch to it. Interrupted"
                        + " and run again, it goes on. With --json each step is one line of JSON, and so is the result.")
public final class RebuildCommand implements Callable<Integer> {
    private static final int MOST_SEGMENTS = 64;
    private static final int MOST_READ_UNITS = 1_000_000;

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
            defaultValue = "0",
            description = "The most read units of the event table in a second (default: no ceiling).")
    private int readUnits;

    @Option(names = "--keep", description = "Keep the view that was served before, to switch back to it.")
    private boolean keep;

    @Option(names = "--back", description = "Switch back to the view that was kept.")
    private boolean back;

    @Option(
            names = "--honour-skips",
            description =
                    "Pass over the commits that operators skipped, where they fail again. Otherwise a commit that fails"
                            + " again ends the rebuild, and the view stays as it is.")
    private boolean honourSkips;

    public RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        between("The number of segments", segments, 1, MOST_SEGMENTS);
        between("A ceiling of read units", readUnits, 0, MOST_READ_UNITS);
        return installation.on(session, slice, this::rebuild);
    }

    private static void between(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw new WrongUse(what + " is a number from " + least + " to " + most + ", not '" + number + "'.");
        }
    }

    private int rebuild(Operator operator) {
        ObjectNode how = Json.mapper()
                .createObjectNode()
                .put("segments", segments)
                .put("readUnits", readUnits)
                .put("keep", keep)
                .put("back", back)
                .put("honourSkips", honourSkips);
        RebuildProgress progress = new RebuildProgress(session);
        JsonNode answer = operator.rebuild(slice, how, why.reason(), format.json() ? this::line : progress::show);
        if (format.json()) {
            line(answer);
        } else {
            progress.end();
            session.out()
                    .println(slice + " is served from generation "
                            + answer.path("generation").asInt() + ", "
                            + answer.path("events").asLong() + " events read, "
                            + answer.path("readUnits").decimalValue().toPlainString() + " read units.");
        }
        return ExitStatus.WELL;
    }

    private void line(JsonNode node) {
        try {
            session.out().println(Json.mapper().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
