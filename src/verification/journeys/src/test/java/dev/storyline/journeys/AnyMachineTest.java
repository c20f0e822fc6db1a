package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.cli.Storyline;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts a cloud with the launcher on a machine where everything is odd at once. If that fails, each oddity is tried alone,
 * and the failure names those that fail.
 */
class AnyMachineTest {
    /** The place of the checkout, a folder beside it and the data; also of the classes of the command line. */
    private static final String ODD_PLACE = "Gr\u00f6\u00dfe und \u00dcn\u00efcode \u011f";

    /**
     * Makes the place and becomes the launcher. A test whose own locale is not UTF-8 cannot name the place in an argument;
     * so the bytes are in this script.
     */
    private static final String SCRIPT = """
        set -eu
        [ "$PLACE" = odd ] && place="$1/odd/@place@" || place="$1/plain"
        if [ ! -d "$place" ]; then
          mkdir -p "$place/elsewhere" "$place/copy/src/tools"
          cp -RP "$1/repository/." "$place/copy"
          build=$place/copy/target/storyline/cli.ready
          mkdir -p "$build/classes"
          [ -d "$COMMAND_LINE" ] && cp -R "$COMMAND_LINE/." "$build/classes" || cp "$COMMAND_LINE" "$build/own.jar"
          echo "$build/classes:$CLASS_PATH" >"$build/other-jars.classpath"
          echo "$build" >"$place/copy/target/storyline/current"
          touch "$build/begun"
        fi
        [ "$PLACE" = odd ] && cd "$place/elsewhere" || cd "$place/copy"
        exec "$place/copy/storyline" "${@:2}" --data "$place/data"
        """;

    private record Oddity(String name, Map<String, String> environment) {}

    @TempDir
    Path folder;

    private RepositoryCopy copy;

    private final AtomicInteger proxied = new AtomicInteger();
    private final ServerSocket proxy;

    AnyMachineTest() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void prepare() throws IOException {
        Thread.startVirtualThread(this::count);
        copy = RepositoryCopy.in(Files.createDirectories(folder.resolve("repository")));
        // The copy is newer than what is built, and this test builds nothing.
        String launcher = Files.readString(Repository.root().resolve("storyline"));
        Files.writeString(
                folder.resolve("repository/storyline"),
                launcher.replace("-Dstoryline.builds=true", "-Dstoryline.builds=false"));
        Files.writeString(folder.resolve("machine.sh"), SCRIPT.replace("@place@", ODD_PLACE));
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        proxy.close();
        copy.removeLinks();
        Process removal = new ProcessBuilder(
                        "rm",
                        "-rf",
                        folder.resolve("odd").toString(),
                        folder.resolve("plain").toString())
                .start();
        assertThat(removal.waitFor()).isZero();
    }

    /** Counts what arrives at the proxy, and answers nothing. */
    private void count() {
        try {
            while (!proxy.isClosed()) {
                proxy.accept().close();
                proxied.incrementAndGet();
            }
        } catch (IOException e) {
            // The test is over.
            assertThat(proxy.isClosed()).as("%s", e).isTrue();
        }
    }

    private List<Oddity> oddities() {
        String port = Integer.toString(proxy.getLocalPort());
        String address = "http://127.0.0.1:" + port;
        return List.of(
                new Oddity("letters and spaces in paths, and another working directory", Map.of("PLACE", "odd")),
                new Oddity("a locale without UTF-8", Map.of("LANG", "C", "LC_ALL", "C")),
                new Oddity(
                        "variables of a proxy",
                        Map.of(
                                "http_proxy", address,
                                "https_proxy", address,
                                "HTTP_PROXY", address,
                                "HTTPS_PROXY", address,
                                "ALL_PROXY", address,
                                "all_proxy", address)),
                new Oddity(
                        "properties of a proxy",
                        Map.of(
                                "JAVA_TOOL_OPTIONS",
                                "-Dhttp.proxyHost=127.0.0.1 -Dhttps.proxyHost=127.0.0.1 -Dhttp.nonProxyHosts=intra.example"
                                        + " -Dhttp.proxyPort=" + port + " -Dhttps.proxyPort=" + port)),
                new Oddity(
                        "the Turkish language",
                        Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR -Duser.region=TR")),
                new Oddity("a time zone with quarters of an hour", Map.of("TZ", "Asia/Kathmandu")),
                new Oddity(
                        "variables of AWS of somebody",
                        Map.of(
                                "AWS_REGION", "eu-north-1",
                                "AWS_PROFILE", "somebody",
                                "AWS_ACCESS_KEY_ID", "AKIASOMEBODY",
                                "AWS_SECRET_ACCESS_KEY", "of-somebody",
                                "AWS_SESSION_TOKEN", "of-somebody",
                                "AWS_ENDPOINT_URL", address,
                                "AWS_ENDPOINT_URL_DYNAMODB", address)));
    }

    @Test
    void a_cloud_runs_on_a_machine_where_everything_is_odd() throws Exception {
        List<Oddity> oddities = oddities();
        try {
            run(oddities);
        } catch (AssertionError | IllegalStateException | IOException all) {
            List<String> alone = new ArrayList<>();
            for (Oddity oddity : oddities) {
                try {
                    run(List.of(oddity));
                } catch (AssertionError | IllegalStateException | IOException e) {
                    alone.add(oddity.name() + ": " + e.getMessage());
                }
            }
            throw new AssertionError("All together fail. Alone these fail: " + alone, all);
        }
        assertThat(proxied).as("what arrived at the proxy").hasValue(0);
    }

    /** Starts a cloud, sends a command, sees its view, and asks as an operator while it runs. */
    private void run(List<Oddity> oddities) throws Exception {
        proxied.set(0);
        try (CloudProcess cloud = machine(oddities, "up", "--contexts", "wishes", "--alone", "--port", "0")) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            assertThat(calls.wish("simo", "k1", "a k\u0131te \u011f").statusCode())
                    .isEqualTo(201);
            Eventually.within(
                    Duration.ofSeconds(20),
                    () -> assertThat(calls.get("/wishes/children/simo").toString())
                            .contains("a k\u0131te \u011f"));
            try (CloudProcess operator = machine(oddities, "parked", "--contexts", "wishes")) {
                assertThat(operator.exit()).as(operator.output()).isZero();
            }
            assertThat(cloud.output()).doesNotContain("Exception");
        }
        assertThat(proxied).as("what arrived at the proxy").hasValue(0);
    }

    private CloudProcess machine(List<Oddity> oddities, String... command) throws IOException, URISyntaxException {
        List<String> words =
                new ArrayList<>(List.of("bash", folder.resolve("machine.sh").toString(), folder.toString()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = new HashMap<>();
        environment.put("PLACE", "plain");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CLASS_PATH", System.getProperty("java.class.path"));
        environment.put(
                "COMMAND_LINE",
                Path.of(Storyline.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
        for (Oddity oddity : oddities) {
            // Only options of a JVM add up.
            oddity.environment()
                    .forEach((name, value) -> environment.merge(
                            name, value, (one, other) -> name.equals("JAVA_TOOL_OPTIONS") ? one + " " + other : other));
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return CloudProcess.start(folder, builder);
    }
}
