package dev.storyline.local;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A local cloud in a process of its own that is killed under load. */
class KilledCloudTest {
    private static final int CLIENTS = 16;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path root;

    /** The process: a local cloud on the repository and the data directory that its arguments name. */
    static final class Cloud {
        private Cloud() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalCloud cloud =
                    LocalCloud.start(new LocalCloud.Options(Path.of(arguments[0]), 0, Path.of(arguments[1])));
            System.out.println(cloud.baseUri());
            new CountDownLatch(1).await();
        }
    }

    private Process start(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dfed=" + root.resolve("fed"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Cloud.class.getName(),
                        root.toString(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void nothing_acknowledged_is_lost_when_the_process_is_killed() throws Throwable {
        Shop shop =
                Shop.in(root).route("take-order", "order", "POST /orders/{id}").feed("orders", "BatchSize: 100");
        DeliveryFunction.SEEN.clear();
        DeliveryFunction.ANSWERS.clear();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Process process = start(root.resolve(".data"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                BufferedReader out = process.inputReader()) {
            try {
                URI base = URI.create(String.valueOf(out.readLine()));
                AtomicInteger next = new AtomicInteger();
                for (int client = 0; client < CLIENTS; client++) {
                    clients.execute(() -> order(process, base, next, acknowledged));
                }
                soon(() -> assertThat(acknowledged).hasSizeGreaterThan(500));
            } finally {
                // Also where the condition fails: the clients end with the process.
                process.destroyForcibly().waitFor();
            }
        }
        Set<String> fed = new HashSet<>();
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            Set<String> kept = new HashSet<>();
            cloud.dynamo()
                    .scanPaginator(request -> request.tableName(Shop.EVENTS))
                    .items()
                    .forEach(item -> kept.add(item.getOrDefault("stream", AttributeValue.fromS(""))
                            .s()));
            assertThat(kept).containsAll(acknowledged);
            Shop.append(cloud, "last");
            soon(() -> assertThat(DeliveryFunction.seen("orders")).contains("last"));
            fed.addAll(DeliveryFunction.seen("orders"));
        }
        if (Files.exists(root.resolve("fed"))) {
            fed.addAll(Files.readAllLines(root.resolve("fed")));
        }
        assertThat(fed).containsAll(acknowledged);
    }

    /** Orders until the process has ended. */
    private static void order(Process process, URI base, AtomicInteger next, Set<String> acknowledged) {
        while (process.isAlive()) {
            String id = "order-" + next.getAndIncrement();
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/orders/" + id))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            try {
                if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 201) {
                    acknowledged.add(id);
                }
            } catch (IOException e) {
                // The process was killed before its answer: nothing is acknowledged.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
