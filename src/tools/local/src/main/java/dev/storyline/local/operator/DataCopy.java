package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.database.TableCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** A copy of a data directory, from which an event table is restored. It is read from a copy of its own, and stays as it is. */
final class DataCopy {
    private DataCopy() {}

    /**
     * Restores an event table.
     *
     * @param request see {@link LocalSide#restore}
     * @param to the tables of the local cloud
     * @return {@code commits}, or {@code failed} with the reason
     */
    static ObjectNode restore(JsonNode request, DynamoDbClient to) {
        Path from = Path.of(request.path("from").asText()).toAbsolutePath().normalize();
        String table = request.path("table").asText();
        String target = request.path("to").asText();
        Instant until =
                request.hasNonNull("at") ? Instant.parse(request.path("at").asText()) : null;
        ObjectNode answer = Json.mapper().createObjectNode();
        if (!Files.isDirectory(from)) {
            return answer.put("failed", "There is no data directory " + from + ".");
        }
        if (RunningCloud.on(from) != null) {
            return answer.put(
                    "failed",
                    "A local cloud runs on " + from + ", so that its files change: name a copy that was made at rest.");
        }
        try {
            Path own = copied(from);
            try (LocalDatabase database = LocalDatabase.open(own)) {
                return answer.put("commits", TableCopy.copy(database.client(), table, to, target, until));
            } finally {
                delete(own);
            }
        } catch (ResourceNotFoundException e) {
            return answer.put("failed", "The data directory " + from + " has no table " + table + ".");
        } catch (ResourceInUseException e) {
            return answer.put("failed", "There is a table " + target + " already.");
        } catch (SdkException | LocalCloudException | IOException | UncheckedIOException e) {
            return answer.put("failed", "The data directory " + from + " cannot be read: " + e.getMessage());
        }
    }

    private static Path copied(Path from) throws IOException {
        Path own = Files.createTempDirectory("storyline-restore");
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        }
        return own;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
