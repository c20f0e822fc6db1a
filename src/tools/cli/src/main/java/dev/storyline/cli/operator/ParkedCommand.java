package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.local.operator.Operator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./storyline parked}. */
@Command(
        name = "parked",
        description = "List the parked streams: those at which a view or an event handler has stopped, and why.")
public final class ParkedCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "CONTEXT/SLICE", description = "Only the streams of this slice.")
    private @Nullable String slice;

    public ParkedCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return data.on(session, slice, this::list);
    }

    private int list(Operator operator) {
        List<ObjectNode> parked = operator.parked(slice);
        if (format.json()) {
            session.print(Map.of("parked", parked));
        } else {
            parked.forEach(stream -> session.out().println(line(stream)));
            session.out().println(parked.isEmpty() ? "Nothing is parked." : parked.size() + " parked.");
        }
        return ExitStatus.WELL;
    }

    private static String line(ObjectNode stream) {
        String again = stream.path("catchingUp").asBoolean()
                ? ", catching up"
                : stream.has("retryAt")
                        ? ", tries again at " + stream.path("retryAt").asText()
                        : "";
        return stream.path("slice").asText() + "  " + stream.path("stream").asText() + "  at version "
                + stream.path("version").asLong() + " since "
                + stream.path("since").asText() + "  " + stream.path("kind").asText() + again + ": "
                + stream.path("reason").asText();
    }
}
