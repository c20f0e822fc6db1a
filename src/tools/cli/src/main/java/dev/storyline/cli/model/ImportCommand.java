package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import dev.storyline.modeler.exchange.ImportFormat;
import dev.storyline.modeler.exchange.Imported;
import dev.storyline.modeler.exchange.Taken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model import}. */
@Command(
        name = "import",
        description = "Read a model of another tool and write it as model.yaml. Warnings precede it as comments.")
public final class ImportCommand implements Runnable {
    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file or folder to read.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "The format, where the content does not tell it:",
                "config: config.json, slice.json or index.json of Event Modelers.",
                "mermaid: Mermaid's eventmodeling diagram, alone or in a Markdown file.",
                "emlang: Emlang 1.0.",
                "eventcatalog: the folder of an EventCatalog.",
                "scalable: the metamodel of Scalable Modeling v0.1, which may describe several contexts."
            })
    private @Nullable ImportFormat format;

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description =
                    "A model.yaml that keeps what the format has no place for; what the board has changed is taken.")
    private @Nullable Path into;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The name of the context, or which one of several to import.")
    private String context = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write to this file instead of printing; several contexts are written into this folder, one file"
                            + " each.")
    private @Nullable Path out;

    public ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (!context.matches("([a-z][a-z0-9]*)?")) {
            throw new WrongUse("The name of a context has lower-case letters and digits only, not '" + context + "'.");
        }
        if (!Files.isDirectory(file)) {
            WrongUse.unlessFile(file);
        }
        Imported imported = into == null ? ImportFormat.read(file, context, format) : into(into);
        imported.warnings().forEach(warning -> session.out().println("# " + warning));
        boolean several = imported.models().size() > 1;
        for (Model model : imported.models()) {
            if (out == null) {
                if (several) {
                    session.out().println("# src/contexts/" + model.context() + "/model.yaml");
                }
                session.out().print(ModelWriter.write(model));
            } else {
                Path to = several ? out.resolve(model.context() + ".yaml") : out;
                Models.write(to, ModelWriter.write(model));
                session.out().println("Wrote " + to + ".");
            }
        }
    }

    private Imported into(Path model) {
        WrongUse.unlessFile(model);
        Model rich = ModelReader.read(model, model.toString());
        Imported imported = ImportFormat.read(file, context.isEmpty() ? rich.context() : context, format);
        if (imported.models().size() != 1) {
            throw new WrongUse("The file has no context '" + rich.context() + "': name one with --context.");
        }
        return new Imported(List.of(Taken.into(rich, imported.models().getFirst())), imported.warnings());
    }
}
