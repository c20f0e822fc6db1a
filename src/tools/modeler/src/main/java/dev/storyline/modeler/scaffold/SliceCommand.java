package dev.storyline.modeler.scaffold;

import dev.storyline.model.Diagnostic;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ./storyline slice new}: writes the folder of a slice from its entry in the model. */
public final class SliceCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline slice new CONTEXT SLICE [OPTIONS]
                  Writes functions/CONTEXT/SLICE from the slice's entry in src/contexts/CONTEXT/model.yaml: it compiles, its
                  specifications run, and ./storyline up serves it. The rule itself is left to write.
                  --pattern PATTERN  where the model has no such slice, add one at the end of the story:
                                     "state change", "state view", automation or translation
                  --route ROUTE      "POST /a/b/{c}" or "GET /a/{b}" instead of the usual one:
                                     POST /CONTEXT/<streams>/{<by>}/SLICE, GET /CONTEXT/<views>/{<identity>}
                  --missing          write only the files that are not there
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of("--pattern", "--route"), Set.of("--missing"));
        String context = words.word(1);
        String name = words.word(2);
        if (!"new".equals(words.word(0))
                || context == null
                || name == null
                || words.words().size() > 3) {
            throw new Arguments.BadUsage("Say which slice: ./storyline slice new CONTEXT SLICE.");
        }
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 64) {
            throw new Arguments.BadUsage("A slice has a name in lower case with hyphens, like 'make-wish', not '" + name
                    + "', and at most 64 characters.");
        }
        String asked = words.options().get("--pattern");
        Pattern pattern = asked == null ? null : Pattern.of(asked).orElse(null);
        if (asked != null && pattern == null) {
            throw new Arguments.BadUsage("A pattern is "
                    + Stream.of(Pattern.values()).map(Pattern::word).collect(Collectors.joining(", ")) + ", not '"
                    + asked + "'.");
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
            Slice slice = model.slice(name).orElse(null);
            return slice == null
                    ? begin(root, model, name, pattern, out)
                    : write(root, landscape, model, slice, words.options().get("--route"), words.has("--missing"), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an entry to the story. It is too young for code; what it lacks is told like that of any other. */
    private static int begin(Path root, Model model, String name, @Nullable Pattern pattern, PrintStream out)
            throws IOException {
        String file = model.place().file();
        if (pattern == null) {
            out.println("The story in " + file + " has no slice '" + name + "'. Add it where it belongs:");
            out.println("  - slice: " + name);
            out.println("    pattern: state change");
            out.println("or let it be added at the end of the story: --pattern \"state change\" (or \"state view\","
                    + " automation, translation).");
            return 1;
        }
        Path path = root.resolve(file);
        String changed = TextEdits.withSlice(Files.readString(path), model, name, pattern);
        if (changed == null) {
            out.println("The end of the story in " + file + " cannot be changed safely. Add this to its last chapter:");
            out.println("  - {slice: " + name + ", pattern: " + pattern.word() + "}");
            return 1;
        }
        Writing.write(Map.of(), Map.of(path, changed));
        out.println("The slice '" + name + "' stands at the end of " + file + " now. Fill in:");
        needs(pattern).lines().forEach(line -> out.println("  " + line));
        out.println("and then: ./storyline slice new " + model.context() + " " + name);
        return 1;
    }

    private static String needs(Pattern pattern) {
        return switch (pattern) {
            case STATE_CHANGE -> """
                    actor: who may use it, one or several of 'actors'; none where only automations do
                    command: what is asked for; under 'commands' its stream and fields
                    folds: the events that it decides from
                    rules: by which it says no, each with what it says
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
                    specifications: given events, when the public event, then events or nothing""";
        };
    }

    private static int write(
            Path root,
            Landscape landscape,
            Model model,
            Slice slice,
            @Nullable String route,
            boolean onlyMissing,
            PrintStream out)
            throws IOException {
        Path pom = root.resolve("functions/" + model.context() + "/pom.xml");
        Path language = root.resolve("src/contexts/" + model.context() + "/src/main/java");
        Path infra = root.resolve("infra/" + model.context() + ".yaml");
        for (Path needed : List.of(pom, language, infra)) {
            if (!Files.exists(needed)) {
                out.println("The context " + model.context() + " has no " + shown(root, needed)
                        + ": make its folders first, as those of another context are (functions/<context>/pom.xml,"
                        + " src/contexts/<context> with its language, infra/<context>.yaml, and both modules in the"
                        + " poms above).");
                return 1;
            }
        }
        Draft draft = new Draft(root, landscape, model, slice, ContextSources.read(language));
        if (Files.exists(root.resolve(draft.folder())) && !onlyMissing) {
            out.println("The folder " + draft.folder()
                    + " is there already: nothing was written. --missing writes the files that it lacks.");
            return 1;
        }
        if (draft.sources().languageClass().isEmpty()) {
            out.println("No class in " + shown(root, language) + " has Language.of(\"" + model.context()
                    + "\", Set.of(...), List.of()): write it first.");
            return 1;
        }
        draw(draft, route);
        String modules = TextEdits.withModule(Files.readString(pom), slice.name());
        if (modules == null) {
            draft.trouble(
                    new SourceLocation(shown(root, pom), 0, 0),
                    "There is no module to add <module>" + slice.name() + "</module> behind: add it by hand, and begin"
                            + " again.");
        }
        if (!draft.troubles().isEmpty() || modules == null) {
            out.println("Nothing was written for " + model.context() + "/" + slice.name() + ":");
            draft.troubles().forEach(trouble -> out.println("  " + trouble));
            return 1;
        }
        save(draft, pom, modules, onlyMissing, out);
        return 0;
    }

    private static void draw(Draft draft, @Nullable String route) {
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
        switch (pattern) {
            case STATE_CHANGE, TRANSLATION -> CommandSlice.write(draft, route);
            case STATE_VIEW -> ViewSlice.write(draft, route);
            case AUTOMATION -> HandlerSlice.write(draft);
        }
        Map<String, String> places = Map.of("context", draft.model().context(), "slice", slice.name());
        draft.write(draft.folder() + "/pom.xml", Words.fill(Words.part("pom.xml.txt"), places));
        draft.write(draft.folder() + "/src/main/resources/META-INF/beans.xml", "");
        draft.write(
                draft.folder() + "/src/main/java/" + draft.slicePackage().replace('.', '/') + "/package-info.java",
                JavaText.comment("", draft.about(), Map.of()) + "@NullMarked\npackage " + draft.slicePackage()
                        + ";\n\nimport org.jspecify.annotations.NullMarked;\n");
    }

    private static void save(Draft draft, Path pom, String modules, boolean onlyMissing, PrintStream out)
            throws IOException {
        Map<Path, String> fresh = new LinkedHashMap<>();
        List<String> there = new ArrayList<>();
        draft.files().forEach((name, text) -> {
            Path path = draft.root().resolve(name);
            if (Files.exists(path)) {
                there.add(name);
            } else {
                fresh.put(path, text);
            }
        });
        if (!there.isEmpty() && !onlyMissing) {
            throw new ModelException(there.stream()
                    .map(name -> new Diagnostic(
                            new SourceLocation(name, 0, 0),
                            "The file is there already: nothing was written. --missing writes what is not."))
                    .toList());
        }
        Map<Path, String> changed = new LinkedHashMap<>();
        for (Path file : draft.insertions().keySet()) {
            changed.put(
                    file,
                    TextEdits.withInsertions(
                            Files.readString(file, StandardCharsets.UTF_8),
                            draft.insertions().get(file)));
        }
        if (!modules.equals(Files.readString(pom))) {
            changed.put(pom, modules);
        }
        Writing.write(fresh, changed);
        fresh.keySet().forEach(file -> out.println("wrote    " + shown(draft.root(), file)));
        changed.keySet().forEach(file -> out.println("changed  " + shown(draft.root(), file)));
        out.println(fresh.isEmpty() && changed.isEmpty() ? "Nothing was missing." : "");
        out.println("The rule is yet to be written. See which specifications ask for it:");
        out.println("  mvn -q spotless:apply test -pl " + draft.folder()
                + " -am -Dtest=SpecificationsTest -Dsurefire.failIfNoSpecifiedTests=false");
        out.println("Serve it:");
        out.println("  ./storyline up");
    }

    private static String shown(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
