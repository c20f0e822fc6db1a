package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.modeler.exchange.ImportFormat;
import dev.storyline.modeler.exchange.Imported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the models that a command line names, and writes the files that commands make of them. */
final class Models {
    private Models() {}

    /** The models that a command line names, among all that are known with them. */
    record Named(Landscape landscape, List<Model> models) {}

    /**
     * The models of these names: contexts of the repository, or files and folders of any format that is read. All contexts if
     * nothing is named. What an import passes over is told as comments.
     *
     * @throws WrongUse if there is no such context or file
     */
    static Named named(Session session, List<String> names) {
        List<String> files = names.stream().filter(Models::isFile).toList();
        if (files.isEmpty()) {
            Landscape landscape = Landscape.read(session.root());
            return new Named(landscape, of(landscape, names));
        }
        if (files.size() < names.size()) {
            throw new WrongUse("Name contexts or files, not both: " + String.join(", ", names) + ".");
        }
        List<Model> models = new ArrayList<>();
        files.forEach(file -> models.addAll(file(session, Path.of(file))));
        Landscape landscape = Landscape.of(models);
        return new Named(landscape, List.copyOf(landscape.models().values()));
    }

    /** The models of a file or a folder of any format. */
    static List<Model> file(Session session, Path file) {
        if (!Files.isDirectory(file)) {
            WrongUse.unlessFile(file);
        }
        Imported imported = ImportFormat.read(file, "", null);
        imported.warnings().forEach(warning -> session.err().println("# " + warning));
        return imported.models();
    }

    /** A context has lower-case letters and digits only. A file of such a name is named with its folder, {@code ./shop}. */
    private static boolean isFile(String name) {
        return !name.matches("[a-z][a-z0-9]*");
    }

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
