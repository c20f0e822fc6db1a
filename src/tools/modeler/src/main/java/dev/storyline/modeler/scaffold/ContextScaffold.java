package dev.storyline.modeler.scaffold;

import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Writes a new context: a model with an empty story, a language, the poms of language and slices, and entries in the
 * poms of the repository and under {@code infra}. {@code ./storyline up --contexts NAME} runs the context immediately,
 * and {@link SliceScaffold} adds slices to it.
 */
public final class ContextScaffold {
    /** Queue names have the form storyline-STAGE-CONTEXT-SLICE-failures. SQS allows 80 characters. */
    private static final int LONGEST_NAME = 20;

    /** Simple names that the sources of a language import. No class of the language can use them. */
    private static final Set<String> IMPORTED =
            Set.of("Id", "Language", "List", "Set", "Map", "StreamId", "EventType", "Upcaster", "Instant", "RowKey");

    private final Path root;
    private final String context;
    private final Map<String, Object> data;
    private final Map<Path, String> fresh = new LinkedHashMap<>();
    private final Map<Path, String> changed = new LinkedHashMap<>();

    private ContextScaffold(Path root, String context) {
        this.root = root;
        this.context = context;
        this.data = Map.of("context", context, "Context", Words.capitalized(context));
    }

    /**
     * Writes all files of a context or, on failure, none.
     *
     * @param root the root of the repository
     * @param context the name of the context, {@code library}: lower-case letters and digits, at most 20 characters
     * @throws ScaffoldException if the name is not allowed for a context, or if a file of the repository has no place
     *     for its entry
     * @throws ModelException if the model of another context cannot be read
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static ScaffoldReport write(Path root, String context) {
        try {
            checkName(root, context);
            return new ContextScaffold(root, context).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkName(Path root, String context) throws IOException {
        if (!context.matches("[a-z][a-z0-9]*") || context.length() > LONGEST_NAME) {
            throw new ScaffoldException("A context has a name of at most " + LONGEST_NAME
                    + " lower-case letters and digits that begins with a letter, like 'wishes', not '" + context
                    + "'.");
        }
        String type = Words.capitalized(context);
        if (!SourceVersion.isName(context) || IMPORTED.contains(type) || isOfJava(type)) {
            throw new ScaffoldException("The name '" + context
                    + "' has a meaning in Java, so no package or class can have it: choose another one.");
        }
        if (Landscape.read(root).models().containsKey(context)
                || Files.exists(root.resolve("src/contexts/" + context))
                || Files.exists(root.resolve("functions/" + context))) {
            throw new ScaffoldException(
                    "There is a context '" + context + "' already: choose another name, or delete that context first.");
        }
        // The root pom lists all modules. Their artifacts are named storyline-MODULE, and their packages
        // dev.storyline.MODULE.
        if (context.equals("contexts")
                || Files.readString(root.resolve("pom.xml")).contains(">storyline-" + context + "<")) {
            throw new ScaffoldException(
                    "The name '" + context + "' is that of a module of Storyline: choose another one.");
        }
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private ScaffoldReport write() throws IOException {
        String language = "src/contexts/" + context;
        String sources = language + "/src/main/java/dev/storyline/contexts/" + context + "/";
        render(language + "/model.yaml", "model.yaml");
        render(language + "/pom.xml", "language.pom.xml");
        render(sources + Words.capitalized(context) + ".java", "Language.java");
        render(sources + "package-info.java", "package-info.java");
        render("functions/" + context + "/pom.xml", "slices.pom.xml");
        infra();
        poms();
        Writing.write(fresh, changed);
        return new ScaffoldReport(
                true,
                fresh.keySet().stream().map(this::shown).toList(),
                changed.keySet().stream().map(this::shown).toList(),
                List.of(
                        "The context has no slice yet. To run it as it is:",
                        "  ./storyline up --contexts " + context,
                        "To add a slice to the end of its story, and then to write the code of the slice:",
                        "  ./storyline slice new " + context + " SLICE --pattern \"state change\"",
                        "  ./storyline slice new " + context + " SLICE"));
    }

    private void render(String file, String template) {
        fresh.put(root.resolve(file), TextTemplates.render("context/" + template, data));
    }

    /** The shared resources of all contexts use one template. Each context has an environment in samconfig.toml. */
    private void infra() throws IOException {
        Path settings = root.resolve("infra/samconfig.toml");
        String text = Files.readString(settings);
        changed.put(settings, text.stripTrailing() + "\n" + TextTemplates.render("context/samconfig.toml", data));
    }

    private void poms() throws IOException {
        Path pom = root.resolve("pom.xml");
        String all = Files.readString(pom);
        List<String> contexts = new ArrayList<>(Landscape.read(root).models().keySet());
        String withModule = TextEdits.withModuleBehind(
                all,
                "src/contexts/" + context,
                contexts.stream().map(one -> "src/contexts/" + one).toList());
        String withBoth = withModule == null
                ? null
                : TextEdits.withDependency(
                        withModule,
                        TextTemplates.render("context/dependency.xml", data),
                        contexts.stream().map(one -> "storyline-" + one).toList());
        if (withBoth == null) {
            throw new ScaffoldException(
                    "The pom.xml of the repository has no <modules> or no <dependencyManagement>: add"
                            + " them, and begin again.");
        }
        changed.put(pom, withBoth);
        Path functions = root.resolve("functions/pom.xml");
        String slices = TextEdits.withModule(Files.readString(functions), context);
        if (slices == null) {
            throw new ScaffoldException("The file functions/pom.xml has no <modules>: add them, and begin again.");
        }
        changed.put(functions, slices);
    }

    private String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
