package dev.storyline.modeler.scaffold;

import dev.storyline.deployment.InfraSettings;
import dev.storyline.model.Diagnostic;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.check.Buildable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the folder of a slice, {@code functions/CONTEXT/SLICE}, from its entry in the model of its context. */
public final class SliceScaffold {
    private static final int LONGEST_NAME = 64;

    /**
     * The options of a caller.
     *
     * @param pattern the pattern of an entry that is added at the end of the story if the story lacks the slice; null
     *     adds none
     * @param route {@code POST /a/b/{c}} or {@code GET /a/{b}}; null for {@code POST
     *     /CONTEXT/<streams>/{<by>}/SLICE} and {@code GET /CONTEXT/<views>/{<identity>}}
     * @param onlyMissing whether existing files stay unchanged; otherwise an existing folder is refused
     */
    public record Options(
            @Nullable Pattern pattern, @Nullable String route, boolean onlyMissing) {
        /** The default options: no pattern, the default route, and a folder that does not exist yet. */
        public static final Options NONE = new Options(null, null, false);
    }

    private final Path root;
    private final Landscape landscape;
    private final Model model;
    private final Options options;

    private SliceScaffold(Path root, Landscape landscape, Model model, Options options) {
        this.root = root;
        this.landscape = landscape;
        this.model = model;
        this.options = options;
    }

    /**
     * Writes all files of a slice's folder or, on failure, none.
     *
     * @param root the root of the repository
     * @param context the name of the context, {@code wishes}
     * @param slice the name of the slice, {@code make-wish}
     * @throws ScaffoldException if the name is not allowed for a slice
     * @throws ModelException if the context does not exist, or a model cannot be read
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static ScaffoldReport write(Path root, String context, String slice, Options options) {
        if (!slice.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || slice.length() > LONGEST_NAME) {
            throw new ScaffoldException("A slice has a name in lower case with hyphens, like 'make-wish', not '" + slice
                    + "', and at most " + LONGEST_NAME + " characters.");
        }
        Landscape landscape = Landscape.read(root);
        Model model = landscape.models().get(context);
        if (model == null) {
            throw new ModelException(
                    new SourceLocation("src/contexts/" + context + "/model.yaml", 0, 0),
                    "There is no context '" + context + "'; there are "
                            + String.join(", ", landscape.models().keySet()) + ".");
        }
        try {
            SliceScaffold scaffold = new SliceScaffold(root, landscape, model, options);
            Slice entry = model.slice(slice).orElse(null);
            return entry == null ? scaffold.begin(slice) : scaffold.write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an entry to the story. The details that code needs are the user's to fill in: the report lists them as next steps. */
    private ScaffoldReport begin(String name) throws IOException {
        String file = model.place().file();
        Pattern pattern = options.pattern();
        if (pattern == null) {
            return ScaffoldReport.refused(
                    "The story in " + file + " has no slice '" + name + "'. Add it where it belongs:",
                    "  - slice: " + name,
                    "    pattern: state change",
                    "To have it added at the end of the story, use --pattern \"state change\" (or \"state view\","
                            + " automation, translation).");
        }
        Path path = root.resolve(file);
        String changed = TextEdits.withSlice(Files.readString(path), model, name, pattern);
        if (changed == null) {
            return ScaffoldReport.refused(
                    "The end of the story in " + file + " cannot be changed safely. Add this to its last chapter:",
                    "  - {slice: " + name + ", pattern: " + pattern.word() + "}");
        }
        Writing.write(Map.of(), Map.of(path, changed));
        List<String> messages = new ArrayList<>();
        messages.add("The slice '" + name + "' stands at the end of " + file + " now. Fill in:");
        needs(pattern).lines().forEach(line -> messages.add("  " + line));
        messages.add("and then: ./storyline slice new " + model.context() + " " + name);
        return new ScaffoldReport(true, List.of(), List.of(file), messages);
    }

    private static String needs(Pattern pattern) {
        return switch (pattern) {
            case STATE_CHANGE -> """
                    actor: who may use it, one or several of 'actors'; none if only automations do
                    command: what is asked for; under 'commands' its stream and fields
                    folds: the events that it decides from
                    rules: the rules by which it refuses, each with a message
                    events: what it records; under 'events' their stream and fields
                    specifications: given events, when the command, then events or a rejection""";
            case STATE_VIEW -> """
                    actor: who may look at it, one or several of 'actors'
                    on: the events that it is made of
                    view: what is shown; under 'views' its fields, the one that names it with 'identity: true'
                    specifications: given events, then what the view shows""";
            case AUTOMATION -> """
                    processor: what does it
                    on: the events that set it off
                    publishes: public events, or dispatches: commands; each defined in its section, with its fields
                    specifications: when an event, then what follows""";
            case TRANSLATION -> """
                    on: the public event of another context, <context>.<Event>
                    command: what it becomes; under 'commands' its stream and fields, 'from' the event's
                    folds: the events that it decides from
                    events: what it records; under 'events' their stream and fields
                    specifications: when the public event, then events or nothing""";
        };
    }

