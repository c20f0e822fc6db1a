package dev.storyline.modeler.scaffold;

import dev.storyline.model.ModelException;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.modeler.template.SliceDeployment;
import dev.storyline.modeler.template.SliceTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that deploy a slice: {@code deploy.yaml}, the template that follows from it, and the settings of SAM. */
final class DeploymentFiles {
    private DeploymentFiles() {}

    /**
     * Writes them. A {@code deploy.yaml} that is there already decides about the template.
     *
     * @param route the route of the slice; null for a slice without one
     */
    static void write(Draft draft, @Nullable Route route) {
        String name = draft.folder() + "/deploy.yaml";
        Path present = draft.root().resolve(name);
        String deploy = Files.exists(present)
                ? read(present)
                : route == null
                        ? "# Nothing differs from the default.\n"
                        : "routes: " + route.method() + " " + route.path() + "\n";
        draft.write(name, deploy);
        draft.file("samconfig.toml", "samconfig.toml");
        if (!draft.troubles().isEmpty()) {
            return;
        }
        String context = draft.model().context();
        try {
            draft.write(
                    draft.folder() + "/template.yaml",
                    SliceTemplates.render(
                            draft.landscape(),
                            context,
                            draft.slice().name(),
                            SliceDeployment.parse(deploy, name),
                            SliceTemplates.readsKinesis(draft.root(), context)));
        } catch (ModelException e) {
            e.troubles().forEach(trouble -> draft.trouble(trouble.place(), trouble.sentence()));
        }
    }

    /** The slice that keeps a view; empty if none does. */
    static String owner(Draft draft, Ref view) {
        return draft.model().slices().stream()
                .filter(other ->
                        other.views().stream().anyMatch(kept -> kept.element().equals(view.element())))
                .map(Slice::name)
                .findFirst()
                .orElse("");
    }

    /** Whether the template of a slice of this context exports something whose name ends so. */
    static boolean exports(Draft draft, String slice, String ending) {
        String context = draft.model().context();
        Path template = draft.root().resolve("functions/" + context + "/" + slice + "/template.yaml");
        return Files.exists(template)
                && read(template).contains("Name: !Sub storyline-${Stage}-" + context + "-" + slice + ending + "\n");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
