package dev.storyline.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The official DynamoDB Local on loopback in this process, with streams, transactions and conditional writes. It accepts
 * any credentials, and all regions share one database.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
    private static final String LOCK_FILE = "storyline.lock";

    private final Object server;
    private final int port;
    private final @Nullable FileChannel lock;

    private EmbeddedDynamoDb(Object server, int port, @Nullable FileChannel lock) {
        this.server = server;
        this.port = port;
        this.lock = lock;
    }

    /** Another process uses the data directory. The message names the directory and says what to do. */
    public static final class DirectoryInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DirectoryInUse(Path directory) {
            super("The data directory " + directory + " is in use by another process: stop that one, or name another"
                    + " directory.");
        }
    }

    /**
     * The work of the store for one caller.
     *
     * @param calls the number of calls
     * @param time how long the one thread of the store worked for them
     */
    public record Work(long calls, Duration time) {}

    /** Starts a database in memory. */
    public static EmbeddedDynamoDb inMemory() {
        return inMemory(table -> {});
    }

    /**
     * Starts a database in memory.
     *
     * @param written gets the name of a table after each write to it, in the thread of the call; it must not wait
     */
    public static EmbeddedDynamoDb inMemory(Consumer<String> written) {
        return start(null, null, written);
    }

    /** Starts a database in a directory; see {@link #in(Path, Consumer)}. */
    public static EmbeddedDynamoDb in(Path directory) {
        return in(directory, table -> {});
    }

    /**
     * Starts a database in a directory, which is created if it does not exist. What is answered is on the disk.
     *
     * @param written gets the name of a table after each write to it, in the thread of the call; it must not wait
     * @throws DirectoryInUse if another process uses the directory
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static EmbeddedDynamoDb in(Path directory, Consumer<String> written) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new DirectoryInUse(directory);
            }
            return start(directory.toAbsolutePath().toString(), channel, written);
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The lock is released when the channel is closed or the process ends, even if it is killed. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static EmbeddedDynamoDb start(
            @Nullable String directory, @Nullable FileChannel lock, Consumer<String> written) {
        List<URL> jars = jars();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader apart = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            thread.setContextClassLoader(apart);
            Object server = apart.loadClass(LoopbackServer.class.getName())
                    .getConstructor(int.class, String.class, Consumer.class)
                    .newInstance(0, directory, written);
            return new EmbeddedDynamoDb(server, ((IntSupplier) server).getAsInt(), lock);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalStateException said
                    ? said
                    : new IllegalStateException("DynamoDB Local did not start: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<URL> jars() {
        List<URL> jars = new ArrayList<>();
        jars.add(EmbeddedDynamoDb.class.getProtectionDomain().getCodeSource().getLocation());
        try (InputStream in = EmbeddedDynamoDb.class.getResourceAsStream("/dynamodb-local.classpath")) {
            if (in == null) {
                throw new IllegalStateException(
                        "The file dynamodb-local.classpath is missing: build the module with Maven");
            }
            for (String entry : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(File.pathSeparator)) {
                if (entry.endsWith(".jar")) {
                    jars.add(Path.of(entry).toUri().toURL());
                } else if (entry.contains(nativeLibrary())) {
                    System.setProperty(
                            "sqlite4java.library.path",
                            Path.of(entry).resolveSibling("").toString());
                }
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }

    private static String nativeLibrary() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return "libsqlite4java-osx";
        }
        return system.contains("windows") ? "sqlite4java-win32-x64" : "libsqlite4java-linux-amd64";
    }

    /**
     * The answer to a call.
     *
     * @param status the status of HTTP
     * @param headers its headers
     * @param body its JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // It is read once, and never compared.
    public record DirectAnswer(int status, Map<String, String> headers, byte[] body) {}

    /**
     * Makes a call of this process without a connection: the same request and answer as at {@link #endpoint}. The call
     * goes on if its caller is interrupted.
     *
     * @param headers the headers of the request, among them its target and its authorization
     * @param body its JSON
     * @throws IOException if the database is closed
     */
    @SuppressWarnings("unchecked")
    public DirectAnswer call(Map<String, String> headers, byte[] body) throws IOException, InterruptedException {
        try {
            Object[] answer = ((BiFunction<Map<String, String>, byte[], Future<Object[]>>) server)
                    .apply(headers, body)
                    .get();
            return new DirectAnswer((int) answer[0], (Map<String, String>) answer[1], (byte[]) answer[2]);
        } catch (RejectedExecutionException e) {
            throw new IOException("DynamoDB Local is closed", e);
        } catch (ExecutionException e) {
            throw new IOException("DynamoDB Local did not answer", e.getCause());
        }
    }

    /** Its address, for the endpoint override of the SDK. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The work of the store since its start, for each access key that called; the empty key stands for its own work. */
    @SuppressWarnings("unchecked")
    public Map<String, Work> work() {
        Map<String, Work> all = new TreeMap<>();
        ((Supplier<Map<String, long[]>>) server)
                .get()
                .forEach((caller, total) -> all.put(caller, new Work(total[0], Duration.ofNanos(total[1]))));
        return all;
    }

    /** How long there was work since the start: a job waited for the one thread of the store, or was done by it. */
    public Duration occupied() {
        return Duration.ofNanos(((LongSupplier) server).getAsLong());
    }

    /** Stops the database. Data in a directory remains. */
    @Override
    public void close() {
        try {
            ((AutoCloseable) server).close();
            if (lock != null) {
                lock.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop cleanly", e);
        }
    }
}
