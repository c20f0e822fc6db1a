package dev.storyline.local.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of template parameters that were set on a data directory, in a file of it. They hold until they are set
 * again, as those of a stack on AWS do, so that neither a restart nor an operator's command forgets the address of
 * another system.
 *
 * @param values values by parameter name
 */
public record KeptParameters(Map<String, String> values) {
    private static final String FILE = "parameters.json";

    public KeptParameters {
        values = Map.copyOf(values);
    }

    /** The parameters that are kept in a data directory; none without a directory. */
    public static KeptParameters of(@Nullable Path data) {
        Path file = data == null ? null : data.resolve(FILE);
        if (file == null || !Files.exists(file)) {
            return new KeptParameters(Map.of());
        }
        try {
            return new KeptParameters(
                    Json.mapper().readValue(Files.readString(file), new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException e) {
            throw new LocalCloudException(
                    "The parameters in " + file + " cannot be read: repair the file or delete it.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps these values too; without a data directory nothing is kept. */
    public void keep(@Nullable Path data, Map<String, String> given) {
        if (data == null || given.isEmpty()) {
            return;
        }
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(given);
        if (!all.equals(values)) {
            OwnFile.write(data.resolve(FILE), Json.mapper().valueToTree(all).toPrettyString());
        }
    }

    /** What the templates deploy on this machine with these parameters. */
    public Deployment read(Path root, Set<String> contexts) {
        return Deployment.readLocally(root, Map.of(), values, contexts);
    }
}
