package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that write models into files and compare the files. */
class ModelFilesTest {
    @TempDir
    Path folder;

    private static Ran run(String... arguments) {
        return Ran.in(Ran.REPOSITORY, arguments);
    }

    private static Model wishes() {
        return Objects.requireNonNull(Landscape.read(Ran.REPOSITORY).models().get("wishes"));
    }

    @Test
    void draw_writes_a_file_for_each_context_and_one_for_all() throws Exception {
        Ran all = run("model", "draw", "--out", folder.toString());
        assertThat(all.status()).isZero();
        assertThat(all.out().lines())
                .contains(
                        folder.resolve("wishes.svg").toString(),
                        folder.resolve("all.svg").toString());
        assertThat(Files.readString(folder.resolve("all.svg"))).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        run("model", "draw", "wishes", "--spatial", "--out", folder.toString());
        assertThat(folder.resolve("wishes-spatial.svg")).exists();
        assertThat(folder.resolve("all-spatial.svg")).doesNotExist();
    }

    @Test
    void an_unknown_context_gets_the_nearest_one() {
        for (String[] arguments :
                new String[][] {{"model", "draw", "whishes"}, {"model", "export", "--format", "mermaid", "wishs"}}) {
            Ran ran = run(arguments);
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains("Did you mean 'wishes'?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "scalable"})
    void what_is_exported_is_imported_by_the_same_name(String format) throws Exception {
        Path file = folder.resolve("wishes.json");
        assertThat(run("model", "export", "--format", format, "wishes", "--out", file.toString())
                        .out())
                .startsWith("Wrote ");
        Path model = folder.resolve("model.yaml");
        assertThat(run("model", "import", "--format", format, file.toString(), "--out", model.toString())
                        .status())
                .isZero();
        assertThat(ModelReader.read(model, "model.yaml").context()).isEqualTo("wishes");
    }

    @Test
    void a_board_is_taken_into_the_model_and_a_model_onto_its_board_without_loss() throws Exception {
        Path board = folder.resolve("config.json");
        run("model", "export", "--format", "config", "wishes", "--out", board.toString());
        String ours = Ran.REPOSITORY.resolve("src/contexts/wishes/model.yaml").toString();
        assertThat(run("model", "import", board.toString(), "--into", ours).out())
                .endsWith(ModelWriter.write(wishes()));
        Path back = folder.resolve("back.json");
        Path imported = folder.resolve("imported.yaml");
        run("model", "import", board.toString(), "--out", imported.toString());
        Ran taken = run(
                "model",
                "export",
                "--format",
                "config",
                "--onto",
                board.toString(),
                imported.toString(),
                "--out",
                back.toString());
        assertThat(taken.err()).isEmpty();
        assertThat(Files.readString(back)).isEqualTo(Files.readString(board));
    }

    @Test
    void a_file_of_another_tool_is_checked_drawn_and_compared_without_an_import() throws Exception {
        String text = "{\"slices\": [{\"title\": \"Ring Bell\", \"status\": \"Done\", \"groupId\": \"1\","
                + " \"commands\": [{\"title\": \"Ring Bell\"}]}]}";
        String board = Files.writeString(folder.resolve("config.json"), text).toString();
        String other = Files.writeString(folder.resolve("other.json"), text.replace("Done", "Planned"))
                .toString();
        assertThat(run("model", "check", board).err())
                .contains("# Passed over, for a model has no place for it: groupId.");
        assertThat(run("model", "status", board).out()).startsWith("imported\n");
        assertThat(run("model", "draw", board, "--without-scenarios", "--out", folder.toString())
                        .out())
                .isEqualTo(folder.resolve("imported.svg") + "\n");
        assertThat(run("model", "diff", board, other).out()).isEqualTo("~ slice ring-bell.status: done -> planned\n");
        Ran refused = run(
                "model",
                "import",
                Files.writeString(folder.resolve("notes.txt"), "hello\n").toString());
        assertThat(refused.status()).isNotZero();
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("This is no model and no board.");
    }

    @Test
    void several_files_need_a_folder() {
        assertThat(run("model", "export", "--format", "config").err()).contains("name a folder for them with --out");
        assertThat(run("model", "export", "--format", "eventcatalog", "wishes").err())
                .contains("--out");
        assertThat(run("model", "export", "--format", "eventcatalog", "wishes").status())
                .isEqualTo(2);
        assertThat(run("model", "export", "--format", "markdown").out())
                .contains("# logistics", "# naughtychildren", "# wishes");
    }

    @Test
    void the_exit_status_says_whether_two_files_differ() throws Exception {
        String text = ModelWriter.write(wishes());
        String old = Files.writeString(folder.resolve("old.yaml"), text).toString();
        String now = Files.writeString(folder.resolve("new.yaml"), text.replace("owner: wishes", "owner: santa"))
                .toString();
        Ran same = run("model", "diff", old, old);
        assertThat(same.status()).isZero();
        assertThat(same.out()).isEmpty();
        Ran different = run("model", "diff", old, now, "--json");
        assertThat(different.status()).isEqualTo(1);
        assertThat(different.json().at("/changes/0/after").asText()).isEqualTo("santa");
        assertThat(run("model", "diff", old, now).out()).isEqualTo("~ model owner: wishes -> santa\n");
    }
}
