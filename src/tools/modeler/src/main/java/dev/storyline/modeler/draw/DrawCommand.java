package dev.storyline.modeler.draw;

import dev.storyline.model.ClosestName;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./storyline model draw}: writes the pictures as files. */
public final class DrawCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline model draw [CONTEXT...] [--spatial] [--out DIR]
                Draws a picture for each context, and one of all of them together where none is named.
                  --spatial  where state lives and which policy stands where, instead of the storyboard
                  --out DIR  where the files go; target/model if not given
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of("--out"), Set.of("--spatial"));
        Landscape landscape = Landscape.read(root);
        List<Model> chosen = new ArrayList<>();
        for (String context : words.words()) {
            Model model = landscape.models().get(context);
            if (model == null) {
                String hint = ClosestName.hint(context, landscape.models().keySet());
                throw new Arguments.BadUsage("There is no context '" + context + "'" + (hint.isEmpty() ? "." : hint));
            }
            chosen.add(model);
        }
        boolean spatial = words.has("--spatial");
        Map<String, String> gaps = Gaps.of(landscape);
        String given = words.options().get("--out");
        Path folder = given == null ? root.resolve("target/model") : Path.of(given);
        List<Model> all = List.copyOf(landscape.models().values());
        for (Model model : chosen.isEmpty() ? all : chosen) {
            write(folder, model.context(), spatial, landscape, List.of(model), gaps, out);
        }
        if (chosen.size() != 1) {
            write(folder, "all", spatial, landscape, chosen.isEmpty() ? all : chosen, gaps, out);
        }
        return 0;
    }

    private static void write(
            Path folder,
            String name,
            boolean spatial,
            Landscape landscape,
            List<Model> models,
            Map<String, String> gaps,
            PrintStream out) {
        Path file = folder.resolve(name + (spatial ? "-spatial" : "") + ".svg");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    file,
                    spatial ? SpatialPicture.svg(landscape, models, gaps) : Storyboard.svg(landscape, models, gaps));
        } catch (IOException e) {
            throw new ModelException(
                    new SourceLocation(file.toString(), 0, 0),
                    "The picture cannot be written: " + e.getMessage() + ".");
        }
        out.println(file);
    }
}
