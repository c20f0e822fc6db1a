package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.FieldBounds.Source;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Checks the fields of a JSON object against the components of a record. */
final class RecordCheck {
    private final Map<String, FieldCheck> fields = new LinkedHashMap<>();
    private final boolean open;

    /** @param open whether the object may have fields that the record does not know */
    RecordCheck(Class<?> type, Source source, boolean open) {
        this.open = open;
        for (RecordComponent component : type.getRecordComponents()) {
            fields.put(component.getName(), FieldCheck.of(component, source, open));
        }
    }

    /**
     * Tells what is wrong with an object.
     *
     * @param name the field that holds it; empty for the whole
     * @param flaws takes a field and what is wrong, to be read after its name
     */
    void check(String name, JsonNode object, BiConsumer<String, String> flaws) {
        if (!object.isObject()) {
            flaws.accept(name, "must be a JSON object");
            return;
        }
        String prefix = name.isEmpty() ? "" : name + ".";
        if (!open) {
            object.fieldNames().forEachRemaining(field -> {
                if (!fields.containsKey(field)) {
                    flaws.accept(
                            prefix + StrictJson.shortened(field),
                            "is not known; known are: " + String.join(", ", fields.keySet()));
                }
            });
        }
        fields.forEach((field, check) -> {
            JsonNode value = object.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                check.check(prefix + field, value, flaws);
            } else if (!check.mayBeMissing()) {
                flaws.accept(prefix + field, "is missing");
            }
        });
    }
}
