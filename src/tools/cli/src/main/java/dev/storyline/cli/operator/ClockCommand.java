package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.operator.Operator;
import dev.storyline.model.SymbolicValues;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./storyline clock}. */
@Command(
        name = "clock",
        description =
                "Print the time of the local cloud, or move it forward, for all functions. Deadlines that are due then"
                        + " come, and schedules catch up. The clock never goes back. AWS has no such clock.")
public final class ClockCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "TIME",
            description =
                    "How far to move it, like +30min, +2h or +2d, or to which instant, like 2026-12-24T18:00:00Z.")
    private @Nullable String time;

    public ClockCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode request = request();
        return installation.on(session, null, operator -> show(operator, request));
    }

    private ObjectNode request() {
        ObjectNode request = Json.mapper().createObjectNode();
        if (time == null) {
            return request;
        }
        Optional<Duration> by = SymbolicValues.later(time);
        if (by.isPresent()) {
            return request.put("by", by.get().toString());
        }
        try {
            return request.put("to", Instant.parse(time).toString());
        } catch (DateTimeParseException e) {
            throw new WrongUse("'" + time + "' is neither an amount of time, like +2d, nor an instant, like"
                    + " 2026-12-24T18:00:00Z.");
        }
    }

    private int show(Operator operator, ObjectNode request) {
        JsonNode answer = operator.clock(request);
        if (format.json()) {
            session.print(answer);
        } else {
            Duration ahead = Duration.parse(answer.path("ahead").asText());
            session.out()
                    .println("The clock says " + answer.path("now").asText()
                            + (ahead.isZero() ? "." : ": it was moved, and is " + words(ahead) + " ahead."));
        }
        return ExitStatus.WELL;
    }

    private static String words(Duration ahead) {
        return (ahead.toDays() == 0 ? "" : ahead.toDays() + " d ")
                + (ahead.toHoursPart() == 0 ? "" : ahead.toHoursPart() + " h ")
                + ahead.toMinutesPart() + " min";
    }
}
