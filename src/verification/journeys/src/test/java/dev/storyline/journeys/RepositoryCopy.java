package dev.storyline.journeys;

import dev.storyline.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the sources of this repository. Documents may write files in it and start the command line. The modules of
 * the copy use the classes of this build, unless a document writes into them. A rebuild waits shortly in it.
 */
record RepositoryCopy(Path root) {
    private static final List<String> PARTS = List.of("functions", "infra", "src/contexts");

    static RepositoryCopy in(Path folder) throws IOException {
        RepositoryCopy copy = new RepositoryCopy(folder);
        for (String part : PARTS) {
            copy.take(Repository.root(), part);
        }
        for (String file : List.of("pom.xml", "CHANGELOG.md")) {
            Files.copy(Repository.root().resolve(file), folder.resolve(file));
        }
        Files.createDirectories(folder.resolve("src/runtime/kernel"));
        Path launcher = folder.resolve("storyline");
        Files.writeString(
                launcher,
                LAUNCHER.replace(
                                "@java@",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString())
                        .replace("@classpath@", classPath()));
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException(launcher + " cannot be made executable.");
        }
        return copy;
    }

    /** Starts the command line like the launcher of the repository, but does not build anything. */
    private static final String LAUNCHER = """
        #!/usr/bin/env bash
        root=$(cd "$(dirname "$0")" && pwd)
        # Where a document starts the cloud with options, its data is not kept.
        case "$1 $#" in
          "up 1") set -- up --port 0 ;;
          "up "*) set -- "$@" --port 0 --in-memory ;;
        esac
        exec @java@ -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
          --sun-misc-unsafe-memory-access=allow -Djava.util.logging.manager=org.jboss.logmanager.LogManager \\
          --add-exports=jdk.compiler/com.sun.tools.javac.{api,code,file,parser,tree,util}=ALL-UNNAMED \\
          -Dstoryline.root="$root" -cp '@classpath@' dev.storyline.cli.Storyline "$@"
        """;

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void take(Path from, String part) throws IOException {
        try (Stream<Path> files = Files.walk(from.resolve(part))) {
            for (Path file : files.toList()) {
                Path inside = from.relativize(file);
                Path target = root.resolve(inside.toString());
                boolean built = inside.toString().contains("target");
                if (!built && Files.isRegularFile(file) && !inside.toString().contains("/src/test/")) {
                    Files.createDirectories(target.resolveSibling(""));
                    if (file.endsWith("template.yaml")) {
                        Files.writeString(target, ShortWaits.in(Files.readString(file)));
                    } else {
                        Files.copy(file, target);
                    }
                } else if (file.endsWith("target")) {
                    Files.createDirectories(target.resolveSibling(""));
                    Files.createSymbolicLink(target, file);
                }
            }
        }
    }

    /** Writes a file from a document. Its module is recompiled before it runs. */
    void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text + "\n");
        for (Path folder = file; !folder.equals(root); folder = folder.resolveSibling("")) {
            if (Files.isSymbolicLink(folder.resolve("target"))) {
                Files.delete(folder.resolve("target"));
            }
        }
    }

    /** Compiles the modules that were written or changed in this copy: contexts first, then slices. */
    void compile() throws IOException {
        for (Path context : folders("src/contexts")) {
            compile(context, "");
        }
        for (Path context : folders("functions")) {
            Path language =
                    root.resolve("src/contexts").resolve(context.getFileName()).resolve("target/classes");
            for (Path slice : folders("functions/" + context.getFileName())) {
                compile(slice, language.toString());
            }
        }
    }

    /** Removes the links to the build's folders, so that a deletion of the copy does not follow them. */
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private List<Path> folders(String under) throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve(under))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main"))
                            || (Files.isRegularFile(folder.resolve("pom.xml")) && !folder.endsWith("target")))
                    .sorted()
                    .toList();
        }
    }

    private static void compile(Path module, String language) throws IOException {
        Path sources = module.resolve("src/main/java");
        Path classes = module.resolve("target/classes");
        if (Files.isSymbolicLink(module.resolve("target")) || !Files.isDirectory(sources)) {
            return;
        }
        Files.createDirectories(classes);
        Files.writeString(module.resolve("target/runtime.classpath"), language);
        Path resources = module.resolve("src/main/resources");
        if (Files.isDirectory(resources)) {
            try (Stream<Path> files = Files.walk(resources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = classes.resolve(resources.relativize(file).toString());
                    Files.createDirectories(target.resolveSibling(""));
                    Files.writeString(target, Files.readString(file));
                }
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.walk(sources)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-d",
                    classes.toString(),
                    "-cp",
                    language + File.pathSeparator + classPath());
            boolean compiled = compiler.getTask(
                            problems,
                            manager,
                            null,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(
                                    files.filter(file -> file.toString().endsWith(".java"))
                                            .toList()))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(module + " does not compile: " + problems);
            }
        }
    }
}
