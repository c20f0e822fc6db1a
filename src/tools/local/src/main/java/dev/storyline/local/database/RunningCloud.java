package dev.storyline.local.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file in the data directory with the address of the database, as long as a local cloud runs on the directory. */
public final class RunningCloud {
    private static final String FILE = "running";

    private final @Nullable Path file;

    private RunningCloud(@Nullable Path file) {
        this.file = file;
    }

    /** Whether a local cloud ran on the directory and could not end: it was killed, or the machine was switched off. */
    public static boolean wasCutOff(@Nullable Path data) {
        return data != null && Files.exists(data.resolve(FILE));
    }

    /** Writes the file; without a data directory there is none. */
    public static RunningCloud tell(@Nullable Path data, URI endpoint) {
        if (data == null) {
            return new RunningCloud(null);
        }
        Path file = data.resolve(FILE);
        try {
            Files.writeString(file, endpoint.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunningCloud(file);
    }

    /** Deletes the file. */
    public void end() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the database of a data directory; null where no local cloud runs on the directory. */
    public static @Nullable URI where(Path data) {
        try {
            Path file = data.resolve(FILE);
            if (!Files.exists(file)) {
                return null;
            }
            URI endpoint = URI.create(Files.readString(file).strip());
            return answers(endpoint) ? endpoint : null;
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
