package dev.storyline.local;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** AWS's runtime interface client, which Lambda's managed Java runtimes run functions with; it has parts for Linux only. */
final class InterfaceClient {
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private InterfaceClient() {}

    /**
     * The folder of its jars, which the build puts beside the classes of this module.
     *
     * @throws LocalTrouble if it is missing
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
                throw new LocalTrouble("AWS's runtime interface client is missing in " + folder
                        + ": build the module src/local first.");
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
