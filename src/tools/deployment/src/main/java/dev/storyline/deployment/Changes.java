package dev.storyline.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The differences between a git revision and the present files. */
final class Changes {
    private static final int LARGEST_BYTES = 64 * 1024 * 1024;

    private Changes() {}

    /**
     * Returns the files that were changed, added or removed since a revision, untracked files included.
     *
     * @return paths relative to the folder, with {@code /}
     * @throws PlanException if there is no such revision, or no git
     */
    static List<String> since(Path root, String revision) {
        if (revision.startsWith("-")
                || !git(root, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
                        .succeeded()) {
            throw new PlanException("There is no revision '" + revision + "' in the repository at " + root
                    + ": name a commit, a branch or a tag that git knows here.");
        }
        List<String> paths = new ArrayList<>();
        for (Result result : List.of(
                git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", revision, "--"),
                git(root, "ls-files", "--others", "--exclude-standard", "-z"))) {
            if (!result.succeeded()) {
                throw new PlanException("git cannot tell what has changed since '" + revision + "' at " + root + ".");
            }
            Arrays.stream(result.output().split("\0", -1))
                    .filter(path -> !path.isEmpty())
                    .forEach(paths::add);
        }
        return paths.stream().distinct().sorted().toList();
    }

    /** Returns a file of a revision; empty if the revision does not have it. */
    static String text(Path root, String revision, String path) {
        Result result = git(root, "show", revision + ":./" + path);
        return result.succeeded() ? result.output() : "";
    }

    private record Result(boolean succeeded, String output) {}

    private static Result git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            byte[] output = git.getInputStream().readNBytes(LARGEST_BYTES);
            if (output.length == LARGEST_BYTES) {
                git.destroyForcibly();
                throw new PlanException(
                        "More has changed than can be told: over " + LARGEST_BYTES + " bytes of names.");
            }
            return new Result(git.waitFor() == 0, new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new PlanException("git is needed to tell what has changed, and cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlanException("Interrupted while git was asked what has changed.", e);
        }
    }
}
