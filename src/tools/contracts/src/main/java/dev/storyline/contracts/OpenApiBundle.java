package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The OpenAPI document of a context in one piece, as it is served: the schemas of requests and views stand in it, under
 * their names.
 */
final class OpenApiBundle {
    private OpenApiBundle() {}

    /** The path of the file below the repository. The function of the context's stack has the folder as its code. */
    static String file(String context) {
        return "infra/openapi/" + context + ".json";
    }

    /**
     * Returns a document in which no reference leads to another file.
     *
     * @param document a document that refers to the files of contracts
     * @param contracts the contracts of the context
     */
    static ObjectNode of(JsonNode document, List<Contract> contracts) {
        ObjectNode bundle = document.deepCopy();
        ObjectNode schemas = bundle.withObject("/components/schemas");
        Map<String, String> places = new HashMap<>();
        for (Contract contract : contracts) {
            String reference = "./" + contract.file();
            if (document.findValuesAsText("$ref").contains(reference)) {
                String name = name(contract, schemas);
                places.put(reference, "#/components/schemas/" + name);
                ObjectNode schema = schemas.putObject(name).put("title", contract.name());
                if (!contract.about().isEmpty()) {
                    schema.put("description", contract.about());
                }
                schema.setAll(contract.schema().deepCopy());
            }
        }
        lead(bundle, places);
        return bundle;
    }

    private static String name(Contract contract, ObjectNode taken) {
        String name = contract.name() + (contract.version() == 1 ? "" : "V" + contract.version());
        return taken.has(name) ? name + "-" + contract.kind().section() : name;
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
