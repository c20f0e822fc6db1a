package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./storyline redrive}. */
@Command(
        name = "redrive",
        description =
                "Let parked streams go on, all of a slice or one. The exit status is 1 if a stream is still parked.")
public final class RedriveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ReasonOption why = new ReasonOption();

    @Parameters(index = "0", paramLabel = "CONTEXT/SLICE", description = "The slice, like wishes/child-wishes.")
    private String slice = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STREAM", description = "Only this stream, like child#simo.")
    private @Nullable String stream;

    public RedriveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return installation.on(session, slice, this::redrive);
    }

    private int redrive(Operator operator) {
        String name = stream == null ? null : StreamName.within(slice, stream);
        JsonNode answer =
                name == null ? operator.redrive(slice, why.reason()) : operator.redrive(slice, name, why.reason());
        if (format.json()) {
            session.print(answer);
        } else {
            session.out().println(name == null ? sentence(answer) : sentence(name, answer));
        }
        return ExitStatus.found(
                stream == null
                        ? answer.path("healed").asLong()
                                < answer.path("streams").asLong()
                        : !answer.has("version"));
    }

    private static String sentence(JsonNode answer) {
        return answer.path("healed").asLong() + " of " + answer.path("streams").asLong()
                + " parked streams are at their heads again.";
    }

    /** What became of one stream. */
    static String sentence(String stream, JsonNode answer) {
        if (answer.has("version")) {
            return stream + " is at its head, version " + answer.path("version").asLong() + ".";
        }
        if (answer.has("unfinished")) {
            return answer.path("unfinished").asText();
        }
        if (answer.has("outdated")) {
            return answer.path("outdated").asText();
        }
        JsonNode parked = answer.path("parked");
        return stream + " still stands at version " + parked.path("version").asLong() + ": "
                + parked.path("reason").asText();
    }
}
