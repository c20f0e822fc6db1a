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

/**
 * Writes the files that deploy a slice: {@code deploy.yaml}, the template that is generated from it, and the settings
 * of SAM.
 */
final class DeploymentFiles {
    private DeploymentFiles() {}

    /**
     * Writes the files. An existing {@code deploy.yaml} determines the template.
     *
     * @param route the route of the slice; null if it has none
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
                            SliceTemplates.feed(draft.root(), context)));
        } catch (ModelException e) {
            e.troubles().forEach(trouble -> draft.trouble(trouble.place(), trouble.sentence()));
        }
    }

    /** Returns the slice that maintains a view; empty if there is none. */
    static String owner(Draft draft, Ref view) {
        return draft.model().slices().stream()
                .filter(other ->
                        other.views().stream().anyMatch(kept -> kept.element().equals(view.element())))
                .map(Slice::name)
                .findFirst()
                .orElse("");
    }

    /** Checks whether the template of a slice in this context has an export whose name ends with this text. */
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
