package dev.storyline.local.lambda;

import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipFile;

/** The runtime interface client of AWS, which runs functions in the managed Java runtimes. It works on Linux only. */
final class InterfaceClient {
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private InterfaceClient() {}

    /**
     * The folder of its jars. The build copies them next to the classes of this module.
     *
     * @throws LocalCloudException if the folder is missing
     */
    static Path folder() {
        try {
            Path ours = Path.of(InterfaceClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = ours.resolveSibling("lambda-runtime");
            if (!Files.isDirectory(folder)) {
                throw new LocalCloudException("AWS's runtime interface client is missing in " + folder
                        + ": build the module src/tools/local first.");
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks the native library when the first process starts. */
    private static final class Library {
        private static final Path FILE = unpacked();

        private static Path unpacked() {
            boolean arm = System.getProperty("os.arch").equals("aarch64");
            boolean musl = Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
            String name =
                    "jni/libaws-lambda-jni.linux" + (musl ? "_musl" : "") + "-" + (arm ? "aarch_64" : "x86_64") + ".so";
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder(), "*interface-client*.jar")) {
                try (ZipFile jar = new ZipFile(jars.iterator().next().toFile());
                        InputStream in = jar.getInputStream(jar.getEntry(name))) {
                    Path file = Files.createTempFile("libaws-lambda-jni", ".so");
                    file.toFile().deleteOnExit();
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    return file;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The JVM option that names the native library. Without it, each process unpacks the library to the same file in the
     * temporary folder. On Lambda each process has its own temporary folder; here, one process would overwrite the library
     * that another one uses, which crashes.
     */
    static String library() {
        return "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + Library.FILE;
    }
}
