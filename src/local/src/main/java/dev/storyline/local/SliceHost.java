package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Json;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Hosts the functions of all slices in this process: each slice in a class loader of its own, each function as an
 * instance of its own with its own settings. JSON goes in and JSON comes out, as on Lambda.
 */
final class SliceHost {
    private final Map<String, Hosted> functions = new HashMap<>();
    private final Map<Path, ClassLoader> loaders = new HashMap<>();

    private record Hosted(Object instance, Method method) {}

    SliceHost(Deployment deployment, DynamoDbClient dynamo) {
        for (Deployment.Fn function : deployment.functions()) {
            functions.put(function.arn(), host(function, dynamo));
        }
    }

    /** A function threw; the cause is its exception. */
    static final class FunctionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        FunctionFailed(@Nullable Throwable cause) {
            super(String.valueOf(cause), cause);
        }
    }

    /** Invokes a function. */
    JsonNode invoke(String arn, JsonNode event) throws FunctionFailed {
        Hosted function = functions.get(arn);
        if (function == null) {
            throw new LocalTrouble("There is no function " + arn);
        }
        try {
            Class<?> type = function.method().getParameterTypes()[0];
            Object input = Json.mapper().treeToValue(event, type);
            return Json.mapper().valueToTree(function.method().invoke(function.instance(), input));
        } catch (InvocationTargetException e) {
            throw new FunctionFailed(e.getCause());
        } catch (IOException | ReflectiveOperationException e) {
            throw new FunctionFailed(e);
        }
    }

    private Hosted host(Deployment.Fn function, DynamoDbClient dynamo) {
        Path classes = function.folder().resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new LocalTrouble("The slice " + function.slice() + " is not built: run 'mvn package' first.");
        }
        ClassLoader loader = loaders.computeIfAbsent(function.folder(), SliceHost::loader);
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> candidates = files.filter(file -> file.toString().endsWith("Function.class"))
                    .toList();
            for (Path file : candidates) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
                Class<?> type = loader.loadClass(name.substring(0, name.length() - ".class".length()));
                for (Method method : type.getMethods()) {
                    Funq funq = method.getAnnotation(Funq.class);
                    if (funq != null && funq.value().equals(function.export())) {
                        return new Hosted(instance(type, function, dynamo), method);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new LocalTrouble("The slice " + function.slice() + " cannot be loaded: " + e.getMessage(), e);
        }
        throw new LocalTrouble("The slice " + function.slice() + " has no function '" + function.export()
                + "', which its template names: is it built?");
    }

    private static Object instance(Class<?> type, Deployment.Fn function, DynamoDbClient dynamo) {
        try {
            Constructor<?> constructor = type.getConstructor(Edge.class);
            return constructor.newInstance(new Edge(new Settings(function.environment()), dynamo));
        } catch (InvocationTargetException e) {
            throw new LocalTrouble(
                    "The function '" + function.export() + "' of " + function.slice() + " does not start: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new LocalTrouble(type + " needs a public constructor that takes an Edge", e);
        }
    }

    private static ClassLoader loader(Path folder) {
        try {
            List<URL> urls = new ArrayList<>();
            urls.add(folder.resolve("target/classes").toUri().toURL());
            Path classpath = folder.resolve("target/runtime.classpath");
            if (Files.exists(classpath)) {
                for (String entry : Files.readString(classpath).strip().split(File.pathSeparator)) {
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
