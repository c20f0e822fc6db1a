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

/** {@code ./storyline reconcile}. */
@Command(
        name = "reconcile",
        description =
                "Compare the head of each stream with the positions of views and event handlers, and deliver what is"
                        + " missing. The exit status is 1 if a stream stays behind.")
public final class ReconcileCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ReasonOption why = new ReasonOption();

    @Parameters(arity = "0..1", paramLabel = "CONTEXT/SLICE", description = "Only this slice (default: all).")
    private @Nullable String slice;

    public ReconcileCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return installation.on(session, slice, this::reconcile);
    }

    private int reconcile(Operator operator) {
        List<ObjectNode> slices = operator.reconcile(slice, why.reason());
        if (format.json()) {
            session.print(Map.of("slices", slices));
        } else {
            slices.forEach(one -> session.out().println(line(one)));
        }
        return ExitStatus.found(slices.stream()
                .anyMatch(
                        one -> one.path("healed").asLong() < one.path("behind").asLong()));
    }

    private static String line(ObjectNode one) {
        return one.path("slice").asText() + "  " + one.path("streams").asLong() + " streams, "
                + one.path("behind").asLong() + " behind, " + one.path("healed").asLong() + " healed, "
                + one.path("readUnits").decimalValue().toPlainString() + " read units of events";
    }
}
