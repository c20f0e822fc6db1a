package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a local cloud in its own process that is killed, interrupted, or started in a place where it cannot start. */
class KilledTest {
    private static final int COMMANDS = RunLength.of(300, 1_000);
    private static final int CHILDREN = COMMANDS / 10;
    private static final int KILL_AFTER = COMMANDS * 2 / 5;

    @TempDir
    Path folder;

    private CloudProcess start(String data) throws IOException {
        return CloudProcess.start(folder, "--port", "0", "--data", data);
    }

    @Test
    void a_kill_in_the_middle_of_hundreds_of_commands_loses_and_doubles_nothing_that_was_acknowledged()
            throws Exception {
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        String data = folder.resolve("data").toString();
        try (CloudProcess cloud = start(data)) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            CountDownLatch enough = new CountDownLatch(KILL_AFTER);
            try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
                for (int i = 0; i < COMMANDS; i++) {
                    String key = "key-" + i;
                    String child = "child-" + i % CHILDREN;
                    clients.execute(() -> {
                        try {
                            HttpResponse<String> response = calls.wish(child, key, "wish " + key);
                            if (response.statusCode() == 201) {
                                acknowledged.put(key, child);
                                enough.countDown();
                            }
                        } catch (IOException e) {
                            enough.getCount(); // The cloud is dead. Unacknowledged requests may be lost.
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                }
                enough.await();
                cloud.kill();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILL_AFTER);
        try (CloudProcess cloud = start(data)) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            Map<String, Integer> recorded = new HashMap<>();
            List<String> children = new ArrayList<>();
            for (int i = 0; i < CHILDREN; i++) {
                String child = "child-" + i;
                if (acknowledged.containsValue(child)) {
                    children.add(child);
                    for (JsonNode event :
                            calls.get("/wishes/streams/child%23" + child).path("events")) {
                        recorded.merge(event.path("data").path("wish").asText(), 1, Integer::sum);
                    }
                }
            }
            acknowledged.keySet().forEach(key -> assertThat(recorded).containsEntry("wish " + key, 1));
            assertThat(recorded.values()).containsOnly(1);
            for (String child : children) {
                JsonNode fold = calls.get("/wishes/children/" + child + "?consistency=strong");
                Eventually.within(
                        Duration.ofSeconds(30),
                        () -> calls.get("/wishes/children/" + child).equals(fold));
            }
            cloud.interrupt();
            cloud.exit();
            assertThat(cloud.output()).contains("Stopping.");
        }
    }

    @Test
    void what_stands_in_the_way_is_said_in_one_sentence_with_a_status() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CloudProcess cloud =
                        CloudProcess.start(folder, "--in-memory", "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(cloud.exit()).isEqualTo(3);
            assertThat(cloud.output().strip())
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " is in use: stop what runs there, or pass --port with another.");
        }
        String data = folder.resolve("locked").toString();
        try (CloudProcess first = start(data)) {
            URI base = first.listening();
            try (CloudProcess second = start(data)) {
                assertThat(second.exit()).as("beside %s", base).isEqualTo(3);
                assertThat(second.output())
                        .contains("is in use by another process")
                        .doesNotContain("\tat ");
            }
        }
        Path root = Files.createDirectories(folder.resolve("repo/functions/wishes/broken"));
        Files.writeString(root.resolve("template.yaml"), "Resources: [");
        try (CloudProcess cloud = CloudProcess.start(
                folder, "--in-memory", "--root", folder.resolve("repo").toString())) {
            assertThat(cloud.exit()).isEqualTo(3);
            assertThat(cloud.output())
                    .contains("template.yaml is not readable YAML")
                    .doesNotContain("\tat ");
        }
        try (CloudProcess cloud = CloudProcess.start(folder, "--prot", "1")) {
            assertThat(cloud.exit()).isEqualTo(2);
            assertThat(cloud.output()).startsWith("There is no option '--prot'.");
        }
    }
}
