package dev.storyline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI documents of the contexts that run: that of each at {@code /<context>/openapi.json}, as on AWS, and one for
 * all at {@code /openapi.json}. Beside them, the page that problem documents link to.
 */
final class ApiDocuments {
    private static final String NAME = "/openapi.json";

    /** Where the page stands that problem documents link to. */
    static final String PROBLEMS = "/docs/reference/problems.md";

    private final Path root;
    private final List<String> contexts;

    /**
     * The documents of a repository.
     *
     * @param slices the slices that run, {@code wishes/make-wish}
     */
    ApiDocuments(Path root, List<String> slices) {
        this.root = root;
        this.contexts = slices.stream()
                .map(slice -> slice.substring(0, slice.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    /** The document at a path; null if there is none. */
    @Nullable
    HttpAnswer answer(String path) {
        try {
            if (path.equals(PROBLEMS)) {
                return HttpAnswer.of(200, "text/markdown; charset=utf-8", Files.readString(root.resolve("." + path)));
            }
            if (path.equals(NAME)) {
                return HttpAnswer.of(200, "application/json", together().toString());
            }
            for (String context : contexts) {
                if (path.equals("/" + context + NAME)) {
                    return HttpAnswer.of(200, "application/json", Files.readString(file(context)));
                }
            }
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String context) {
        return root.resolve("infra/openapi").resolve(context + ".json");
    }

    /** Schemas of contracts, which have a title, and operations are called after their context too. */
    private ObjectNode together() throws IOException {
        ObjectNode all = Json.mapper().createObjectNode();
        for (String context : contexts) {
            if (!Files.exists(file(context))) {
                continue;
            }
            JsonNode document = Json.mapper().readTree(Files.readString(file(context)));
            if (all.isEmpty()) {
                all.set("openapi", document.path("openapi"));
                all.putObject("info")
                        .put("title", "What all contexts answer over HTTP")
                        .put("version", "1");
                all.set("servers", document.path("servers"));
            }
            rename(document, context);
            document.path("paths")
                    .properties()
                    .forEach(path -> all.withObject("/paths").set(path.getKey(), path.getValue()));
            for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
                ObjectNode components = all.withObject("/components/" + kind.getKey());
                kind.getValue().properties().forEach(one -> components.set(one.getKey(), one.getValue()));
            }
        }
        return all;
    }

    private static void rename(JsonNode document, String context) {
        Map<String, String> places = new HashMap<>();
        if (document.at("/components/schemas") instanceof ObjectNode schemas) {
            for (Map.Entry<String, JsonNode> schema : List.copyOf(schemas.properties())) {
                if (schema.getValue().has("title")) {
                    String name = context + "-" + schema.getKey();
                    places.put("#/components/schemas/" + schema.getKey(), "#/components/schemas/" + name);
                    schemas.set(name, schema.getValue());
                    schemas.remove(schema.getKey());
                }
            }
        }
        lead(document, places);
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                if (operation instanceof ObjectNode named) {
                    named.put(
                            "operationId",
                            context + "-" + named.path("operationId").asText());
                }
            }
        }
    }

    private static void lead(JsonNode node, Map<String, String> places) {
        if (node instanceof ObjectNode object) {
            String place = places.get(object.path("$ref").asText());
            if (place != null) {
                object.set("$ref", TextNode.valueOf(place));
            }
        }
        node.forEach(child -> lead(child, places));
    }
}
