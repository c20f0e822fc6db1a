package dev.storyline.cli.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.modeler.exchange.Change;
import dev.storyline.modeler.exchange.ModelDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model diff}. */
@Command(
        name = "diff",
        description =
                "Compare two models, each a model.yaml or of a format that is imported: + added, - removed, ~ amended,"
                        + " > renamed. Another order is no difference. The exit status is 1 if they differ.")
public final class DiffCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(index = "0", paramLabel = "OLD", description = "The old file.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The new file.")
    private Path after = Path.of("");

    public DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Model> old = Models.file(session, before);
        List<Model> now = Models.file(session, after);
        List<Change> changes = old.size() == 1 && now.size() == 1
                ? ModelDiff.of(old.getFirst(), now.getFirst())
                : ModelDiff.of(Landscape.of(old), Landscape.of(now));
        if (format.json()) {
            session.print(json(changes));
        } else {
            changes.forEach(session.out()::println);
        }
        return ExitStatus.found(!changes.isEmpty());
    }

    private static ObjectNode json(List<Change> changes) {
        ObjectNode root = Json.mapper().createObjectNode();
        ArrayNode array = root.putArray("changes");
        for (Change change : changes) {
            ObjectNode node = array.addObject()
                    .put("what", change.what().name().toLowerCase(Locale.ROOT))
                    .put("kind", change.kind())
                    .put("path", change.path());
            if (!change.before().isEmpty()) {
                node.put("before", change.before());
            }
            if (!change.after().isEmpty()) {
                node.put("after", change.after());
            }
            node.put("sure", change.sure());
        }
        return root;
    }
}
