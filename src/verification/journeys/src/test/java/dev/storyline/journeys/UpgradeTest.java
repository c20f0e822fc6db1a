package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades a slice in a running cloud of processes while clients send commands. */
class UpgradeTest {
    /** The slices of a part of wishes that needs no other slice. */
    private static final List<String> SLICES = List.of("make-wish", "child-wishes", "naughty-list", "stream-story");

    private static final String CLASS = "dev/storyline/wishes/makewish/MakeWishFunction.class";

    /** The setting that the slice reads, and one of the same length that the upgraded slice reads instead. */
    private static final String SETTING = "NAUGHTY_WORDS";

    private static final String SETTING_OF_THE_UPGRADE = "UPGRADE_WORDS";
    private static final int CLIENTS = 2;

    /** A child with too many open wishes is refused. */
    private static final int WISHES_OF_A_CHILD = 5;

    private static final int COMMANDS = RunLength.of(25, 100);

    @TempDir
    Path root;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    @Test
    void commands_flow_through_an_upgrade_without_a_failed_request_or_a_lost_event() throws Exception {
        Path zip = copy();
        try (LocalCloud cloud =
                        LocalCloud.start(new LocalCloud.Options(root, 0, null).running(LocalCloud.Run.JVM_PROCESSES));
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(status(calls, "nobody", "a fig"))
                    .as("before the upgrade")
                    .isEqualTo(201);
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> flow = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                flow.add(clients.submit(() -> {
                    while (!stop.get()) {
                        wish(calls);
                    }
                    return null;
                }));
            }
            try {
                Files.write(zip, "a build in the middle of its work".getBytes(StandardCharsets.UTF_8));
                flows(flow, COMMANDS);
                upgrade(zip);
                AtomicInteger asked = new AtomicInteger();
                Eventually.within(
                        Duration.ofSeconds(60), () -> status(calls, "asks-" + asked.incrementAndGet(), "a fig") == 422);
                flows(flow, COMMANDS);
            } finally {
                stop.set(true);
            }
            for (Future<?> client : flow) {
                client.get();
            }
            assertRecorded(calls);
        }
    }

    /** Waits for this many more commands. If a client has failed, its exception ends the test. */
    private void flows(List<Future<?>> flow, int more) {
        int before = acknowledged.size();
        Eventually.within(Duration.ofSeconds(60), () -> {
            for (Future<?> client : flow) {
                if (client.isDone()) {
                    client.get();
                }
            }
            return acknowledged.size() >= before + more;
        });
    }

    /** Sends a command that must succeed. Any other answer ends the test. */
    private void wish(HttpCalls calls) throws IOException, InterruptedException {
        int number = numbers.incrementAndGet();
        String child = "child-" + number / WISHES_OF_A_CHILD;
        assertThat(status(calls, child, "wish " + number))
                .as("command %d", number)
                .isEqualTo(201);
        acknowledged.put("wish " + number, child);
    }

    private static int status(HttpCalls calls, String child, String wish) throws IOException, InterruptedException {
        return calls.wish(child, "key of " + child + " " + wish, wish).statusCode();
    }

    private void assertRecorded(HttpCalls calls) throws Exception {
        Map<String, Integer> recorded = new HashMap<>();
        for (String child : acknowledged.values().stream().distinct().toList()) {
            for (JsonNode event : calls.get("/wishes/streams/child%23" + child).path("events")) {
                recorded.merge(event.path("data").path("wish").asText(), 1, Integer::sum);
            }
        }
        assertThat(recorded.keySet()).isEqualTo(acknowledged.keySet());
        assertThat(recorded.values()).containsOnly(1);
        String last = Objects.requireNonNull(acknowledged.get("wish " + numbers.get()));
        JsonNode fold = calls.get("/wishes/children/" + last + "?consistency=strong");
        Eventually.within(
                Duration.ofSeconds(30),
                () -> calls.get("/wishes/children/" + last).equals(fold));
        System.out.println("acknowledged: " + acknowledged.size());
    }

    /** Creates a repository of a few packaged slices. The test replaces the zip of one of them. */
    private Path copy() throws IOException {
        Files.createDirectories(root.resolve("infra"));
        for (String file : List.of("infra/context.yaml", "infra/samconfig.toml")) {
            Files.copy(Repository.root().resolve(file), root.resolve(file));
        }
        for (String slice : SLICES) {
            Path from = Repository.root().resolve("functions/wishes/" + slice);
            Path to = root.resolve("functions/wishes/" + slice);
            Files.createDirectories(to.resolve("target"));
            // A cold start may take long on a busy machine with two processors. This test does not measure it.
            Files.writeString(
                    to.resolve("template.yaml"),
                    Files.readString(from.resolve("template.yaml"))
                            .replace("Timeout: 10", "Timeout: 29")
                            .replace(
                                    "        " + SETTING + ":",
                                    "        " + SETTING_OF_THE_UPGRADE + ": fig\n        " + SETTING + ":"));
            Files.copy(from.resolve("target/function.zip"), to.resolve("target/function.zip"));
        }
        return root.resolve("functions/wishes/make-wish/target/function.zip");
    }

    /** Atomically replaces the zip by a copy whose slice treats the wish for a fig as naughty. */
    private void upgrade(Path zip) throws IOException {
        Path original = Repository.root().resolve("functions/wishes/make-wish/target/function.zip");
        Path built = root.resolve("built.zip");
        boolean found = false;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(original));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(built))) {
            out.setLevel(1);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = in.readAllBytes();
                if (entry.getName().equals(CLASS)) {
                    String text = new String(content, StandardCharsets.ISO_8859_1);
                    found = text.contains(SETTING);
                    content = text.replace(SETTING, SETTING_OF_THE_UPGRADE).getBytes(StandardCharsets.ISO_8859_1);
                }
                out.write(content);
            }
        }
        assertThat(found).as("the setting in " + CLASS).isTrue();
        Files.move(built, zip, StandardCopyOption.REPLACE_EXISTING);
    }
}
