package dev.storyline.local.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * Writes the file; without a data directory there is none.
     *
     * @param contexts the contexts that run
     */
    public static RunningCloud tell(@Nullable Path data, URI endpoint, Set<String> contexts) {
        if (data == null) {
            return new RunningCloud(null);
        }
        Path file = data.resolve(FILE);
        try {
            Files.writeString(file, endpoint + "\n" + String.join(" ", contexts) + "\n");
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
            String address = Files.readAllLines(file).stream().findFirst().orElse("");
            URI endpoint = URI.create(address);
            return !address.isEmpty() && answers(endpoint) ? endpoint : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The contexts of the local cloud that runs on a data directory. */
    public static Set<String> contexts(Path data) {
        try {
            return Files.readAllLines(data.resolve(FILE)).stream()
                    .skip(1)
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
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
