package dev.storyline.local.gateway;

import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import dev.storyline.modeler.draw.ModelPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a browser sees at {@code /}: the models of the repository, drawn; drawn anew when a file has changed. */
public final class FrontPage {
    private final Path root;
    private @Nullable Drawn drawn;

    /** A page and the files that it was drawn from. */
    private record Drawn(Map<Path, FileState> files, String page) {}

    /** Size and time tell one state of a file from another, also within the grain of the file system's clock. */
    private record FileState(FileTime at, long size) {}

    public FrontPage(Path root) {
        this.root = root;
    }

    /** The headers of the page: it asks nobody for anything, and may not. */
    static Map<String, String> headers() {
        return Map.of(
                "content-type", "text/html; charset=utf-8",
                "content-security-policy", ModelPage.policy(),
                "cache-control", "no-cache");
    }

    /**
     * The page.
     *
     * @throws ModelException if a model cannot be read; the message says where
     */
    synchronized String html() {
        Map<Path, FileState> files = files();
        if (drawn == null || !drawn.files().equals(files)) {
            Landscape landscape = Landscape.read(root);
            drawn = new Drawn(files, ModelPage.html(landscape));
        }
        return drawn.page();
    }

    private Map<Path, FileState> files() {
        Map<Path, FileState> files = new TreeMap<>();
        Path contexts = root.resolve("src/contexts");
        if (!Files.isDirectory(contexts)) {
            return files;
        }
        try (Stream<Path> folders = Files.list(contexts)) {
            for (Path folder : folders.toList()) {
                Path file = folder.resolve("model.yaml");
                if (Files.isRegularFile(file)) {
                    files.put(file, new FileState(Files.getLastModifiedTime(file), Files.size(file)));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
