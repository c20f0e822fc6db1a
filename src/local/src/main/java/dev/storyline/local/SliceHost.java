package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import dev.storyline.edge.Outgoing;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.Pace;
import io.quarkus.funqy.Funq;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Hosts the functions of all slices in this process: each slice in a class loader of its own, each function as an
 * instance of its own with its own settings. JSON goes in and JSON comes out, as on Lambda.
 */
final class SliceHost implements AutoCloseable {
    private final Map<String, Hosted> functions = new HashMap<>();
    private final Map<Path, URLClassLoader> loaders = new HashMap<>();
    private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();

    private record Hosted(Object instance, Method method) {
        JsonNode answer(JsonNode event) throws IOException, ReflectiveOperationException {
            Object input = Json.mapper().treeToValue(event, method.getParameterTypes()[0]);
            return Json.mapper().valueToTree(method.invoke(instance, input));
        }
    }

    SliceHost(Deployment deployment, DynamoDbClient dynamo, Outgoing outgoing) {
        for (Deployment.Fn function : deployment.functions()) {
            functions.put(function.arn(), host(function, dynamo, outgoing));
        }
    }

    /** The longest that a function may take, as behind API Gateway, in seconds. */
    static final int LONGEST_SECONDS = 30;

    /** A function took longer than it may; it was interrupted. */
    static final class TookTooLong extends FunctionFailed {
        private static final long serialVersionUID = 1L;

        TookTooLong(TimeoutException cause) {
            super(cause);
        }
    }

    /** A function threw; the cause is its exception. */
    static class FunctionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        FunctionFailed(@Nullable Throwable cause) {
            super(String.valueOf(cause), cause);
        }
    }

    /**
     * Invokes a function.
     *
     * @throws FunctionFailed if it throws, takes too long, or if one of its ends is no JSON
     */
    JsonNode invoke(String arn, JsonNode event) throws FunctionFailed {
        return invoke(arn, event, Duration.ofSeconds(LONGEST_SECONDS));
    }

    /** Invokes a function that may take its time. */
    JsonNode invoke(String arn, JsonNode event, Duration longest) throws FunctionFailed {
        Hosted function = functions.get(arn);
        if (function == null) {
            throw new LocalTrouble("There is no function " + arn);
        }
        Future<JsonNode> reply = invocations.submit(() -> function.answer(event));
        try {
            return reply.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TookTooLong(e);
        } catch (ExecutionException e) {
            throw new FunctionFailed(
                    e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed(e);
        } finally {
            reply.cancel(true);
        }
    }

    @Override
    public void close() {
        invocations.shutdownNow();
        for (URLClassLoader loader : loaders.values()) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What tells a class path entry from others: a jar's file name; the folder of a module of this build. */
    private static String module(String entry) {
        Path path = Path.of(entry).toAbsolutePath().normalize();
        Path parent = path.resolveSibling("");
        return parent.endsWith("target") ? parent.toString() : String.valueOf(path.getFileName());
    }

    private Hosted host(Deployment.Fn function, DynamoDbClient dynamo, Outgoing outgoing) {
        Path classes = function.folder().resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw notBuilt(function.slice());
        }
        ClassLoader loader = loaders.computeIfAbsent(function.folder(), folder -> loader(folder, function.slice()));
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> candidates = files.filter(file -> file.toString().endsWith("Function.class"))
                    .toList();
            for (Path file : candidates) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
                Class<?> type = loader.loadClass(name.substring(0, name.length() - ".class".length()));
                for (Method method : type.getMethods()) {
                    Funq funq = method.getAnnotation(Funq.class);
                    if (funq != null && funq.value().equals(function.export())) {
                        return new Hosted(instance(type, function, dynamo, outgoing), method);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new LocalTrouble("The slice " + function.slice() + " cannot be loaded: " + e.getMessage(), e);
        }
        throw new LocalTrouble("The slice " + function.slice() + " has no function '" + function.export()
                + "', which its template names: is it built?");
    }

    private static Object instance(Class<?> type, Deployment.Fn function, DynamoDbClient dynamo, Outgoing outgoing) {
        try {
            Constructor<?> constructor = type.getConstructor(Edge.class);
            return constructor.newInstance(
                    new Edge(new Settings(function.environment()), dynamo, outgoing, Clock.systemUTC(), Pace.REAL));
        } catch (InvocationTargetException e) {
            throw new LocalTrouble(
                    "The function '" + function.export() + "' of " + function.slice() + " does not start: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new LocalTrouble(type + " needs a public constructor that takes an Edge", e);
        }
    }

    private static LocalTrouble notBuilt(String slice) {
        return new LocalTrouble("The slice " + slice + " is not built: run 'mvn package' first.");
    }

    /** What a slice brings itself and our own class path does not have; that comes first, as the loader's parent. */
    private static URLClassLoader loader(Path folder, String slice) {
        try {
            List<URL> urls = new ArrayList<>();
            urls.add(folder.resolve("target/classes").toUri().toURL());
            Path classpath = folder.resolve("target/runtime.classpath");
            if (!Files.exists(classpath)) {
                throw notBuilt(slice);
            }
            Set<String> ours = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(SliceHost::module)
                    .collect(Collectors.toSet());
            for (String entry : Files.readString(classpath).strip().split(File.pathSeparator)) {
                if (!entry.isEmpty() && !ours.contains(module(entry))) {
                    urls.add(Path.of(entry).toUri().toURL());
                }
            }
            return new URLClassLoader(urls.toArray(URL[]::new), SliceHost.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
