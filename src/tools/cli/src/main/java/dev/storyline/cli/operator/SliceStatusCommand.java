package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.operator.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline status}. */
@Command(
        name = "status",
        description =
                "Show how views and event handlers do: how far they are behind their streams, how many streams are parked,"
                        + " when they last applied something. The exit status is 1 if something needs a person: a stream that"
                        + " is parked until somebody acts, a slice that is outdated, fails, or is behind for longer than"
                        + " --bound.")
public final class SliceStatusCommand implements Callable<Integer> {
    private static final Duration MOST = Duration.ofHours(24);

    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "CONTEXT/SLICE", description = "Only this slice (default: all).")
    private @Nullable String slice;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "Show it again every so many seconds, 1 to 3600 (default: 2), in the same place, until it is"
                    + " interrupted. Needs a terminal.")
    private @Nullable Integer watch;

    @Option(
            names = "--bound",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "The longest lag that needs nobody (default: ${DEFAULT-VALUE}).")
    private long bound;

    public SliceStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (bound < 1 || bound > MOST.toSeconds()) {
            throw new WrongUse(
                    "A bound is a number of seconds from 1 to " + MOST.toSeconds() + ", not '" + bound + "'.");
        }
        if (watch != null && (watch < 1 || watch > Duration.ofHours(1).toSeconds())) {
            throw new WrongUse("The status is shown again after 1 to 3600 seconds, not after '" + watch + "'.");
        }
        if (watch != null && (format.json() || !session.terminal())) {
            throw new WrongUse("--watch needs a terminal, and does not go with --json.");
        }
        return installation.on(session, slice, watch == null ? this::show : this::watch);
    }

    private int show(Operator operator) {
        List<ObjectNode> slices = operator.status(slice);
        if (format.json()) {
            session.print(Map.of("slices", slices));
        } else {
            new StatusTable(slices, bound()).lines().forEach(session.out()::println);
        }
        return ExitStatus.found(slices.stream().anyMatch(one -> needsPerson(one, bound())));
    }

    private int watch(Operator operator) {
        int status = ExitStatus.WELL;
        while (!Thread.currentThread().isInterrupted()) {
            List<ObjectNode> slices = operator.status(slice);
            StringBuilder screen = new StringBuilder(StatusTable.HOME);
            new StatusTable(slices, bound())
                    .lines()
                    .forEach(line ->
                            screen.append(line).append(StatusTable.REST_OF_LINE).append('\n'));
            session.out().print(screen.append(StatusTable.REST_OF_SCREEN));
            session.out().flush();
            status = ExitStatus.found(slices.stream().anyMatch(one -> needsPerson(one, bound())));
            try {
                Thread.sleep(Duration.ofSeconds(watch == null ? 0 : watch));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return status;
    }

    private Duration bound() {
        return Duration.ofSeconds(bound);
    }

    /** Whether something does not heal by itself. */
    static boolean needsPerson(JsonNode slice, Duration bound) {
        return slice.has("failed")
                || slice.path("forPerson").asLong() > 0
                || slice.path("outdated").asBoolean()
                || slice.path("lagMillis").asLong() > bound.toMillis();
    }
}
