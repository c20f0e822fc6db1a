package dev.storyline.local.lambda;

import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The newest complete build of one slice, from its target folder. */
final class SliceCode {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.function");

    /** The shortest interval between two looks at the target folder. */
    private static final long LOOK_NANOS = 1_000_000_000;

    /** Older builds may still serve an invocation; this many builds are kept. */
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
     * Finds the code of a slice.
     *
     * @param target the target folder of the slice
     * @param executable true for the native executable, false for the zip
     * @param into the folder that gets a folder for each build
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
                            : "function.zip: build it with './storyline package " + slice + "'."));
        }
    }

    /** The newest complete build at the last {@link #look}. */
    DeployedCode newest() {
        DeployedCode code = newest;
        if (code == null) {
            throw new IllegalStateException("look() was never called for the code of " + slice);
        }
        return code;
    }

    /**
     * Looks for a newer build, at most once a second. An unfinished or broken build changes nothing.
     *
     * @throws LocalCloudException if there has been no complete build
     */
    synchronized void look() {
        if (newest != null && System.nanoTime() - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            String look = now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
            // Nothing in an executable says that it is complete; it counts as complete if it did not change between two
            // looks.
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
                    "The new " + file + " cannot be used, so the previous build stays in use: " + e.getMessage());
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
