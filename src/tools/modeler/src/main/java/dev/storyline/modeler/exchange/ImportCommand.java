package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.Arguments.BadUsage;
import dev.storyline.modeler.ModelCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code ./storyline model import}: a model of another tool becomes one of ours. */
public final class ImportCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline model import --format config|scalable FILE [--context NAME] [--out FILE]
                Reads a model of another tool and writes it as model.yaml. Warnings stand before it as comments.
                  --format config    config.json of Event Modelers
                  --format scalable  metamodel of Scalable Modeling v0.1, which may tell of several contexts
                  --context NAME     what the context is called, or which one of several is meant
                  --out FILE         writes there instead of printing; without --context a folder takes one file for each context
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws BadUsage {
        Arguments given = Arguments.of(arguments, Set.of("--format", "--context", "--out"), Set.of());
        String file = given.word(0);
        String format = given.options().getOrDefault("--format", "");
        String context = given.options().getOrDefault("--context", "");
        if (file == null || given.words().size() > 1) {
            throw new BadUsage("Say which file is to be imported, one at a time.");
        }
        if (!context.matches("([a-z][a-z0-9]*)?")) {
            throw new BadUsage("A context's name has lower-case letters and digits, not '" + context + "'.");
        }
        if (!format.equals("config") && !format.equals("scalable")) {
            throw new BadUsage("Say what the file is: --format config or --format scalable.");
        }
        JsonNode tree = ForeignJson.read(Path.of(file), file);
        Imported imported =
                format.equals("config") ? ConfigReader.read(tree, context) : ScalableReader.read(tree, context);
        String target = given.options().get("--out");
        imported.warnings().forEach(warning -> out.println("# " + warning));
        boolean several = imported.models().size() > 1;
        for (Model model : imported.models()) {
            if (target == null) {
                if (several) {
                    out.println("# src/contexts/" + model.context() + "/model.yaml");
                }
                out.print(ModelWriter.write(model));
            } else {
                Path to = several ? Path.of(target).resolve(model.context() + ".yaml") : Path.of(target);
                write(to, ModelWriter.write(model));
                out.println("Wrote " + to + ".");
            }
        }
        return 0;
    }

    /** Writes a file, and the folders that it lies in. */
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ModelException(
                    new SourceLocation(file.toString(), 0, 0), "The file cannot be written: " + e.getMessage() + ".");
        }
    }
}
