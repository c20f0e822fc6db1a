package dev.storyline.modeler.exchange;

import dev.storyline.model.Model;
import java.util.List;

/**
 * The result of an import.
 *
 * @param models the models, one for each context
 * @param warnings inferred, merged and lost content, one sentence each
 */
public record Imported(List<Model> models, List<String> warnings) {
    public Imported {
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
    }
}
