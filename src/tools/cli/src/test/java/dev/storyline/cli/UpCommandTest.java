package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.database.LocalDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./storyline up}, in a process of its own. */
@Tag("slow")
class UpCommandTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path root;

    private CornerShop shop = new CornerShop(Path.of(""));

    @BeforeEach
    void openShop() throws IOException {
        shop = CornerShop.in(root);
    }

    @Test
    void a_port_in_use_is_one_sentence_and_status_3() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("up", "--in-memory", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(trouble(process))
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " is in use: stop what runs there, or pass --port with another.");
        }
    }

    @Test
    void a_data_directory_in_use_is_one_sentence_and_status_3() throws Exception {
        Path data = root.resolve("data");
        try (LocalDatabase _ = LocalDatabase.open(data)) {
            Process process = start("up", "--port", "0", "--data", data.toString());

            assertThat(trouble(process))
                    .isEqualTo("The data directory " + data
                            + " is in use by another process: stop that one, or name another directory.");
        }
    }

    @Test
    void a_data_directory_that_cannot_be_written_is_one_sentence_and_status_3() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThat(trouble(start("up", "--port", "0", "--data", file.toString())))
                .startsWith("The data directory " + file + " cannot be used: ");
    }

    @Test
    void a_damaged_data_directory_is_one_sentence_and_status_3() throws Exception {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.write(data.resolve("shared-local-instance.db"), new byte[] {1, 2, 3});

        assertThat(trouble(start("up", "--port", "0", "--data", data.toString())))
                .contains("the data directory may be damaged");
    }

    @Test
    void an_unreadable_template_is_one_sentence_and_status_3() throws Exception {
        shop.write("infra/shop.yaml", "Resources: [");

        assertThat(trouble(start("up", "--in-memory", "--port", "0")))
                .startsWith("The template " + root.resolve("infra/shop.yaml") + " is not readable YAML: ");
    }

    @Test
    void a_slice_that_is_not_built_is_one_sentence_and_status_3() throws Exception {
        Files.delete(root.resolve(CornerShop.SLICE + "/target/runtime.classpath"));

        assertThat(trouble(start("up", "--in-memory", "--port", "0")))
                .isEqualTo("The slice shop/take-order is not built: run './storyline package shop/take-order'.");
    }

    @Test
    void it_says_where_it_listens_and_stops_cleanly_when_asked() throws Exception {
        Process process = start("up", "--in-memory", "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            assertThat(post(base(out), "one")).isEqualTo(201);
            assertThat(out.readLine()).isEqualTo("Slices: shop/take-order");
            assertThat(out.readLine())
                    .isEqualTo("No token is asked for: whoever reaches this port may do everything. --auth asks.");
            // Not Process.destroy, which would close what the process still has to say.
            assertThat(process.toHandle().destroy()).isTrue();

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(lines(out).getLast()).isEqualTo("Stopping.");
        }
    }

    @Test
    void with_auth_it_prints_a_token_of_each_actor_that_opens_what_the_actor_may_do() throws Exception {
        shop.slice("show", "echo", """
                GET /orders/{id}
                      AuthorizationType: JWT
                      AuthorizationScopes: [shop/customer]""").write("src/contexts/shop/model.yaml", """
                context: shop
                types: {CustomerId: {is: text, example: ann}}
                actors:
                  clerk: Sells.
                  customer: {about: Buys., is: CustomerId}
                """);
        Process process = start("up", "--auth", "--in-memory", "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            URI base = base(out);
            out.readLine();
            assertThat(out.readLine())
                    .isEqualTo("Tokens are asked for. These are good for 8 hours, and for development only:");
            assertThat(out.readLine()).startsWith("  shop/clerk as clerk: eyJ");
            String customer = out.readLine();
            assertThat(customer).startsWith("  shop/customer as ann: eyJ");
            assertThat(out.readLine()).contains(base + "/oauth2/token -d scope=");
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/orders/1"));
            assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            request.header("authorization", "Bearer " + customer.substring(customer.indexOf("eyJ")));
            assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).body())
                    .contains("\"sub\":\"ann\"");
            for (String form : List.of("scope=%zz&subject=a", "scope=shop/clerk&subject=%", "subject=a%4", "%C3=%28")) {
                HttpResponse<String> refused = CLIENT.send(
                        HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(refused.statusCode()).as(form).isEqualTo(400);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void an_issuer_that_does_not_answer_is_one_sentence_and_status_3() throws Exception {
        assertThat(trouble(start(
                        "up", "--in-memory", "--port", "0", "--auth", "http://127.0.0.1:9", "--audience", "storyline")))
                .startsWith("The issuer's discovery document cannot be read, http://127.0.0.1:9/.well-known/");
    }

    private static int post(URI base, String id) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/orders/" + id))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static URI base(BufferedReader out) throws IOException {
        String line = String.valueOf(out.readLine());
        assertThat(line).startsWith("Storyline listens on http://127.0.0.1:");
        return URI.create(line.substring("Storyline listens on ".length(), line.indexOf(',')));
    }

    private static String trouble(Process process) throws Exception {
        List<String> said = lines(process.errorReader());
        assertThat(process.waitFor()).as(said.toString()).isEqualTo(3);
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    private String clock(Path data, String... time) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("clock", "--data", data.toString()));
        arguments.addAll(List.of(time));
        Process process = start(arguments.toArray(String[]::new));
        try (BufferedReader out = process.inputReader()) {
            String said = String.join("\n", lines(out));
            assertThat(process.waitFor()).isZero();
            return said;
        }
    }

    @Test
    void the_clock_moves_forward_while_it_runs_and_while_it_rests_and_it_says_so() throws Exception {
        Path data = root.resolve("data");
        Process process = start("up", "--port", "0", "--data", data.toString());
        try (BufferedReader out = process.inputReader()) {
            assertThat(post(base(out), "one")).isEqualTo(201);
            assertThat(clock(data)).matches("The clock says [0-9T:-]+Z\\.");
            assertThat(clock(data, "+2d")).endsWith(": it was moved, and is 2 d 0 min ahead.");
            assertThat(trouble(start("clock", "2026-01-01T00:00:00Z", "--data", data.toString())))
                    .contains("never goes back to 2026-01-01T00:00:00Z");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(clock(data, "+3h")).endsWith(": it was moved, and is 2 d 3 h 0 min ahead.");
        Process again = start("up", "--port", "0", "--data", data.toString());
        try (BufferedReader out = again.inputReader()) {
            assertThat(base(out)).isNotNull();
            assertThat(out.readLine()).startsWith("The clock was moved: it says ");
        } finally {
            again.destroyForcibly().waitFor();
        }
    }

    private static List<String> lines(BufferedReader reader) {
        return reader.lines().toList();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dstoryline.root=" + root,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Storyline.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
