package dev.storyline.simulation;

import dev.storyline.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A fault planted on purpose into one source file, to test whether the checks that should find the fault do find it.
 *
 * @param name a few words with hyphens
 * @param sentence the consequence of the fault
 * @param file the source file, relative to the repository's root
 * @param search the text to replace, which occurs exactly once; any white space matches any other white space
 * @param replacement the text that replaces it
 */
public record Mutant(String name, String sentence, String file, String search, String replacement) {
    @Override
    public String toString() {
        return name;
    }

    /**
     * Compiles the file with the fault in it, against the class path of the running tests.
     *
     * @return the bytes of each class of the file, including nested classes, by binary name
     * @throws IllegalStateException if the text to replace does not occur exactly once, or the result does not compile
     */
    public Map<String, byte[]> classes() {
        JavaCompiler compiler = Objects.requireNonNull(
                ToolProvider.getSystemJavaCompiler(), "Faults are planted by the compiler of a JDK; this is none");
        List<String> options = List.of("-proc:none", "-implicit:none", "-parameters", "-nowarn", "-cp", classPath());
        StringWriter complaints = new StringWriter();
        try (Memory memory = new Memory(compiler.getStandardFileManager(null, null, null))) {
            boolean compiled = compiler.getTask(complaints, memory, null, options, null, List.of(new Source(source())))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("The mutant " + name + " does not compile: " + complaints);
            }
            return memory.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of the tests, and that of the module of the file: a slice is on no other class path. */
    private String classPath() {
        // Test runners may pass the class path as one jar with a manifest; the compiler itself follows such a manifest.
        String ofTests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path module = Repository.root().resolve(file.replaceFirst("/src/main/.*", ""));
        Path ofSlice = module.resolve("target/runtime.classpath");
        String own = ofTests + File.pathSeparator + module.resolve("target/classes");
        try {
            return Files.exists(ofSlice)
                    ? own + File.pathSeparator + Files.readString(ofSlice).strip()
                    : own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String source() throws IOException {
        String original = Files.readString(Repository.root().resolve(file));
        String searched =
                Stream.of(search.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        Matcher found = Pattern.compile(searched).matcher(original);
        long times = found.results().count();
        if (times != 1) {
            throw new IllegalStateException("The mutant " + name + " has rotted: what it replaces is in " + file + " "
                    + times + " times, not once");
        }
        return found.replaceFirst(Matcher.quoteReplacement(replacement.strip()));
    }

    private final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + Path.of(file).getFileName()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps the compiled classes in memory. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, one -> one.getValue().toByteArray()));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String type, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            if (location != StandardLocation.CLASS_OUTPUT) {
                throw new IllegalStateException("Nothing but classes is compiled here, not to " + location);
            }
            return new SimpleJavaFileObject(URI.create("memory:///" + type.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(type, bytes);
                    return bytes;
                }
            };
        }
    }
}
