package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.modeler.exchange.ImportFormat;
import dev.storyline.modeler.exchange.Imported;
import java.nio.file.Path;
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

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to read.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description =
                    "config: config.json of Event Modelers. scalable: the metamodel of Scalable Modeling v0.1, which may"
                            + " describe several contexts.")
    private ImportFormat format = ImportFormat.CONFIG;

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
        WrongUse.unlessFile(file);
        Imported imported = format.read(file, context);
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
}
