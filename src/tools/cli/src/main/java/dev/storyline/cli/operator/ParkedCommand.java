package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline parked}. */
@Command(
        name = "parked",
        description = "List the parked streams: those at which a view or an event handler has stopped, and why.")
public final class ParkedCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CONTEXT/SLICE",
            description = "Only the streams of this slice.")
    private @Nullable String slice;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STREAM", description = "With --scenario: the parked stream.")
    private @Nullable String stream;

    @Option(
            names = "--skipped",
            description = "List the commits that operators let slices skip instead: who did it, and why.")
    private boolean skipped;

    @Option(
            names = "--scenario",
            description =
                    "Write the failing scenario of a parked stream in the form of model.yaml: what was given, and the"
                            + " event at which the slice stands.")
    private boolean scenario;

    @Option(
            names = "--anonymise",
            description =
                    "With --scenario: replace texts by made-up ones, the same by the same. Numbers, times, and the"
                            + " words of the model stay.")
    private boolean anonymise;

    public ParkedCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (skipped && scenario) {
            throw new WrongUse("--skipped and --scenario are two different lists: give one of them.");
        }
        if (scenario == (stream == null) || (scenario && slice == null)) {
            throw new WrongUse(
                    "A scenario is that of one slice and one stream: --scenario wishes/child-wishes 'child#simo'.");
        }
        if ((anonymise && !scenario) || (scenario && format.json())) {
            throw new WrongUse("--anonymise belongs to --scenario, which writes YAML and takes no --json.");
        }
        return installation.on(session, slice, scenario ? this::scenario : skipped ? this::skips : this::list);
    }

    private int list(Operator operator) {
        return print("parked", operator.parked(slice), ParkedCommand::line);
    }

    private int skips(Operator operator) {
        return print("skipped", operator.skipped(slice), ParkedCommand::skippedLine);
    }

    private int print(String what, List<ObjectNode> found, Function<ObjectNode, String> line) {
        if (format.json()) {
            session.print(Map.of(what, found));
        } else {
            found.forEach(one -> session.out().println(line.apply(one)));
            session.out().println(found.isEmpty() ? "Nothing is " + what + "." : found.size() + " " + what + ".");
        }
        return ExitStatus.WELL;
    }

    private int scenario(Operator operator) {
        String of = String.valueOf(slice);
        String name = StreamName.within(of, String.valueOf(stream));
        session.out()
                .print(ParkedScenario.of(operator, session.root(), of, name).text(anonymise));
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

    private static String skippedLine(ObjectNode skip) {
        return skip.path("slice").asText() + "  " + skip.path("stream").asText() + "  " + SkipCommand.versions(skip)
                + " at " + skip.path("at").asText() + " by "
                + skip.path("actor").asText() + ": "
                + skip.path("reason").asText() + "  (was parked: "
                + skip.path("cause").asText() + ")";
    }
}
