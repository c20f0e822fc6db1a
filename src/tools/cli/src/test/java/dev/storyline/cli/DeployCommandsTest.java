package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandsTest {
    @Test
    void the_lint_answers_with_its_status(@TempDir Path root) throws Exception {
        assertThat(Ran.in(Ran.REPOSITORY, "deploy", "lint").status()).isZero();
        copy(root);
        Path template = root.resolve("functions/wishes/child-wishes/template.yaml");
        Files.writeString(template, Files.readString(template).replace("TRIM_HORIZON", "LATEST"));
        Ran ran = Ran.in(root, "deploy", "lint");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("[latest-start]", "1 found.");
        JsonNode json = Ran.in(root, "deploy", "lint", "--json").json();
        assertThat(json.at("/findings")).hasSize(1);
        assertThat(json.at("/findings/0/rule").asText()).isEqualTo("latest-start");
        assertThat(json.at("/findings/0/file").asText()).isEqualTo("functions/wishes/child-wishes/template.yaml");
    }

    @Test
    void the_plan_is_the_same_as_text_and_as_json() throws Exception {
        Ran text = Ran.in(Ran.REPOSITORY, "deploy", "plan");
        assertThat(text.status()).isZero();
        JsonNode json = Ran.in(Ran.REPOSITORY, "deploy", "plan", "--json").json();
        assertThat(json.path("steps")).hasSize((int)
                text.out().lines().filter(line -> line.startsWith("# ")).count());
        for (JsonNode step : json.path("steps")) {
            assertThat(text.out()).contains("# " + step.path("stack").asText());
            step.path("commands").forEach(command -> assertThat(text.out()).contains(command.asText()));
        }
    }

    @Test
    void a_revision_that_does_not_exist_is_one_sentence() {
        Ran ran = Ran.in(Ran.REPOSITORY, "deploy", "plan", "--since", "no-such-branch");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err())
                .startsWith("There is no revision 'no-such-branch'")
                .hasLineCount(1);
        assertThat(Ran.in(Ran.REPOSITORY, "deploy", "plan", "--since", "").status())
                .isEqualTo(2);
    }

    /** Copies what the lint reads. */
    private static void copy(Path root) {
        for (String folder : new String[] {"infra", "functions", "src/contexts"}) {
            try (Stream<Path> files = Files.walk(Ran.REPOSITORY.resolve(folder))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().contains("/target/"))::iterator) {
                    Path to = root.resolve(Ran.REPOSITORY.relativize(file));
                    Files.createDirectories(to.resolveSibling(""));
                    Files.copy(file, to);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