    private ScaffoldReport write(Slice slice) throws IOException {
        Path pom = root.resolve("functions/" + model.context() + "/pom.xml");
        Path language = root.resolve("src/contexts/" + model.context() + "/src/main/java");
        for (Path needed : List.of(pom, language)) {
            if (!Files.exists(needed)) {
                return ScaffoldReport.refused("The context " + model.context() + " has no " + shown(needed)
                        + ". './storyline context new' writes it for a new context; for this one, copy it from another"
                        + " context.");
            }
        }
        if (!InfraSettings.read(root).contexts().containsKey(model.context())) {
            return ScaffoldReport.refused("infra/samconfig.toml has no environment " + model.context()
                    + ". './storyline context new' writes it for a new context; for this one, copy it from another"
                    + " context.");
        }
        Draft draft = new Draft(root, landscape, model, slice, ContextSources.read(language));
        if (Files.exists(root.resolve(draft.folder())) && !options.onlyMissing()) {
            return ScaffoldReport.refused("The folder " + draft.folder()
                    + " is there already: nothing was written. --missing writes the files that it lacks.");
        }
        if (draft.sources().languageClass().isEmpty()) {
            return ScaffoldReport.refused("No class in " + shown(language) + " has Language.of(\"" + model.context()
                    + "\", Set.of(...), List.of()): write it first.");
        }
        draw(draft);
        String modules = TextEdits.withModule(Files.readString(pom), slice.name());
        if (modules == null) {
            draft.trouble(
                    new SourceLocation(shown(pom), 0, 0),
                    "There is no <modules> to add <module>" + slice.name() + "</module> to: add it by hand, and begin"
                            + " again.");
        }
        if (!draft.troubles().isEmpty() || modules == null) {
            List<String> messages = new ArrayList<>();
            messages.add("Nothing was written for " + model.context() + "/" + slice.name() + ":");
            draft.troubles().forEach(trouble -> messages.add("  " + trouble));
            return ScaffoldReport.refused(messages.toArray(String[]::new));
        }
        return save(draft, pom, modules);
    }

    private void draw(Draft draft) {
        Slice slice = draft.slice();
        Pattern pattern = slice.pattern();
        if (pattern == null) {
            draft.trouble(
                    slice.place(),
                    "Say which 'pattern' the slice " + slice.name()
                            + " has: state change, state view, automation or translation.");
            return;
        }
        draft.checkName(slice.name().replace("-", ""), slice.place());
        Buildable.reasons(model, slice).forEach(reason -> draft.trouble(reason.place(), reason.sentence()));
        switch (pattern) {
            case STATE_CHANGE, TRANSLATION -> CommandSlice.write(draft, options.route());
            case STATE_VIEW -> ViewSlice.write(draft, options.route());
            case AUTOMATION -> HandlerSlice.write(draft);
        }
        draft.file("pom.xml", "pom.xml");
        draft.write(draft.folder() + "/src/main/resources/META-INF/beans.xml", "");
        draft.java("package-info", "package-info.java", draft.source(), Map.of());
    }

    private ScaffoldReport save(Draft draft, Path pom, String modules) throws IOException {
        Map<Path, String> fresh = new LinkedHashMap<>();
        List<String> there = new ArrayList<>();
        draft.files().forEach((name, text) -> {
            Path path = root.resolve(name);
            if (Files.exists(path)) {
                there.add(name);
            } else {
                fresh.put(path, name.endsWith(".java") ? JavaFormat.of(text) : text);
            }
        });
        if (!there.isEmpty() && !options.onlyMissing()) {
            throw new ModelException(there.stream()
                    .map(name -> new Diagnostic(
                            new SourceLocation(name, 0, 0),
                            "The file is there already: nothing was written. --missing writes only the missing files."))
                    .toList());
        }
        Map<Path, String> changed = new LinkedHashMap<>();
        for (Path file : draft.insertions().keySet()) {
            String text = TextEdits.withInsertions(
                    Files.readString(file, StandardCharsets.UTF_8),
                    draft.insertions().get(file));
            changed.put(file, file.toString().endsWith(".java") ? JavaFormat.of(text) : text);
        }
        if (!modules.equals(Files.readString(pom))) {
            changed.put(pom, modules);
        }
        Writing.write(fresh, changed);
        List<String> messages = new ArrayList<>();
        if (fresh.isEmpty() && changed.isEmpty()) {
            messages.add("Nothing was missing.");
        }
        messages.add("The rule is yet to be written. To see which specifications ask for it:");
        messages.add("  ./storyline test " + draft.folder().replaceFirst("^functions/", ""));
        messages.add("To serve it:");
        messages.add("  ./storyline up --contexts " + draft.model().context());
        return new ScaffoldReport(
                true,
                fresh.keySet().stream().map(this::shown).toList(),
                changed.keySet().stream().map(this::shown).toList(),
                messages);
    }

    private String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
