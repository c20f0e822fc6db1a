package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of all contexts. Contexts are connected by public events.
 *
 * @param models by context, in alphabetical order
 */
public record Landscape(Map<String, Model> models) {
    public Landscape {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /** Combines models. */
    public static Landscape of(List<Model> models) {
        Map<String, Model> all = new TreeMap<>();
        List<Diagnostic> twice = new ArrayList<>();
        for (Model model : models) {
            Model other = all.put(model.context(), model);
            if (other != null) {
                twice.add(new Diagnostic(
                        model.place(),
                        "The context '" + model.context() + "' has another model, " + other.place() + "."));
            }
        }
        if (!twice.isEmpty()) {
            throw new ModelException(twice);
        }
        return new Landscape(all);
    }

    /**
     * Reads the models of a repository, {@code src/contexts/<context>/model.yaml}, and checks that every
     * name refers to an element.
     *
     * @throws ModelException if a model cannot be read, or refers to an unknown name
     */
    public static Landscape read(Path root) {
        List<Model> models = new ArrayList<>();
        List<Diagnostic> troubles = new ArrayList<>();
        for (Path file : files(root)) {
            try {
                models.add(
                        ModelReader.read(file, root.relativize(file).toString().replace('\\', '/')));
            } catch (ModelException e) {
                troubles.addAll(e.troubles());
            }
        }
        if (!troubles.isEmpty()) {
            throw new ModelException(troubles);
        }
        Landscape landscape = of(models);
        NameResolver.check(landscape);
        return landscape;
    }

    private static List<Path> files(Path root) {
        Path contexts = root.resolve("src/contexts");
        if (!Files.isDirectory(contexts)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(contexts)) {
            return folders.map(folder -> folder.resolve("model.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the element that a reference in a model names, or null. Within a context the order of the kinds decides; in
     * another context only public events count.
     */
    public @Nullable Element find(Model in, Ref ref, Kind... kinds) {
        if (ref.context().isEmpty() || ref.context().equals(in.context())) {
            return in.element(ref.element(), kinds);
        }
        Model other = models.get(ref.context());
        return other == null ? null : other.publicEvents().get(ref.element());
    }

    /** Returns the field at the end of a path through the types of a model, or null. */
    public static @Nullable Field field(Model in, List<Field> fields, List<String> path) {
        Field found = null;
        List<Field> here = fields;
        for (String name : path) {
            found = here.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return null;
            }
            here = fieldsOf(in, found.type());
        }
        return found;
    }

    /** Returns the fields of the type or of the view with this name. A view may be part of another view. */
    public static List<Field> fieldsOf(Model in, String type) {
        Type named = in.types().get(type);
        if (named != null) {
            return named.fields();
        }
        Element view = in.views().get(type);
        return view == null ? List.of() : view.fields();
    }

    /** Returns the field that a reference names, in any context, or null. */
    public @Nullable Field field(Element element, List<String> path) {
        Model home = models.get(element.context());
        return home == null ? null : field(home, element.fields(), path);
    }
}
