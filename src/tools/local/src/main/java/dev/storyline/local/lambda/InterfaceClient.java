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

/** AWS's runtime interface client, which Lambda's managed Java runtimes run functions with; it has parts for Linux only. */
final class InterfaceClient {
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private InterfaceClient() {}

    /**
     * The folder of its jars, which the build puts beside the classes of this module.
     *
     * @throws LocalCloudException if it is missing
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

    /** Holds what is unpacked when the first process starts. */
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
     * Where its native part is, as an option of the JVM. By itself each process unpacks it to the same place in /tmp, of
     * which Lambda gives every one its own: here one would change it under the feet of another, which crashes.
     */
    static String library() {
        return "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + Library.FILE;
    }
}
