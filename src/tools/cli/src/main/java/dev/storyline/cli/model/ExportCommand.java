package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Model;
import dev.storyline.modeler.exchange.ExportFormat;
import dev.storyline.modeler.exchange.Taken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model export}. */
@Command(name = "export", description = "Write models in the format of another tool.")
public final class ExportCommand implements Runnable {
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONTEXT-OR-FILE",
            description =
                    "The contexts to export, or files of a format that is imported; all contexts if none is named.")
    private List<String> contexts = List.of();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = {
                "config: config.json of Event Modelers, one file for each context.",
                "scalable: the metamodel of Scalable Modeling v0.1, all contexts in one file.",
                "mermaid: Mermaid's eventmodeling diagram, one for each context.",
                "markdown: a document to read, one for each context.",
                "eventcatalog: the folder of an EventCatalog with JSON Schemas; needs --out."
            })
    private ExportFormat format = ExportFormat.CONFIG;

    @Option(
            names = "--onto",
            paramLabel = "BOARD",
            description =
                    "With config: the config.json that the model came from. What the model has not changed stays as it is"
                            + " there, with places, pictures and ids.")
    private @Nullable Path onto;

    @Option(
            names = "--out",
            paramLabel = "FILE-OR-FOLDER",
            description = "Write one file there, or several files into it, instead of printing.")
    private @Nullable Path out;

    public ExportCommand(Session session) {
        this.session = session;
    }

    private Map<String, String> back(List<Model> models, Path board) {
        if (format != ExportFormat.CONFIG || models.size() != 1) {
            throw new WrongUse("The option --onto goes with --format config and one context.");
        }
        WrongUse.unlessFile(board);
        return Map.of("config.json", Taken.back(models.getFirst(), board));
    }

    @Override
    public void run() {
        List<Model> models = Models.named(session, contexts).models();
        Map<String, String> files = onto == null ? format.files(models) : back(models, onto);
        boolean one = files.size() == 1;
        if (out != null) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Models.write(one ? out : out.resolve(file.getKey()), file.getValue());
            }
            session.out().println("Wrote " + (one ? out : files.size() + " files into " + out) + ".");
        } else if (one || format == ExportFormat.MARKDOWN) {
            files.values().forEach(session.out()::print);
        } else {
            throw new WrongUse("The export has " + files.size() + " files: name a folder for them with --out"
                    + (format == ExportFormat.EVENTCATALOG ? "." : ", or name one context."));
        }
    }
}
