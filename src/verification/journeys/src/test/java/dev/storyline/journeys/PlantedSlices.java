package dev.storyline.journeys;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.lambda.SliceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Starts functions of slices. A class of a slice or a context with a planted fault, which the class loader of this class has
 * among its resources, takes the place of the built one.
 */
final class PlantedSlices implements AutoCloseable {
    private final SliceLoader built = new SliceLoader();
    private final Map<Path, Planted> loaders = new ConcurrentHashMap<>();
    private final Map<Path, SliceLoader> slices = new ConcurrentHashMap<>();

    /** Starts a new instance of a function, as a cold start does. */
    SliceLoader.Function start(Deployment.FunctionSpec function, Edge edge) {
        return slices.computeIfAbsent(function.folder(), folder -> {
                    Planted loader = new Planted((URLClassLoader) built.loader(function));
                    loaders.put(folder, loader);
                    return SliceLoader.on(loader);
                })
                .start(function, edge);
    }

    @Override
    public void close() {
        try {
            for (Planted loader : loaders.values()) {
                loader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        built.close();
    }

    private static final class Planted extends URLClassLoader {
        Planted(URLClassLoader slice) {
            super(slice.getURLs(), slice.getParent());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] planted = planted(name.replace('.', '/') + ".class");
            return planted == null ? super.findClass(name) : defineClass(name, planted, 0, planted.length);
        }

        private byte @Nullable [] planted(String resource) {
            try (InputStream stream = getParent().getResourceAsStream(resource)) {
                return stream == null ? null : stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
