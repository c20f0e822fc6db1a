package dev.storyline.modeler.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path root;

    private record Ran(int status, String out, String err) {}

    private Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                root,
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void model(String text) throws IOException {
        Path file = root.resolve("src/contexts/shop/model.yaml");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    @Test
    void without_a_command_every_command_is_told() {
        Ran ran = run("model");
        assertThat(ran.status()).isZero();
        assertThat(ran.out().lines())
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).startsWith("Usage: ./storyline model "));
        assertThat(run("slice").out()).startsWith("Usage: ./storyline slice new");
    }

    @Test
    void every_command_says_how_it_is_used() {
        for (String command : List.of("check", "status", "sign", "draw", "diff", "import", "export")) {
            Ran ran = run("model", command, "--help");
            assertThat(ran.status()).isZero();
            assertThat(ran.out()).startsWith("Usage: ./storyline model " + command);
        }
    }

    @Test
    void a_command_that_is_mistyped_gets_the_nearest_one() {
        Ran ran = run("model", "chek");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no command 'model chek'; did you mean 'check'?");
    }

    @Test
    void a_wrong_option_is_told_with_the_usage_and_changes_nothing() {
        Ran ran = run("model", "check", "--jsn");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--jsn").contains("Usage: ./storyline model check");
    }

    @Test
    void a_model_that_cannot_be_read_is_told_by_its_place() throws IOException {
        model("context: shop\nevnets:\n");
        Ran ran = run("model", "check");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).startsWith("src/contexts/shop/model.yaml:2:1: ").contains("did you mean 'events'?");
    }

    @Test
    void an_expert_adds_an_event_with_one_line_and_the_model_is_valid() throws IOException {
        model("context: shop\nevents:\n  OrderPlaced:\n");
        assertThat(run("model", "check").status()).isZero();
        assertThat(run("model", "status").out()).contains("OrderPlaced");
    }
}
