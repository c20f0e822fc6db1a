package dev.storyline.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads Storyline's own classes anew, some of them with a fault in them, and shares all other classes with its parent.
 * Each mutant therefore runs beside the real code in the same process. Classes loaded here create the class loaders of
 * slices with this loader as the parent, so slices use the faulty classes too.
 *
 * <p>Classes of slices and contexts are not on the class path of the parent, so they are not loaded here. Whoever loads
 * them finds the faulty ones among the resources of this loader.
 */
public final class MutantLoader extends ClassLoader {
    private static final String OURS = "dev.storyline.";
    private static final String CLASS = ".class";

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
        byte[] bytes = original(name);
        if (mutated.containsKey(name) && original(name.replaceFirst("\\$.*", "")) != null) {
            bytes = mutated.get(name);
        }
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = name.endsWith(CLASS)
                ? mutated.get(name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                : null;
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    private byte @Nullable [] original(String name) {
        try (InputStream stream = parent.getResourceAsStream(name.replace('.', '/') + CLASS)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
