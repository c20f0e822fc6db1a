package dev.storyline.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A copy of the code of a slice that no build changes: an unpacked zip or a native executable.
 *
 * @param folder the folder that stands for {@code /var/task}
 * @param executable whether it contains an executable named {@code bootstrap}, as for {@code provided.al2023}
 * @param hash the hash of the zip or the executable
 */
public record DeployedCode(Path folder, boolean executable, String hash) {
    /** The largest unpacked zip that Lambda takes, in bytes. */
    private static final long MOST_BYTES = 250L * 1024 * 1024;

    private static final String FOLDER = "storyline-functions-";
    private static final Pattern OWNER = Pattern.compile(FOLDER + "(\\d{1,18})-\\d+");
    private static final String BOOTSTRAP = "bootstrap";

    /** Creates a folder of this process for code, and deletes the folders of processes that were killed. */
    public static Path place() {
        return place(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** As {@link #place()}, in a folder other than that of the machine. */
    static Path place(Path temporary) {
        try {
            Path own = Files.createTempDirectory(
                    temporary, FOLDER + ProcessHandle.current().pid() + "-");
            try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, FOLDER + "*-*")) {
                for (Path one : left) {
                    Matcher owner = OWNER.matcher(String.valueOf(one.getFileName()));
                    if (owner.matches()
                            && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()
                            && Files.isWritable(one)) {
                        deleteUnlessTaken(one, Files.createTempDirectory(own, "left"));
                    }
                }
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that start at once all find the same folder; the one that moves it deletes it. */
    private static void deleteUnlessTaken(Path folder, Path emptyFolder) throws IOException {
        try {
            Files.move(folder, emptyFolder, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Another process has moved it.
        }
        delete(emptyFolder);
    }

    /**
     * Copies and unpacks the zip of a JVM function.
     *
     * @param into the folder that gets a folder for each content
     * @throws IOException if the file is not a complete zip of a JVM function
     */
    public static DeployedCode ofZip(Path zip, Path into) throws IOException {
        Path copy = Files.createTempFile(into, "zip", ".tmp");
        try {
            Files.copy(zip, copy, StandardCopyOption.REPLACE_EXISTING);
            // The directory of a zip is at its end, so an incomplete zip cannot be opened.
            try (ZipFile whole = new ZipFile(copy.toFile())) {
                if (whole.getEntry(BOOTSTRAP) != null) {
                    throw new IOException("it contains a native executable; build the slice again for the JVM");
                }
            }
            String hash = hash(copy);
            Path folder = into.resolve(hash);
            if (!Files.isDirectory(folder)) {
                Path unfinished = Files.createTempDirectory(into, "unpacking");
                try {
                    unpack(copy, unfinished);
                    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    delete(unfinished);
                }
            }
            return new DeployedCode(folder, false, hash);
        } finally {
            Files.delete(copy);
        }
    }

    /** The native executable in the target folder of a slice, if there is one. */
    public static Optional<Path> executable(Path target) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(one -> one.toString().endsWith("-runner")).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies a native executable.
     *
     * @param into the folder that gets a folder for each content
     */
    public static DeployedCode ofExecutable(Path executable, Path into) throws IOException {
        Path unfinished = Files.createTempDirectory(into, "copying");
        try {
            Path copy = unfinished.resolve(BOOTSTRAP);
            Files.copy(executable, copy, StandardCopyOption.COPY_ATTRIBUTES);
            if (!copy.toFile().setExecutable(true)) {
                throw new IOException(copy + " cannot be made executable");
            }
            String hash = hash(copy);
            Path folder = into.resolve(hash);
            if (!Files.isDirectory(folder)) {
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return new DeployedCode(folder, true, hash);
        } finally {
            delete(unfinished);
        }
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        long left = MOST_BYTES;
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("its entry " + entry.getName() + " leads out of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling(""));
                left -= copy(entries, file, left);
            }
        }
    }

    private static long copy(InputStream from, Path file, long most) throws IOException {
        try (var to = Files.newOutputStream(file)) {
            byte[] some = new byte[64 * 1024];
            long all = 0;
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                all += read;
                if (all > most) {
                    throw new IOException("it has more than " + MOST_BYTES + " bytes unpacked");
                }
                to.write(some, 0, read);
            }
            return all;
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[64 * 1024];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                digest.update(some, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a folder and its content. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
