package dev.storyline.modeler.exchange;

import dev.storyline.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A format of another tool that models are written in. */
public enum ExportFormat {
    /** {@code config.json} of Event Modelers, one file for each context. */
    CONFIG {
        @Override
        public Map<String, String> files(List<Model> models) {
            return each(models, ".config.json", ConfigWriter::write);
        }
    },
    /** The metamodel of Scalable Modeling v0.1, all contexts in one file. */
    SCALABLE {
        @Override
        public Map<String, String> files(List<Model> models) {
            return Map.of("scalable-modeling.json", ScalableWriter.write(models));
        }
    },
    /** Mermaid's eventmodeling diagram, one for each context. */
    MERMAID {
        @Override
        public Map<String, String> files(List<Model> models) {
            return each(models, ".mmd", Mermaid::write);
        }
    },
    /** A document to read, one for each context. */
    MARKDOWN {
        @Override
        public Map<String, String> files(List<Model> models) {
            return each(models, ".md", Markdown::write);
        }
    },
    /** The folder of an EventCatalog with JSON Schemas. */
    EVENTCATALOG {
        @Override
        public Map<String, String> files(List<Model> models) {
            return EventCatalog.write(models);
        }
    };

    /** The files of these models: their texts by path. */
    public abstract Map<String, String> files(List<Model> models);

    private static Map<String, String> each(List<Model> models, String ending, Function<Model, String> write) {
        Map<String, String> files = new LinkedHashMap<>();
        models.forEach(model -> files.put(model.context() + ending, write.apply(model)));
        return files;
    }
}
