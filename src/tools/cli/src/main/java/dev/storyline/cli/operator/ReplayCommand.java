package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline replay}. */
@Command(
        name = "replay",
        description =
                "Show what the events of one stream make a view or an event handler do: the changes of rows, or the effects,"
                        + " event by event. The deployed function steps the stream; it writes nothing and runs no effect. With"
                        + " --json each event is one line of JSON. The exit status is 1 if it cannot step over an event.")
public final class ReplayCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(index = "0", paramLabel = "CONTEXT/SLICE", description = "The slice, like wishes/child-wishes.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "STREAM", description = "The stream, like child#simo.")
    private String stream = "";

    @Option(
            names = "--from",
            paramLabel = "V",
            defaultValue = "1",
            description = "The first version that is shown (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(names = "--to", paramLabel = "V", description = "The last version (default: the head).")
    private @Nullable Long to;

    public ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (from < 1 || (to != null && to < from)) {
            throw new WrongUse("A replay goes from a version, 1 or more, to the same or a later one.");
        }
        return installation.on(session, slice, this::replay);
    }

    private int replay(Operator operator) {
        ObjectNode request = Json.mapper()
                .createObjectNode()
                .put("stream", StreamName.within(slice, stream))
                .put("from", from);
        ObjectNode end = operator.replay(slice, to == null ? request : request.put("upTo", to), this::show);
        if (format.json()) {
            session.out().println(Json.text(end));
        } else {
            session.out()
                    .println(
                            end.has("failed")
                                    ? "It stops after version "
                                            + end.path("version").asLong() + ": "
                                            + end.path("failed").asText()
                                    : "Version " + end.path("version").asLong()
                                            + " is reached. Nothing was written, and no effect has run.");
        }
        return ExitStatus.found(end.has("failed"));
    }

    private void show(JsonNode step) {
        if (format.json()) {
            session.out().println(Json.text(step));
            return;
        }
        session.out()
                .println(
                        step.path("version").asLong() + "  " + step.path("type").asText());
        for (JsonNode action : step.path("does")) {
            session.out()
                    .println("    " + action.path("what").asText() + " "
                            + action.path("where").asText()
                            + (action.hasNonNull("fields") ? "  " + Json.text(action.path("fields")) : ""));
        }
    }
}
