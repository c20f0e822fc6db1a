package dev.storyline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The released contracts of a context, {@code src/contexts/<context>/contracts}. Written data must conform to the
 * schema of its contract.
 */
public final class ReleasedContract {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICTLY = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .build();

    private final Path folder;

    private ReleasedContract(Path folder) {
        this.folder = folder;
    }

    /** Returns the contracts of a context under this root. */
    public static ReleasedContract in(Path root, String context) {
        return new ReleasedContract(root.resolve("src/contexts/" + context + "/contracts"));
    }

    /**
     * Returns how data violates a contract, one sentence for each violation; empty if the data conforms.
     *
     * @param section {@code events}, {@code public-events}, {@code commands} or {@code views}
     * @param name the stored name of an event; the name of a command or a view
     * @param version its schema version
     * @param data its fields
     * @throws AssertionError if there is no contract
     */
    public List<String> flaws(String section, String name, int version, JsonNode data) {
        Path file = folder.resolve(section + "/" + name + ".v" + version + ".json");
        return SCHEMAS.getSchema(read(file), STRICTLY).validate(data).stream()
                .map(flaw -> "The contract " + file + " is not kept: " + flaw.getMessage())
                .sorted()
                .toList();
    }

    private static JsonNode read(Path file) {
        if (!Files.exists(file)) {
            throw new AssertionError(
                    "The contract " + file + " is missing: './storyline contracts write' writes what is new.");
        }
        try {
            JsonNode schema = Json.mapper().readTree(Files.readString(file));
            // The validator warns about keywords that it does not know.
            schema.findParents("x-storyline").forEach(parent -> ((ObjectNode) parent).remove("x-storyline"));
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
