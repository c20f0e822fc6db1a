package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.SourceLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A format that models are read from. */
public enum ImportFormat {
    /** A {@code model.yaml} of Storyline. */
    MODEL,
    /** The boards of Event Modelers: {@code config.json}, a {@code slice.json}, or {@code index.json} with its slices. */
    CONFIG,
    /** The metamodel of Scalable Modeling v0.1, which may describe several contexts. */
    SCALABLE,
    /** Mermaid's {@code eventmodeling} diagram, alone or in a Markdown file. */
    MERMAID,
    /** Emlang 1.0. */
    EMLANG,
    /** The folder of an EventCatalog. */
    EVENTCATALOG;

    private static final Pattern SLICES = Pattern.compile("(?m)^slices\\s*:");
    private static final Pattern CONTEXT = Pattern.compile("(?m)^[\"']?context[\"']?\\s*:");
    private static final String KNOWN = "Read are model.yaml, config.json, slice.json and index.json of Event Modelers,"
            + " Mermaid's eventmodeling diagrams, Emlang, the folder of an EventCatalog, and the Scalable Modeling"
            + " metamodel.";

    /**
     * Reads a file or a folder.
     *
     * @param context the name of the context, or which of several is meant; empty if the file decides
     * @param format the format; null if the content tells it
     * @throws ModelException if it is of no such format, or if it cannot be read
     */
    public static Imported read(Path file, String context, @Nullable ImportFormat format) {
        String called = file.toString();
        if (Files.isDirectory(file)) {
            return GraphModels.of(folder(file, called, context, format), context);
        }
        Texts texts = new Texts(called);
        String text = Files.isRegularFile(file) && looksLikeModel(file) ? "" : texts.read(file);
        String begin = text.stripLeading();
        ImportFormat found = format != null ? format : of(text, begin, called);
        return switch (found) {
            case MODEL -> new Imported(List.of(ModelReader.read(file, called)), List.of());
            case CONFIG, SCALABLE, MERMAID, EMLANG, EVENTCATALOG ->
                GraphModels.of(graph(file, text, called, context, found), context);
        };
    }

    /** A model may be larger than files of other tools. */
    private static boolean looksLikeModel(Path file) {
        return file.getFileName().toString().equals("model.yaml");
    }

    private static ImportFormat of(String text, String begin, String called) {
        if (text.isEmpty()) {
            return MODEL;
        }
        if (begin.startsWith("{") || begin.startsWith("[")) {
            JsonNode root = ForeignJson.tree(text, called);
            if (ScalableReader.isDocument(root)) {
                return SCALABLE;
            }
            boolean model = root.path("context").isTextual() && !root.has("slices") && !root.has("sliceType");
            if ((ConfigReader.isBoard(root) && !model) || isIndex(root)) {
                return CONFIG;
            }
            if (model) {
                return MODEL;
            }
        } else if (MermaidReader.isDiagram(text)) {
            return MERMAID;
        } else if (SLICES.matcher(text).find() && !CONTEXT.matcher(text).find()) {
            return EMLANG;
        } else if (CONTEXT.matcher(text).find()) {
            return MODEL;
        }
        throw new ModelException(new SourceLocation(called, 1, 1), "This is no model and no board. " + KNOWN);
    }

    private static Graph graph(Path file, String text, String called, String context, ImportFormat format) {
        return switch (format) {
            case CONFIG -> {
                JsonNode root = ForeignJson.tree(text, called);
                if (isIndex(root)) {
                    yield indexed(file, root, called, context);
                }
                if (!ConfigReader.isBoard(root)) {
                    throw new ModelException(new SourceLocation(called, 1, 1), "This is no board of Event Modelers.");
                }
                yield ConfigReader.read(root, called, context);
            }
            case SCALABLE -> {
                JsonNode root = ForeignJson.read(text, called);
                if (!ScalableReader.isDocument(root)) {
                    throw new ModelException(
                            new SourceLocation(called, 1, 1),
                            "This is no document of Scalable Modeling: it has no 'elements' and 'relationships'.");
                }
                yield ScalableReader.read(root, called);
            }
            case MERMAID -> MermaidReader.read(text, called);
            case EMLANG -> EmlangReader.read(text, called, Texts.LARGEST);
            case EVENTCATALOG ->
                throw new ModelException(
                        new SourceLocation(called, 0, 0), "An EventCatalog is a folder: name the folder.");
            case MODEL -> throw new IllegalArgumentException(called);
        };
    }

    private static Graph folder(Path folder, String called, String context, @Nullable ImportFormat format) {
        for (String name : List.of("index.json", ".slices/index.json")) {
            Path index = folder.resolve(name);
            if (Files.isRegularFile(index) && format != EVENTCATALOG) {
                JsonNode root = ForeignJson.tree(new Texts(called).read(index), index.toString());
                if (isIndex(root)) {
                    return indexed(index, root, called, context);
                }
            }
        }
        if (CatalogReader.isCatalog(folder) && (format == null || format == EVENTCATALOG)) {
            return CatalogReader.read(folder, called);
        }
        throw new ModelException(
                new SourceLocation(called, 0, 0),
                "The folder is no EventCatalog and has no index.json of Event Modelers. " + KNOWN);
    }

    // The export of Event Modelers with a file for each slice: index.json names their folders.

    private static boolean isIndex(JsonNode root) {
        return root.path("slices").isArray()
                && !root.path("slices").isEmpty()
                && root.path("slices").valueStream().allMatch(slice -> slice.has("folder"))
                && root.path("slices").valueStream().noneMatch(slice -> slice.has("commands") || slice.has("events"));
    }

    /** Reads the slices of an index as one board. */
    private static Graph indexed(Path index, JsonNode root, String called, String context) {
        Path folder = index.toAbsolutePath().normalize().resolveSibling("");
        Texts texts = new Texts(called);
        ArrayNode slices = ForeignJson.MAPPER.createArrayNode();
        List<String> missing = new ArrayList<>();
        for (JsonNode entry : root.path("slices")) {
            String name = ForeignJson.text(entry, "folder");
            Path file = null;
            for (String place : List.of(ForeignJson.text(entry, "context") + "/" + name, name)) {
                Path there = folder.resolve(place).resolve("slice.json").normalize();
                if (file == null && there.startsWith(folder) && Files.isRegularFile(there)) {
                    file = there;
                }
            }
            if (file == null) {
                missing.add(name);
                continue;
            }
            JsonNode slice = ForeignJson.read(texts.read(file), file.toString());
            if (entry.has("index") && slice instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                object.set("index", entry.get("index"));
            }
            slices.add(slice);
        }
        if (slices.isEmpty()) {
            throw new ModelException(
                    new SourceLocation(called, 0, 0),
                    "None of the slices that the index names is there, like "
                            + folder.resolve(missing.getFirst()).resolve("slice.json") + ". Export the board again.");
        }
        Graph graph = ConfigReader.read(slices, called, context);
        missing.forEach(name -> graph.note("The index names slices that are not there", name));
        return graph;
    }
}
