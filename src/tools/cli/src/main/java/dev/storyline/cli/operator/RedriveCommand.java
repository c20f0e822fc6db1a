package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.local.operator.Operator;
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
    private final DataOptions data = new DataOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(index = "0", paramLabel = "CONTEXT/SLICE", description = "The slice, like wishes/child-wishes.")
    private String slice = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STREAM", description = "Only this stream, like child#simo.")
    private @Nullable String stream;

    public RedriveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return data.on(session, slice, this::redrive);
    }

    private int redrive(Operator operator) {
        JsonNode answer = stream == null ? operator.redrive(slice) : operator.redrive(slice, stream);
        if (format.json()) {
            session.print(answer);
        } else {
            session.out().println(sentence(answer));
        }
        return ExitStatus.found(
                stream == null
                        ? answer.path("healed").asLong()
                                < answer.path("streams").asLong()
                        : !answer.has("version"));
    }

    private String sentence(JsonNode answer) {
        if (stream == null) {
            return answer.path("healed").asLong() + " of "
                    + answer.path("streams").asLong() + " parked streams are at their heads again.";
        }
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
