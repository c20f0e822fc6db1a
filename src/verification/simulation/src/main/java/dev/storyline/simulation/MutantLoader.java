package dev.storyline.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads Storyline's own classes anew, some of them with a fault in them, and shares all other classes with its parent.
 * Each mutant therefore runs beside the real code in the same process. Classes loaded here create the class loaders of
 * slices with this loader as the parent, so slices use the faulty classes too.
 */
public final class MutantLoader extends ClassLoader {
    private static final String OURS = "dev.storyline.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader parent;
    private final Map<String, byte[]> mutated;

    /**
     * Creates a loader of the parent's classes.
     *
     * @param mutated the bytes that replace those of the parent, by binary name
     */
    public MutantLoader(ClassLoader parent, Map<String, byte[]> mutated) {
        super("mutant", parent);
        this.parent = parent;
        this.mutated = Map.copyOf(mutated);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte @Nullable [] original(String name) {
        try (InputStream stream = parent.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
