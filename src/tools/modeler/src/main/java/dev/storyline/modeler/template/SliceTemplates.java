package dev.storyline.modeler.template;

import dev.storyline.deployment.InfraSettings;
import dev.storyline.model.ClosestName;
import dev.storyline.model.Diagnostic;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The templates of slices. {@code functions/<context>/<slice>/template.yaml} is written from the model of the context and
 * from the {@code deploy.yaml} beside it; it is committed, so that a slice deploys alone.
 */
public final class SliceTemplates {
    private SliceTemplates() {}

    /**
     * The text of one slice's template.
     *
     * @param feed what the feed reads unless a parameter says otherwise, see {@link #feed}
     * @throws ModelException if the model does not have the slice, or it contradicts the deploy.yaml
     */
    public static String render(
            Landscape landscape, String context, String slice, SliceDeployment deployment, String feed) {
        Model model = landscape.models().get(context);
        Slice found = model == null ? null : model.slice(slice).orElse(null);
        if (model == null || found == null) {
            throw new ModelException(
                    deployment.place(),
                    "The model has no slice " + context + "/" + slice + ": add it to src/contexts/" + context
                            + "/model.yaml, or delete this folder.");
        }
        return SliceTemplate.text(new SliceFacts(landscape, model, found), deployment, feed);
    }

    /**
     * Writes templates.
     *
     * @param root the repository
     * @param slices {@code wishes/make-wish}; all slices if empty
     * @return the files that changed, relative to the repository
     * @throws ModelException if a model or a deploy.yaml cannot be read; then nothing is written
     */
    public static List<String> write(Path root, Collection<String> slices) {
        List<String> changed = new ArrayList<>();
        for (Rendered rendered : renderAll(root, slices)) {
            Path file = root.resolve(rendered.file());
            if (Files.notExists(file) || !TemplateTree.textOf(file).equals(rendered.text())) {
                try {
                    Files.writeString(file, rendered.text());
                } catch (IOException e) {
                    throw new UncheckedIOException("The file " + file + " cannot be written.", e);
                }
                changed.add(rendered.file());
            }
        }
        return changed;
    }

    /**
     * Compares templates with what would be written.
     *
     * @param root the repository
     * @param slices {@code wishes/make-wish}; all slices if empty
     * @return for each file that differs, its first differing line and the command that writes it; empty if none differs
     * @throws ModelException if a model or a deploy.yaml cannot be read
     */
    public static List<Diagnostic> check(Path root, Collection<String> slices) {
        List<Diagnostic> differences = new ArrayList<>();
        for (Rendered rendered : renderAll(root, slices)) {
            Path file = root.resolve(rendered.file());
            String present = Files.exists(file) ? TemplateTree.textOf(file) : "";
            if (!present.equals(rendered.text())) {
                differences.add(difference(rendered, present));
            }
        }
        return differences;
    }

    private static Diagnostic difference(Rendered rendered, String present) {
        String command = "Run './storyline slice template " + rendered.slice() + "'.";
        if (present.isEmpty()) {
            return new Diagnostic(new SourceLocation(rendered.file(), 0, 0), "The file is missing. " + command);
        }
        List<String> here = present.lines().toList();
        List<String> there = rendered.text().lines().toList();
        int line = 0;
        while (line < here.size() && line < there.size() && here.get(line).equals(there.get(line))) {
            line++;
        }
        return new Diagnostic(
                new SourceLocation(rendered.file(), line + 1, 1),
                "The template differs from the model and the deploy.yaml. It has " + lineOf(here, line) + " instead of "
                        + lineOf(there, line) + ". " + command);
    }

    private static String lineOf(List<String> lines, int line) {
        return line < lines.size() ? "'" + lines.get(line).strip() + "'" : "the end of the file";
    }

    private record Rendered(String slice, String file, String text) {}

    private static List<Rendered> renderAll(Path root, Collection<String> asked) {
        Landscape landscape = Landscape.read(root);
        List<String> present = slices(root);
        List<Diagnostic> problems = new ArrayList<>();
        List<Rendered> rendered = new ArrayList<>();
        for (String slice : asked.isEmpty() ? present : List.copyOf(new TreeSet<>(asked))) {
            if (!present.contains(slice)) {
                problems.add(new Diagnostic(
                        SourceLocation.NOWHERE,
                        "There is no folder functions/" + slice
                                + ClosestName.hint(slice, present).replaceFirst("^$", ".")));
                continue;
            }
            String folder = "functions/" + slice;
            Path file = root.resolve(folder).resolve("deploy.yaml");
            if (Files.notExists(file)) {
                problems.add(new Diagnostic(
                        new SourceLocation(folder, 0, 0),
                        "The slice has no deploy.yaml: add one, empty or with its routes ('routes: POST /...')."));
                continue;
            }
            try {
                String context = slice.substring(0, slice.indexOf('/'));
                rendered.add(new Rendered(
                        slice,
                        folder + "/template.yaml",
                        render(
                                landscape,
                                context,
                                slice.substring(slice.indexOf('/') + 1),
                                SliceDeployment.read(file, folder + "/deploy.yaml"),
                                feed(root, context))));
            } catch (ModelException e) {
                problems.addAll(e.troubles());
            }
        }
        if (!problems.isEmpty()) {
            throw new ModelException(problems);
        }
        return rendered;
    }

    /** The folders of slices, {@code wishes/make-wish}, in the order of their names. */
    public static List<String> slices(Path root) {
        Path functions = root.resolve("functions");
        if (!Files.isDirectory(functions)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.find(
                functions,
                2,
                (path, attributes) -> attributes.isDirectory()
                        && functions.relativize(path).getNameCount() == 2
                        && Files.exists(path.resolve("pom.xml")))) {
            return folders.map(path -> functions.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the feeds of a context read, {@code dynamodb}, {@code fanout} or {@code kinesis}: the parameter {@code Feed} in
     * infra/samconfig.toml. A context that has only the parameter {@code Kinesis} reads its Kinesis stream.
     */
    public static String feed(Path root, String context) {
        Map<String, String> parameters = InfraSettings.read(root).parameters(context);
        return parameters.getOrDefault("Feed", "yes".equals(parameters.get("Kinesis")) ? "kinesis" : "dynamodb");
    }
}
