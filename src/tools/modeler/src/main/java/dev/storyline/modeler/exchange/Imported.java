package dev.storyline.modeler.exchange;

import dev.storyline.model.Model;
import java.util.List;

/**
 * What a foreign file has become.
 *
 * @param models the models, one for each context
 * @param warnings what was inferred, merged, or could not be kept, one sentence each
 */
public record Imported(List<Model> models, List<String> warnings) {
    public Imported {
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
    }
}
