package dev.storyline.local.lambda;

import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The newest code of one slice: what its build last put into its target folder, as soon as that is whole. */
final class SliceCode {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.function");

    /** How often to look, at most. */
    private static final long LOOK_NANOS = 1_000_000_000;

    /** An older version may still serve its last invocation; one older than these does not. */
    private static final int KEPT = 4;

    private final String slice;
    private final Path file;
    private final boolean executable;
    private final Path into;
    private final Deque<DeployedCode> versions = new ArrayDeque<>();
    private volatile @Nullable DeployedCode newest;
    private @Nullable String seen;
    private @Nullable String looked;
    private long lookedAt;

    /**
     * Finds it.
     *
     * @param target the slice's target folder
     * @param executable whether it is the native executable rather than the zip
     * @param into gets a folder for each version
     * @throws LocalCloudException if the slice is not built
     */
    SliceCode(String slice, Path target, boolean executable, Path into) {
        this.slice = slice;
        this.executable = executable;
        this.into = into;
        this.file = executable
                ? DeployedCode.executable(target).orElse(target.resolve("-runner"))
                : target.resolve("function.zip");
        if (!Files.isRegularFile(file)) {
            throw new LocalCloudException("The slice " + slice + " has no "
                    + (executable
                            ? "native executable: build it with './storyline native " + slice + "'."
                            : "function.zip: build it with 'mvn package'."));
        }
    }

    /** The newest version that was whole when somebody looked. */
    DeployedCode newest() {
        DeployedCode code = newest;
        if (code == null) {
            throw new IllegalStateException("Nobody looked for the code of " + slice);
        }
        return code;
    }

    /**
     * Looks for a newer version, at most once a second. A build in the middle of its work, or a broken one, changes
     * nothing.
     *
     * @throws LocalCloudException if there never was a whole one
     */
    synchronized void look() {
        if (newest != null && System.nanoTime() - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            String look = now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
            // An executable does not tell whether it is whole: it is when nothing was added between two looks.
            boolean growing = executable && newest != null && !look.equals(looked);
            looked = look;
            if (newest == null || (!look.equals(seen) && !growing)) {
                seen = look;
                take(executable ? DeployedCode.ofExecutable(file, into) : DeployedCode.ofZip(file, into));
            }
        } catch (IOException | IllegalArgumentException e) {
            if (newest == null) {
                throw new LocalCloudException(
                        "The slice " + slice + " cannot be unpacked from " + file + ": " + e.getMessage(), e);
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The new " + file + " cannot be used, the old one serves on: " + e.getMessage());
        }
    }

    private void take(DeployedCode code) {
        if (code.equals(newest)) {
            return;
        }
        if (newest != null) {
            LOG.log(System.Logger.Level.INFO, "The slice " + slice + " is upgraded.");
        }
        newest = code;
        versions.remove(code);
        versions.addLast(code);
        if (versions.size() > KEPT) {
            DeployedCode.delete(versions.removeFirst().folder());
        }
    }
}
