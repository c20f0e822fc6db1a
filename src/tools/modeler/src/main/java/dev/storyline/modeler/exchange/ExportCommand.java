package dev.storyline.modeler.exchange;

import dev.storyline.model.ClosestName;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.Arguments.BadUsage;
import dev.storyline.modeler.ModelCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code ./storyline model export}: our models for other tools. */
public final class ExportCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline model export --format FORMAT [CONTEXT...] [--out FILE-OR-FOLDER]
                Writes the models of these contexts, or of all, for other tools.
                  --format config        config.json of Event Modelers, one file for each context
                  --format scalable      metamodel of Scalable Modeling v0.1, all contexts in one file
                  --format mermaid       Mermaid's eventmodeling diagram, one for each context
                  --format markdown      a document to read, one for each context
                  --format eventcatalog  a folder of EventCatalog with JSON Schemas; needs --out
                  --out FILE-OR-FOLDER   one file is written there, several into it; without it they are printed
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws BadUsage {
        Arguments given = Arguments.of(arguments, Set.of("--format", "--out"), Set.of());
        String format = given.options().getOrDefault("--format", "");
        Landscape landscape = Landscape.read(root);
        Map<String, String> files = files(format, models(landscape, given.words()));
        String target = given.options().get("--out");
        boolean one = files.size() == 1;
        if (target != null) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                ImportCommand.write(one ? Path.of(target) : Path.of(target).resolve(file.getKey()), file.getValue());
            }
            out.println("Wrote " + (one ? target : files.size() + " files into " + target) + ".");
        } else if (one || format.equals("markdown")) {
            files.values().forEach(out::print);
        } else {
            throw new BadUsage("These are " + files.size() + " files: say with --out which folder they go into"
                    + (format.equals("eventcatalog") ? "." : ", or name one context."));
        }
        return 0;
    }

    private static List<Model> models(Landscape landscape, List<String> contexts) throws BadUsage {
        List<Model> models = new ArrayList<>();
        for (String context : contexts) {
            Model model = landscape.models().get(context);
            if (model == null) {
                String hint = ClosestName.hint(context, landscape.models().keySet());
                throw new BadUsage("There is no context '" + context + "'" + (hint.isEmpty() ? "." : hint));
            }
            models.add(model);
        }
        return contexts.isEmpty() ? List.copyOf(landscape.models().values()) : models;
    }

    private static Map<String, String> files(String format, List<Model> models) throws BadUsage {
        return switch (format) {
            case "config" -> each(models, ".config.json", ConfigWriter::write);
            case "mermaid" -> each(models, ".mmd", Mermaid::write);
            case "markdown" -> each(models, ".md", Markdown::write);
            case "scalable" -> Map.of("scalable-modeling.json", ScalableWriter.write(models));
            case "eventcatalog" -> EventCatalog.write(models);
            default -> {
                List<String> formats = List.of("config", "scalable", "mermaid", "markdown", "eventcatalog");
                throw new BadUsage("Say with --format what is to be written: " + String.join(", ", formats) + ".");
            }
        };
    }

    private static Map<String, String> each(List<Model> models, String ending, Function<Model, String> write) {
        Map<String, String> files = new LinkedHashMap<>();
        models.forEach(model -> files.put(model.context() + ending, write.apply(model)));
        return files;
    }
}
