package dev.storyline.modeler.exchange;

import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.Arguments.BadUsage;
import dev.storyline.modeler.ModelCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code ./storyline model diff}: how two models differ. */
public final class DiffCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline model diff OLD NEW [--json]
                Tells how two model.yaml files differ: + added, - removed, ~ amended, > renamed.
                  --json  the same as JSON
                Exit status 0 where they are the same model, 1 where they differ.
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws BadUsage {
        Arguments given = Arguments.of(arguments, Set.of(), Set.of("--json"));
        String before = given.word(0);
        String after = given.word(1);
        if (before == null || after == null || given.words().size() > 2) {
            throw new BadUsage("Say which two files are to be compared: the old one, then the new one.");
        }
        Model old = ModelReader.read(Path.of(before), before);
        List<Change> changes = ModelDiff.of(old, ModelReader.read(Path.of(after), after));
        if (given.has("--json")) {
            out.print(ForeignJson.write(
                    Map.of("changes", changes.stream().map(DiffCommand::told).toList())));
        } else {
            changes.forEach(out::println);
        }
        return changes.isEmpty() ? 0 : 1;
    }

    private static Map<String, Object> told(Change change) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("what", change.what().name().toLowerCase(Locale.ROOT));
        told.put("kind", change.kind());
        told.put("path", change.path());
        List<String> texts = new ArrayList<>(List.of("before", change.before(), "after", change.after()));
        for (int i = 0; i < texts.size(); i += 2) {
            if (!texts.get(i + 1).isEmpty()) {
                told.put(texts.get(i), texts.get(i + 1));
            }
        }
        told.put("sure", change.sure());
        return told;
    }
}
