package dev.storyline.local.gateway;

import dev.storyline.local.common.HttpAnswer;
import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import dev.storyline.modeler.draw.ModelPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page that a browser gets at {@code /}: the models of the repository as a drawing, up to date with the files. */
public final class FrontPage {
    private final Path root;
    private final Set<String> running;
    private @Nullable Drawn drawn;

    /** A page and the state of the files that it shows. */
    private record Drawn(Map<Path, FileState> files, String page) {}

    /** The time alone does not tell two states apart within one tick of the file system's clock; so the size counts too. */
    private record FileState(FileTime at, long size) {}

    /**
     * Creates the page of a repository.
     *
     * @param running the contexts that run here; the page opens on them
     */
    public FrontPage(Path root, Set<String> running) {
        this.root = root;
        this.running = Set.copyOf(running);
    }

    /** The repository that the page shows. */
    Path root() {
        return root;
    }

    /** The page, or a problem document that says where a model cannot be read. */
    HttpAnswer answer() {
        try {
            // The page loads nothing from elsewhere, and its policy forbids it.
            return HttpAnswer.of(200, "text/html; charset=utf-8", html())
                    .with("content-security-policy", ModelPage.policy())
                    .with("cache-control", "no-cache");
        } catch (ModelException e) {
            return Problem.of(500, "model", "A model cannot be read", String.valueOf(e.getMessage()), "/");
        }
    }

    private synchronized String html() {
        Map<Path, FileState> files = files();
        if (drawn == null || !drawn.files().equals(files)) {
            Landscape landscape = Landscape.read(root);
            drawn = new Drawn(files, ModelPage.html(landscape, running));
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
