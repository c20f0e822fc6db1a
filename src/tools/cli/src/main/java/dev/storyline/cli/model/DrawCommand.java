package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.modeler.draw.Gaps;
import dev.storyline.modeler.draw.SpatialPicture;
import dev.storyline.modeler.draw.Storyboard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model draw}. */
@Command(
        name = "draw",
        description =
                "Write a picture (SVG) of each context, and one of all of them together unless exactly one is named.")
public final class DrawCommand implements Runnable {
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONTEXT-OR-FILE",
            description = "The contexts to draw, or files of a format that is imported; all contexts if none is named.")
    private List<String> contexts = List.of();

    @Option(
            names = "--spatial",
            description = "Draw where state lives and where each policy stands, instead of the storyboard.")
    private boolean spatial;

    @Option(names = "--without-scenarios", description = "Leave out the scenarios, which take most of the height.")
    private boolean withoutScenarios;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder of the pictures (default: target/model).")
    private @Nullable Path out;

    public DrawCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Models.Named named = Models.named(session, contexts);
        Landscape landscape = named.landscape();
        Map<String, String> gaps = Gaps.of(landscape);
        for (Model model : named.models()) {
            write(model.context(), landscape, List.of(model), gaps);
        }
        if (named.models().size() != 1) {
            write("all", landscape, named.models(), gaps);
        }
    }

    private void write(String name, Landscape landscape, List<Model> models, Map<String, String> gaps) {
        Path folder = out == null ? session.root().resolve("target/model") : out;
        Path file = folder.resolve(name + (spatial ? "-spatial" : "") + ".svg");
        Models.write(
                file,
                spatial
                        ? SpatialPicture.svg(landscape, models, gaps)
                        : Storyboard.svg(landscape, models, gaps, !withoutScenarios));
        session.out().println(file);
    }
}
