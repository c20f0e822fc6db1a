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

/**
 * The draft of one slice: its new files, the insertions into existing files, and the problems that prevent generation.
 */
final class Draft {
    static final String ROOT_PACKAGE = "dev.storyline.";

    /** Names of methods that every object already has. */
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

    Landscape landscape() {
        return landscape;
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

    /** Returns the name in Pascal case, {@code MakeWish}. */
    String name() {
        return Words.pascal(slice.name());
    }

    /** Returns the folder, {@code functions/wishes/make-wish}. */
    String folder() {
        return "functions/" + model.context() + "/" + slice.name();
    }

    /**
     * Returns the rule that limits an actor with an identity to its own data, {@code .own(MakeWish::childId, "elf")};
     * empty if no field identifies an actor.
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
                        .map(actor -> ", " + JavaSource.literal(actor))
                        .collect(Collectors.joining());
                return ".own(" + request + "::" + field.name() + others + ")";
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

    /** Returns one sentence that describes the slice. */
    String about() {
        return slice.about().isEmpty()
                ? "The slice " + slice.name() + "."
                : Words.sentence(slice.about().replaceAll("\\s+", " "));
    }

    /** Creates a source file of the deployed slice. */
    JavaSource source() {
        return new JavaSource(slicePackage());
    }

    /** Creates a source file of the context's language. */
    JavaSource languageSource() {
        return new JavaSource(languagePackage());
    }

    /**
     * Renders a class of the slice or of the language. Its source determines the package.
     *
     * @param template {@code Decider.java}
     * @param data values for the template; package, imports, and the names of context and slice are predefined
     */
    void java(String simpleName, String template, JavaSource source, Map<String, ?> data) {
        if (!simpleName.equals("package-info")) {
            checkName(simpleName, slice.place());
        }
        boolean language = source.packageName().equals(languagePackage());
        Map<String, Object> all = common();
        all.put("package", source.packageName());
        all.put("imports", source.imports());
        all.putAll(data);
        String base = language ? "src/contexts/" + model.context() : folder();
        String file = base + "/src/main/java/" + source.packageName().replace('.', '/') + "/" + simpleName + ".java";
        write(file, TextTemplates.render("slice/" + template, all));
    }

    /** Renders a file of the slice that is not a Java file. */
    void file(String path, String template) {
        write(folder() + "/" + path, TextTemplates.render("slice/" + template, common()));
    }

    private Map<String, Object> common() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("context", model.context());
        data.put("slice", slice.name());
        data.put("name", name());
        data.put("language", sources.languageClass());
        data.put("about", JavaSource.comment("", about(), Map.of()));
        return data;
    }

    /** Reports a problem if Java does not allow a name. */
    void checkName(String name, SourceLocation place) {
        if (!SourceVersion.isName(name) || UNFIT.contains(name)) {
            trouble(
                    place,
                    "The name '" + name
                            + "' has a meaning in Java, so no class or component can have it: choose another one.");
        }
    }

    void write(String path, String text) {
        files.put(path, text);
    }

    /** Returns the new files by path from the root. Java files are not formatted yet. */
    Map<String, String> files() {
        return files;
    }

    /** Inserts a text into an existing file. Several texts at one place keep this order. */
    void insert(ContextSources.@Nullable Spot spot, String text, String byHand) {
        if (spot == null) {
            trouble(model.place(), byHand);
        } else {
            insertions.computeIfAbsent(spot.file(), file -> new TreeMap<>()).merge(spot.offset(), text, String::concat);
        }
    }

    /** Returns the insertions into existing files, by file and offset. */
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

    /** Returns the description of a field for the middle of a sentence. */
    String says(Field field) {
        Type type = field.many() ? null : model.types().get(field.type());
        if (field.about().isEmpty() && field.type().equals("instant")) {
            return field.name().equals("at") ? "when" : Words.spoken(field.name()) + " when";
        }
        String about = !field.about().isEmpty() ? field.about() : type == null ? "" : type.about();
        return about.isEmpty() ? "the " + Words.spoken(field.name()) : Words.clause(about);
    }

    /** Returns the template data that describes a record and its components. */
    Map<String, Object> described(
            JavaSource java, JavaTypes types, String about, List<Field> fields, Set<String> inPath) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> components = new ArrayList<>();
        for (Field field : fields) {
            parameters.put(field.name(), says(field) + (inPath.contains(field.name()) ? ", from the path" : ""));
            components.add(types.of(field, java) + " " + field.name());
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("about", JavaSource.comment("", Words.sentence(about), parameters));
        data.put("components", String.join(", ", components));
        return data;
    }

    /**
     * Renders the record of an element, a type or a request.
     *
     * @param visibility {@code public}, or an empty text
     */
    void record(
            String name,
            JavaSource java,
            JavaTypes types,
            String visibility,
            String about,
            List<Field> fields,
            Set<String> inPath) {
        Map<String, Object> data = described(java, types, about, fields, inPath);
        data.put("name", name);
        data.put("annotation", "");
        data.put("visibility", visibility);
        java(name, "Record.java", java, data);
    }

    /** Returns an element's description, or its name in words. */
    static String about(Element element) {
        return element.about().isEmpty()
                ? Words.capitalized(Words.spoken(element.name())) + "."
                : Words.sentence(element.about());
    }
}
