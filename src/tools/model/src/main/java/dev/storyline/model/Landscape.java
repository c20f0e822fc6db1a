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
 * The models of all contexts together: public events of one are what another reacts to.
 *
 * @param models by context, in alphabetical order
 */
public record Landscape(Map<String, Model> models) {
    public Landscape {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /** These models together. */
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
     * Reads the models of a repository, {@code src/contexts/<context>/model.yaml}, and checks that every name leads
     * somewhere.
     *
     * @throws ModelException if one cannot be read, or names what is not there
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
     * The element that a reference in a model leads to, or null. In its own context it is the first of these kinds that
     * has the name; in another one it is a public event.
     */
    public @Nullable Element find(Model in, Ref ref, Kind... kinds) {
        if (ref.context().isEmpty() || ref.context().equals(in.context())) {
            return in.element(ref.element(), kinds);
        }
        Model other = models.get(ref.context());
        return other == null ? null : other.publicEvents().get(ref.element());
    }

    /** The field that a path leads to, through the types of a model; null if it leads nowhere. */
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

    /** The fields that belong together under the name of a type or of a view, which may be part of another one. */
    public static List<Field> fieldsOf(Model in, String type) {
        Type named = in.types().get(type);
        if (named != null) {
            return named.fields();
        }
        Element view = in.views().get(type);
        return view == null ? List.of() : view.fields();
    }

    /** The field of an element that a reference leads to, in whatever context the element is; null if it leads nowhere. */
    public @Nullable Field field(Element element, List<String> path) {
        Model home = models.get(element.context());
        return home == null ? null : field(home, element.fields(), path);
    }
}
