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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files with the access to a local cloud, as long as it runs: one in its data directory, if it has one, and one among the
 * files of the user, by its port. Only the user can read them.
 */
public final class RunningCloud {
    private static final String FILE = "running";

    private static final System.Logger LOG = System.getLogger("dev.storyline.local");

    private final List<Path> files;

    private RunningCloud(List<Path> files) {
        this.files = files;
    }

    /**
     * The access to a running local cloud.
     *
     * @param address the address of what only a local cloud offers to its operator
     * @param key the key of that endpoint, and the access key at the services of AWS
     * @param gateway the address of its gateway; null where an earlier version runs
     * @param aws the address of the services of AWS; null where an earlier version runs
     */
    public record Access(
            URI address,
            String key,
            @Nullable URI gateway,
            @Nullable URI aws) {}

    /** Whether a local cloud ran on the directory and could not end: it was killed, or the machine was switched off. */
    public static boolean wasCutOff(@Nullable Path data) {
        return data != null && Files.exists(data.resolve(FILE));
    }

    /**
     * Writes the files.
     *
     * @param data the data directory; null where the data is in memory
     * @param port the port of the gateway
     */
    public static RunningCloud tell(@Nullable Path data, int port, Access access) {
        String text = Json.mapper().valueToTree(access).toString();
        List<Path> files = new ArrayList<>();
        if (data != null) {
            files.add(data.resolve(FILE));
            OwnFile.write(files.getFirst(), text);
        }
        Path folder = folderOfUser();
        if (folder != null) {
            try {
                OwnFile.folder(folder);
                OwnFile.write(file(folder, port), text);
                files.add(file(folder, port));
            } catch (UncheckedIOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Operators find this cloud by its data directory only, because " + folder
                                + " cannot be written: " + e.getMessage());
            }
        }
        return new RunningCloud(files);
    }

    /** The folder of the user's files about running clouds; null where the user has no folder. */
    private static @Nullable Path folderOfUser() {
        String home = Objects.requireNonNullElse(System.getenv("HOME"), System.getProperty("user.home", ""));
        return home.isEmpty() || !Files.isDirectory(Path.of(home)) ? null : Path.of(home, ".storyline", FILE);
    }

    private static Path file(Path folder, int port) {
        return folder.resolve(port + ".json");
    }

    /** Deletes the files. */
    public void end() {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The access to the local cloud that runs on a data directory; null where none runs. */
    public static @Nullable Access on(Path data) {
        return in(data.resolve(FILE));
    }

    /** The access to the local cloud of this user at a port; null where none runs. */
    public static @Nullable Access at(int port) {
        Path folder = folderOfUser();
        return folder == null ? null : in(file(folder, port));
    }

    private static @Nullable Access in(Path file) {
        try {
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
