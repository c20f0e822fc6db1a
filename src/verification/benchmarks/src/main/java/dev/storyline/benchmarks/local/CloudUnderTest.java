package dev.storyline.benchmarks.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link MeasuredCloud} in a process with the JVM options and the class path of {@code ./storyline}. */
final class CloudUnderTest implements AutoCloseable {
    /** The launcher's JVM options, one a line; its class path. The command line sets both. */
    static final String OPTIONS = "storyline.launcher.options";

    static final String CLASS_PATH = "storyline.launcher.classpath";

    private static final String USUAL_OPTIONS = """
            -Xmx1g
            -XX:+UseSerialGC
            -XX:TieredStopAtLevel=1
            --enable-native-access=ALL-UNNAMED
            --sun-misc-unsafe-memory-access=allow
            -Djava.util.logging.manager=org.jboss.logmanager.LogManager""";

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private final URI base;

    private CloudUnderTest(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.base = URI.create(answer());
    }

    /**
     * Starts the cloud and waits until it listens.
     *
     * @param work a folder for its log
     * @param data the data directory; null to keep the data in memory
     * @throws IOException if it does not start; the message has the end of its log
     */
    static CloudUnderTest start(Path root, Path work, @Nullable Path data) throws IOException {
        return start(root, work, data, "");
    }

    /** Starts the same cloud with its data in memory, which counts the calls of functions: see {@link FunctionCalls}. */
    static CloudUnderTest counting(Path root, Path work) throws IOException {
        return start(root, work, null, File.pathSeparator + FunctionCalls.registration(work));
    }

    private static CloudUnderTest start(Path root, Path work, @Nullable Path data, String more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty(OPTIONS, USUAL_OPTIONS).split("\n")));
        // The folder of this class comes last, so that the launcher's archive of classes still fits.
        command.addAll(List.of(
                "-cp",
                System.getProperty(CLASS_PATH, System.getProperty("java.class.path"))
                        + File.pathSeparator
                        + ownClasses()
                        + more,
                MeasuredCloud.class.getName(),
                root.toString()));
        if (data != null) {
            command.add(data.toString());
        }
        Path log = Files.createTempFile(work, "cloud", ".log");
        return new CloudUnderTest(
                new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    private static Path ownClasses() {
        try {
            return Path.of(CloudUnderTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    URI base() {
        return base;
    }

    /** Gives an order and waits for the answer. */
    String ask(String order) throws IOException {
        orders.println(order);
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(MeasuredCloud.MARK)) {
                return line.substring(MeasuredCloud.MARK.length());
            }
        }
        String text = Files.readString(log);
        throw new IOException("The local cloud ended: " + text.substring(Math.max(0, text.length() - 2_000)));
    }

    /** The CPU time of the process until now. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The resident memory in bytes; not a number where the system does not tell. */
    double residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Ends the input of the process, which then stops as after an interrupt, and waits for its end. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }
}
