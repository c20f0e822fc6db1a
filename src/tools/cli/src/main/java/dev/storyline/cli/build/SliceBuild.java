package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the slices for the commands that run them. Commands that the launcher did not start build nothing. */
public final class SliceBuild {
    /** In the place of a slice: the functions that the slices of a context share. */
    public static final String SHARED_FUNCTIONS = "infra";

    private static final String LOG = "slices.log";
    private static final List<String> NO_TESTS = List.of("-Dmaven.test.skip=true", "-Dspotless.check.skip=true");

    /** What the code of every slice is made of, beside the slice itself and its context. */
    private static final List<String> SHARED = List.of(
            "pom.xml",
            "functions/pom.xml",
            "src/runtime/common/src/main",
            "src/runtime/kernel/src/main",
            "src/runtime/eventstore/src/main",
            "src/runtime/projections/src/main",
            "src/runtime/edge/src/main");

    private final Session session;
    private final Path stamp;

    public SliceBuild(Session session) {
        this.session = session;
        this.stamp = session.root().resolve(Maven.FOLDER).resolve("slices.stamp");
    }

    /** Builds all slices if a source is newer than the last complete build. */
    public void ensureFresh() {
        List<Path> sources = Stream.of(
                        "pom.xml", "src/runtime", "src/contexts", "functions", "infra/pom.xml", "infra/src")
                .map(session.root()::resolve)
                .toList();
        if (session.builds() && SourceAge.isStale(stamp, sources)) {
            build();
        }
    }

    private void build() {
        session.err().println("Building the slices (the first time takes a few minutes) ...");
        try {
            Files.createDirectories(stamp.resolveSibling(""));
            // Dated before the build, so that a file that is edited during the build is built the next time.
            Path begun = Files.writeString(stamp.resolveSibling("slices.begun"), "");
            List<String> arguments = new ArrayList<>(List.of("package", "-Dquarkus.build.skip=true"));
            arguments.addAll(NO_TESTS);
            new Maven(session).runQuietly(LOG, arguments);
            Files.move(begun, stamp, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packages the zips of those of these slices whose zip is missing, native, or older than its sources. */
    public void ensureZips(List<String> slices) {
        if (!session.builds()) {
            return;
        }
        List<String> stale = slices.stream().filter(this::hasStaleZip).toList();
        if (!stale.isEmpty()) {
            session.err().println("Packaging slices (some seconds each) ...");
            zips(stale);
        }
    }

    /** Packages the zips of these slices. */
    void zips(List<String> slices) {
        List<String> arguments = new ArrayList<>(List.of("package", "-pl", modules(slices), "-am"));
        arguments.addAll(NO_TESTS);
        new Maven(session).runQuietly(LOG, arguments);
    }

    /** The Maven modules of slices, as {@code -pl} takes them. */
    static String modules(List<String> slices) {
        return String.join(",", slices.stream().map(SliceBuild::module).toList());
    }

    /** The module of a slice, or of the functions that the slices of a context share. */
    static String module(String slice) {
        return slice.equals(SHARED_FUNCTIONS) ? slice : "functions/" + slice;
    }

    private boolean hasStaleZip(String slice) {
        Path folder = session.root().resolve(module(slice));
        Path zip = folder.resolve("target/function.zip");
        List<Path> sources =
                new ArrayList<>(SHARED.stream().map(session.root()::resolve).toList());
        sources.add(folder.resolve("pom.xml"));
        sources.add(folder.resolve("src/main"));
        if (!slice.equals(SHARED_FUNCTIONS)) {
            String context = slice.substring(0, slice.indexOf('/'));
            sources.add(session.root().resolve("src/contexts/" + context + "/src/main"));
        }
        return SourceAge.isStale(zip, sources) || isNative(zip);
    }

    /** The zip of a native executable begins with its one entry, {@code bootstrap}. */
    private static boolean isNative(Path zip) {
        try (InputStream in = Files.newInputStream(zip)) {
            return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1).contains("bootstrap");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
