package dev.storyline.local.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file in the data directory with the access to the local cloud that runs on it, as long as it runs. Only the owner of
 * the directory can read it.
 */
public final class RunningCloud {
    private static final String FILE = "running";

    private final Path file;

    private RunningCloud(Path file) {
        this.file = file;
    }

    /**
     * The access to a running local cloud.
     *
     * @param address the address of its endpoint for operators
     * @param key the key of that endpoint
     * @param gateway the address of its gateway; null where an earlier version runs
     */
    public record Access(URI address, String key, @Nullable URI gateway) {}

    /** Whether a local cloud ran on the directory and could not end: it was killed, or the machine was switched off. */
    public static boolean wasCutOff(@Nullable Path data) {
        return data != null && Files.exists(data.resolve(FILE));
    }

    /** Writes the file. */
    public static RunningCloud tell(Path data, Access access) {
        Path file = data.resolve(FILE);
        OwnFile.write(file, Json.mapper().valueToTree(access).toString());
        return new RunningCloud(file);
    }

    /** Deletes the file. */
    public void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The access to the local cloud that runs on a data directory; null where none runs. */
    public static @Nullable Access on(Path data) {
        try {
            Path file = data.resolve(FILE);
            if (!Files.exists(file)) {
                return null;
            }
            Access access = Json.mapper().readValue(Files.readString(file), Access.class);
            return answers(access.address()) ? access : null;
        } catch (JsonProcessingException e) {
            // An earlier version wrote it; if it still runs, the directory is locked.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(2_000);
            connection.getResponseCode();
            connection.disconnect();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
