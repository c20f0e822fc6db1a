package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.ModelException;
import java.nio.file.Path;

/** A format of another tool that models are read from. */
public enum ImportFormat {
    /** {@code config.json} of Event Modelers. */
    CONFIG,
    /** The metamodel of Scalable Modeling v0.1, which may describe several contexts. */
    SCALABLE;

    /**
     * Reads a file.
     *
     * @param context the name of the context, or which of several is meant; empty if the file decides
     * @throws ModelException if the file cannot be read
     */
    public Imported read(Path file, String context) {
        JsonNode tree = ForeignJson.read(file, file.toString());
        return this == CONFIG ? ConfigReader.read(tree, context) : ScalableReader.read(tree, context);
    }
}
