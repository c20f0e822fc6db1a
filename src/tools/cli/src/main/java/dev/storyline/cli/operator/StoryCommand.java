package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.local.history.Causes;
import dev.storyline.local.history.EventTables;
import dev.storyline.local.history.Moment;
import dev.storyline.local.history.StreamHistory;
import dev.storyline.local.operator.Operator;
import dev.storyline.local.operator.StreamName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline story}. */
@Command(
        name = "story",
        description =
                "Tell the recorded events of one stream: what, when, who and why. With --json each event is one line of"
                        + " JSON, and so are the state and the causes.")
public final class StoryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InstallationOptions installation = new InstallationOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Mixin
    private final ScanOptions scan = new ScanOptions();

    @Parameters(
            paramLabel = "STREAM",
            description =
                    "The stream, like child#simo; with its context, like wishes/child#simo, where several contexts have it.")
    private String stream = "";

    @Option(
            names = "--at",
            paramLabel = "VERSION|INSTANT",
            description = "Only up to this version, like 7, or this instant, like 2026-12-24T18:00:00Z.")
    private @Nullable String at;

    @Option(
            names = "--fold",
            paramLabel = "SLICE",
            description =
                    "Show the state that this slice folds from these events, and the rows of its view: a view, an event"
                            + " handler, or a command with an internal endpoint. The deployed function is asked.")
    private @Nullable String fold;

    @Option(
            names = "--causes",
            description =
                    "Show because of what the last of these events happened, from the first cause on, and what else"
                            + " followed, as a tree across streams and contexts. It reads all event tables once.")
    private boolean causes;

    public StoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        scan.check();
        Moment until = moment(at);
        return installation.on(session, null, operator -> scan.on(operator, () -> tell(operator, until)));
    }

    /** What {@code --at} says. */
    private static Moment moment(@Nullable String text) {
        if (text == null) {
            return Moment.NOW;
        }
        if (text.matches("[1-9]\\d{0,17}")) {
            return new Moment.Version(Long.parseLong(text));
        }
        try {
            return new Moment.Time(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new WrongUse(
                    "'" + text + "' is neither a version, like 7, nor an instant, like 2026-12-24T18:00:00Z.");
        }
    }

    private int tell(Operator operator, Moment until) {
        EventTables tables = EventTables.of(operator.installation());
        StreamName found = StreamName.find(operator.installation(), stream);
        String slice = fold == null ? null : slice(found.context(), fold);
        if (slice != null) {
            WrongUse.unless("slice that folds", slice, operator.installation().folding());
        }
        if (!format.json()) {
            session.out().println(found);
        }
        long version = new StreamHistory(tables).tell(found, until, event -> show(event, () -> StoryText.event(event)));
        if (slice != null) {
            ObjectNode state = Json.mapper().createObjectNode().put("fold", slice);
            state.setAll(operator.installation().fold(slice, found.stream(), version));
            show(state, () -> StoryText.state(state));
        }
        if (causes) {
            JsonNode tree = scan.during(
                    session, progress -> new Causes(tables).tree(found, version, scan.readUnits(), progress));
            show(Json.mapper().createObjectNode().set("causes", tree), () -> StoryText.causes(tree));
        }
        return ExitStatus.WELL;
    }

    private static String slice(String context, String name) {
        if (name.indexOf('/') < 0) {
            return context + "/" + name;
        }
        if (!name.startsWith(context + "/")) {
            throw new WrongUse("The slice " + name + " folds no stream of " + context + ".");
        }
        return name;
    }

    private void show(JsonNode node, Supplier<String> text) {
        session.out().println(format.json() ? Json.text(node) : text.get());
    }
}
