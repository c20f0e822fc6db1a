package dev.storyline.modeler.template;

import dev.storyline.model.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * The content of a slice's {@code deploy.yaml}: its routes, and what differs from the default.
 *
 * @param routes the HTTP routes, {@code POST /wishes/children/{childId}/wishes}
 * @param internal whether a command slice has an internal endpoint; null for the default of its pattern
 * @param projection whether a state view keeps a view table; without one it shows events as they are stored
 * @param lists whether the query adds up many rows although the model shows no list of them
 * @param transactions how the command writes several streams; null for a command that writes one
 * @param memory the memory of all functions in MB
 * @param functions what differs for one kind of function, by its word ({@code feed})
 * @param sections raw parts of a SAM template by the name of the section ({@code Resources}), merged in last
 * @param place the file
 */
public record SliceDeployment(
        List<Route> routes,
        @Nullable Boolean internal,
        boolean projection,
        boolean lists,
        @Nullable Transactions transactions,
        int memory,
        Map<String, FunctionSettings> functions,
        Map<String, MappingNode> sections,
        SourceLocation place) {
    public SliceDeployment {
        routes = List.copyOf(routes);
        functions = Map.copyOf(functions);
    }

    /**
     * One HTTP route.
     *
     * @param method {@code POST} or {@code GET}
     * @param path {@code /wishes/children/{childId}/wishes}
     */
    public record Route(String method, String path, SourceLocation place) {}

    /**
     * How a command that reads several streams writes.
     *
     * @param condition the condition of the template under which it does so; empty for always
     * @param single whether it also writes single commits then
     */
    public record Transactions(String condition, boolean single) {}

    /**
     * What differs for one function.
     *
     * @param timeout seconds; 0 for the default
     * @param concurrency the reserved concurrency; 0 for the default
     * @param memory MB; 0 for the memory of the slice
     */
    public record FunctionSettings(int timeout, int concurrency, int memory, SourceLocation place) {}

    /**
     * Reads a file.
     *
     * @param shown the file's name in messages, {@code functions/wishes/make-wish/deploy.yaml}
     * @throws dev.storyline.model.ModelException if it cannot be read; with file and line of everything that is wrong
     */
    public static SliceDeployment read(Path file, String shown) {
        return parse(TemplateTree.textOf(file), shown);
    }

    /** Reads the text of a {@code deploy.yaml}; see {@link #read}. */
    public static SliceDeployment parse(String text, String shown) {
        return new DeployReader(text, shown).read();
    }
}
