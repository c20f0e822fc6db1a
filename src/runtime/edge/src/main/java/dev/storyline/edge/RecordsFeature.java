package dev.storyline.edge;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Tells the native image builder that the records of Storyline are read and written as JSON, and that sealed families
 * are asked for their members. It finds them on the class path, so no slice keeps a list.
 */
public final class RecordsFeature implements Feature {
    private static final String OURS = "dev/storyline/";

    @Override
    public String getDescription() {
        return "Registers the records and sealed families of Storyline for reflection";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Path entry : access.getApplicationClassPath()) {
            for (String name : classes(entry)) {
                Class<?> type = access.findClassByName(name);
                if (type != null && (type.isRecord() || type.isSealed() || type.isEnum())) {
                    register(type);
                }
            }
        }
    }

    private static void register(Class<?> type) {
        RuntimeReflection.register(type);
        RuntimeReflection.register(type.getDeclaredConstructors());
        RuntimeReflection.register(type.getDeclaredMethods());
        RuntimeReflection.register(type.getDeclaredFields());
        RuntimeReflection.registerAllDeclaredConstructors(type);
        RuntimeReflection.registerAllDeclaredMethods(type);
        RuntimeReflection.registerAllDeclaredFields(type);
        if (type.isRecord()) {
            RuntimeReflection.registerAllRecordComponents(type);
        }
        if (type.isSealed()) {
            RuntimeReflection.registerAllPermittedSubclasses(type);
        }
    }

    private static List<String> classes(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                return classesUnder(entry);
            }
            if (!entry.toString().endsWith(".jar")) {
                return List.of();
            }
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                return classesUnder(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> classesUnder(Path root) throws IOException {
        Path ours = root.resolve(OURS);
        if (!Files.isDirectory(ours)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(ours)) {
            return files.map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
