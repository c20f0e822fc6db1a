package dev.storyline.modeler.scaffold;

import dev.storyline.model.Actor;
import dev.storyline.model.Diagnostic;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** What will be written for one slice: its new files, what is put into old ones, and what is in the way. */
final class Draft {
    static final String ROOT_PACKAGE = "dev.storyline.";

    /** What every object has already. */
    private static final Set<String> UNFIT =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final Path root;
    private final Landscape landscape;
    private final Model model;
    private final Slice slice;
    private final ContextSources sources;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<Path, NavigableMap<Integer, String>> insertions = new LinkedHashMap<>();
    private final Set<Diagnostic> troubles = new LinkedHashSet<>();

    Draft(Path root, Landscape landscape, Model model, Slice slice, ContextSources sources) {
        this.root = root;
        this.landscape = landscape;
        this.model = model;
        this.slice = slice;
        this.sources = sources;
    }

    Path root() {
        return root;
    }

    Model model() {
        return model;
    }

    Slice slice() {
        return slice;
    }

    ContextSources sources() {
        return sources;
    }

    /** {@code MakeWish}. */
    String name() {
        return Words.pascal(slice.name());
    }

    /** {@code functions/wishes/make-wish}. */
    String folder() {
        return "functions/" + model.context() + "/" + slice.name();
    }

    /**
     * Whoever has an identity acts for itself only: {@code .own(MakeWish::childId, "elf")}; empty where nobody has one.
     *
     * @param request the request's type
     * @param fields its fields
     */
    String own(String request, List<Field> fields, JavaTypes types) {
        for (Field field : fields) {
            Map<Boolean, List<String>> actors =
                    slice.actors().stream().collect(Collectors.partitioningBy(actor -> isActor(actor, field.type())));
            if (!actors.getOrDefault(true, List.of()).isEmpty()
                    && types.isId(field)
                    && !field.many()
                    && !field.optional()) {
                String others = actors.getOrDefault(false, List.of()).stream()
                        .map(actor -> ", " + JavaText.literal(actor))
                        .collect(Collectors.joining());
                return "\n                .own(" + request + "::" + field.name() + others + ")";
            }
        }
        return "";
    }

    private boolean isActor(String name, String type) {
        Actor actor = model.actors().get(name);
        return actor != null && !type.isEmpty() && actor.identity().equals(type);
    }

    String slicePackage() {
        return ROOT_PACKAGE + model.context() + "." + slice.name().replace("-", "");
    }

    String languagePackage() {
        return ROOT_PACKAGE + "contexts." + model.context();
    }

    /** What the slice is about, one sentence. */
    String about() {
        return slice.about().isEmpty()
                ? "The slice " + slice.name() + "."
                : Words.sentence(slice.about().replaceAll("\\s+", " "));
    }

    /** A source of the slice that is deployed. */
    JavaText source() {
        return new JavaText(slicePackage());
    }

    /** A source of the context's language. */
    JavaText languageSource() {
        return new JavaText(languagePackage());
    }

    /** Writes a class into the slice or into the language, by its package. */
    void write(String simpleName, JavaText java, String body) {
        checkName(simpleName, slice.place());
        boolean language = java.packageName().equals(languagePackage());
        String base = language ? "src/contexts/" + model.context() : folder();
        write(
                base + "/src/main/java/" + java.packageName().replace('.', '/') + "/" + simpleName + ".java",
                java.with(body));
    }

    /** Says so where Java cannot use a name. */
    void checkName(String name, SourceLocation place) {
        if (!SourceVersion.isName(name) || UNFIT.contains(name)) {
            trouble(place, "Java has no use for the name '" + name + "': choose another one.");
        }
    }

    void write(String path, String text) {
        files.put(path, text);
    }

    /** The new files by path from the root. */
    Map<String, String> files() {
        return files;
    }

    /** Puts a text into an existing file; several at one place in this order. */
    void insert(ContextSources.@Nullable Spot spot, String text, String byHand) {
        if (spot == null) {
            trouble(model.place(), byHand);
        } else {
            insertions.computeIfAbsent(spot.file(), file -> new TreeMap<>()).merge(spot.offset(), text, String::concat);
        }
    }

    /** What is put into existing files, by file and place. */
    Map<Path, NavigableMap<Integer, String>> insertions() {
        return insertions;
    }

    void trouble(SourceLocation place, String sentence) {
        troubles.add(new Diagnostic(place, sentence));
    }

    List<Diagnostic> troubles() {
        return List.copyOf(troubles);
    }

    @Nullable
    Element find(Ref ref, Kind... kinds) {
        return landscape.find(model, ref, kinds);
    }

    boolean isForeign(Ref ref) {
        return !ref.context().isEmpty() && !ref.context().equals(model.context());
    }

    /** What a field holds, in the middle of a sentence. */
    String says(Field field) {
        Type type = field.many() ? null : model.types().get(field.type());
        if (field.about().isEmpty() && field.type().equals("instant")) {
            return field.name().equals("at") ? "when" : Words.spoken(field.name()) + " when";
        }
        String about = !field.about().isEmpty() ? field.about() : type == null ? "" : type.about();
        return about.isEmpty() ? "the " + Words.spoken(field.name()) : Words.clause(about);
    }

    /** The record of an element, a type or a request. */
    String record(JavaText java, JavaTypes types, String about, String name, List<Field> fields, Set<String> inPath) {
        return head(java, types, about, "public record " + name, fields, inPath, " {}") + "\n";
    }

    /** A record as far as its brace, with what stands above it. */
    String head(
            JavaText java,
            JavaTypes types,
            String about,
            String head,
            List<Field> fields,
            Set<String> inPath,
            String tail) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> components = new ArrayList<>();
        for (Field field : fields) {
            parameters.put(field.name(), says(field) + (inPath.contains(field.name()) ? ", from the path" : ""));
            components.add(types.of(field, java) + " " + field.name());
        }
        return JavaText.comment("", Words.sentence(about), parameters) + JavaText.record("", head, components, tail);
    }

    /** An element's sentence, or its name in words. */
    static String about(Element element) {
        return element.about().isEmpty()
                ? Words.capitalized(Words.spoken(element.name())) + "."
                : Words.sentence(element.about());
    }
}
