package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline skip}. */
@Command(
        name = "skip",
        description =
                "Let one parked stream of one slice step over the commit at which it stands; then it goes on. A view leaves"
                        + " the commit out, an event handler gives its effects up. It is recorded who did it and why. A rebuild"
                        + " takes the commit into the view again, unless it is told to honour skips. The exit status is 1 if the"
                        + " stream is parked again.")
public final class SkipCommand implements Callable<Integer> {
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
            names = "--reason",
            paramLabel = "SENTENCE",
            required = true,
            description = "Why, for the record of what operators do.")
    private String reason = "";

    public SkipCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw new WrongUse("A skip needs a reason: --reason 'Ticket 4711: the event is a duplicate.'");
        }
        return installation.on(session, slice, this::skip);
    }

    private int skip(Operator operator) {
        String name = StreamName.within(slice, stream);
        JsonNode answer = operator.skip(slice, name, reason.strip());
        if (format.json()) {
            session.print(answer);
        } else {
            JsonNode skipped = answer.path("skipped");
            session.out()
                    .println(slice + " has skipped " + versions(skipped) + " of " + name + ". "
                            + RedriveCommand.sentence(name, answer));
        }
        return ExitStatus.found(!answer.has("version"));
    }

    /** {@code version 2}, or {@code versions 2 to 4}: a commit is skipped as a whole. */
    static String versions(JsonNode skipped) {
        long first = skipped.path("version").asLong();
        long last = skipped.path("last").asLong();
        return first == last ? "version " + first : "versions " + first + " to " + last;
    }
}
