package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.common.LocalCloudException;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads the classes of slices, each slice in its own class loader, and starts their functions. */
public final class SliceLoader implements AutoCloseable {
    private final Map<Path, URLClassLoader> loaders = new ConcurrentHashMap<>();
    private final @Nullable ClassLoader classPath;
    private final @Nullable BuildCopy copy;
    private final Map<String, Method> found = new ConcurrentHashMap<>();

    /** What is on our own class path, see {@link #module}. */
    private final Set<String> ours = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(SliceLoader::module)
            .collect(Collectors.toUnmodifiableSet());

    /** Loads slices from the target folders of a repository that is built. */
    public SliceLoader() {
        this(null, null);
    }

    private SliceLoader(@Nullable ClassLoader classPath, @Nullable BuildCopy copy) {
        this.classPath = classPath;
        this.copy = copy;
    }

    /** Uses slices that are on a class path already, as in their own tests. */
    public static SliceLoader on(ClassLoader classPath) {
        return new SliceLoader(classPath, null);
    }

    /** Loads slices from copies of what is in the target folders now, so that a later build does not change them. */
    static SliceLoader from(BuildCopy copy) {
        return new SliceLoader(null, copy);
    }

    /** The class loader of the class path that all slices are on; ours where each slice has its own loader. */
    public ClassLoader classPath() {
        return classPath == null ? SliceLoader.class.getClassLoader() : classPath;
    }

    /** A function that has started, JSON to JSON. */
    public interface Function {
        /**
         * Calls the function in this thread.
         *
         * @throws InvocationTargetException if the function throws; the cause is its exception
         * @throws IOException if the event does not fit its parameter
         */
        JsonNode call(JsonNode event) throws InvocationTargetException, IOException;
    }

    private record Started(Object instance, Method method) implements Function {
        @Override
        public JsonNode call(JsonNode event) throws InvocationTargetException, IOException {
            Object input = Json.mapper().treeToValue(event, method.getParameterTypes()[0]);
            try {
                return Json.mapper().valueToTree(method.invoke(instance, input));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("The method " + method + " must be public", e);
            }
        }
    }

    @Override
    public void close() {
        for (URLClassLoader loader : loaders.values()) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The identity of a class path entry: the target folder of a module of this build, or the file name of a jar. */
    private static String module(String entry) {
        Path path = Path.of(entry).toAbsolutePath().normalize();
        Path parent = path.resolveSibling("");
        return parent.endsWith("target") ? parent.toString() : String.valueOf(path.getFileName());
    }

    /**
     * Starts a new instance of a function, as a cold start does.
     *
     * @throws LocalCloudException if the function is not built or does not start
     */
    public Function start(Deployment.FunctionSpec function, Edge edge) {
        Method method = found.computeIfAbsent(function.arn(), unseen -> method(function));
        return new Started(instance(method.getDeclaringClass(), function, edge), method);
    }

    /**
     * The class loader of the slice of a function and of its context.
     *
     * @throws LocalCloudException if the slice is not built
     */
    public ClassLoader loader(Deployment.FunctionSpec function) {
        return classPath != null
                ? classPath
                : loaders.computeIfAbsent(function.folder(), folder -> loader(folder, function.slice()));
    }

    private Method method(Deployment.FunctionSpec function) {
        Path built = function.folder().resolve("target/classes");
        if (!Files.isDirectory(built)) {
            throw notBuilt(function.slice());
        }
        Path classes = kept(built);
        ClassLoader loader = loader(function);
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> candidates = files.filter(file -> file.toString().endsWith("Function.class"))
                    .toList();
            for (Path file : candidates) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
                Class<?> type = loader.loadClass(name.substring(0, name.length() - ".class".length()));
                for (Method method : type.getMethods()) {
                    Funq funq = method.getAnnotation(Funq.class);
                    if (funq != null && funq.value().equals(function.export())) {
                        return method;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new LocalCloudException("The slice " + function.slice() + " cannot be loaded: " + e.getMessage(), e);
        }
        throw new LocalCloudException("The slice " + function.slice() + " has no function '" + function.export()
                + "', which its template names: is it built?");
    }

    private static Object instance(Class<?> type, Deployment.FunctionSpec function, Edge edge) {
        try {
            Constructor<?> constructor = type.getConstructor(Edge.class);
            return constructor.newInstance(edge);
        } catch (InvocationTargetException e) {
            throw new LocalCloudException(
                    "The function '" + function.export() + "' of " + function.slice() + " does not start: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new LocalCloudException(type + " needs a public constructor that takes an Edge", e);
        }
    }

    private Path kept(Path built) {
        return copy == null ? built : copy.of(built);
    }

    private static LocalCloudException notBuilt(String slice) {
        return new LocalCloudException(
                "The slice " + slice + " is not built: run './storyline package " + slice + "'.");
    }

    /** Loads the entries of the class path of a slice that are not on ours; our class loader is the parent. */
    private URLClassLoader loader(Path folder, String slice) {
        try {
            List<URL> urls = new ArrayList<>();
            urls.add(kept(folder.resolve("target/classes")).toUri().toURL());
            Path classpath = folder.resolve("target/runtime.classpath");
            if (!Files.exists(classpath)) {
                throw notBuilt(slice);
            }
            for (String entry : Files.readString(classpath).strip().split(File.pathSeparator)) {
                if (!entry.isEmpty() && !ours.contains(module(entry))) {
                    urls.add(kept(Path.of(entry)).toUri().toURL());
                }
            }
            return new URLClassLoader(urls.toArray(URL[]::new), SliceLoader.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
