package dev.storyline.cli.model;

import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the models that a command line names, and writes the files that commands make of them. */
final class Models {
    private Models() {}

    /**
     * The models of these contexts, in this order; all models if none is named.
     *
     * @throws WrongUse if there is no such context
     */
    static List<Model> of(Landscape landscape, List<String> contexts) {
        List<Model> models = new ArrayList<>();
        for (String context : contexts) {
            models.add(of(landscape, context));
        }
        return contexts.isEmpty() ? List.copyOf(landscape.models().values()) : models;
    }

    /**
     * The model of a context.
     *
     * @throws WrongUse if there is no such context
     */
    static Model of(Landscape landscape, String context) {
        Model model = landscape.models().get(context);
        if (model == null) {
            WrongUse.unless("context", context, landscape.models().keySet());
            throw new IllegalStateException(context);
        }
        return model;
    }

    /** Writes a file and the folders that it lies in. */
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
