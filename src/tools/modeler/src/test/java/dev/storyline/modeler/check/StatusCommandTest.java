package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.model.ModelException;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final String ONE_LINE = "context: x\nevents:\n  JobCreated:\n";

    @TempDir
    private Path root;

    private String run(ModelCommand command, String... arguments) throws Arguments.BadUsage {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(command.run(root, List.of(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .isZero();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String sign(String... more) throws Arguments.BadUsage {
        List<String> arguments = new java.util.ArrayList<>(List.of("x", "collect-events", "--by", "Ann: \"A\""));
        arguments.addAll(List.of("--on", "2026-11-20"));
        arguments.addAll(List.of(more));
        return run(new SignCommand(), arguments.toArray(String[]::new));
    }

    @Test
    void one_event_in_one_line_is_valid_and_status_says_what_is_next() throws Exception {
        Planted.write(root, ONE_LINE);
        assertThat(run(new StatusCommand()))
                .contains("1 collect events       1 of 1")
                .contains("who: domain expert not yet, product owner not yet, developer not yet")
                .contains("2 refine               0 of 1")
                .contains("next: JobCreated: a sentence that says what it means")
                .contains("next: JobCreated: the slice that makes it")
                .contains("next: JobCreated: its stream")
                .contains("next: a first command")
                .contains("8 completeness check   0 of 1");
    }

    @Test
    void a_model_without_anything_waits_for_its_first_event() throws Exception {
        Planted.write(root, "context: x\n");
        assertThat(run(new StatusCommand(), "x")).contains("0 of 1").contains("next: a first event");
    }

    @Test
    void many_missing_things_are_counted_and_not_listed() throws Exception {
        Planted.write(root, "context: x\nevents: [AaMade, BbMade, CcMade, DdMade, EeMade, FfMade, GgMade]\n");
        assertThat(run(new StatusCommand())).contains("EeMade: its stream; and 2 more");
        assertThat(run(new StatusCommand(), "--all"))
                .contains("GgMade: its stream")
                .doesNotContain("more");
    }

    @Test
    void a_signed_step_is_open_again_when_an_event_changes_or_comes() throws Exception {
        Planted.write(root, ONE_LINE);
        sign("--role", "domain-expert", "--write");
        assertThat(run(new StatusCommand()))
                .contains("domain expert signed (Ann: \"A\", 2026-11-20), product owner not yet");
        Path file = root.resolve("src/contexts/x/model.yaml");
        String signed = Files.readString(file);
        // A comment and other places change nothing.
        Files.writeString(file, "# A comment.\n" + signed);
        assertThat(run(new StatusCommand())).contains("domain expert signed");
        Files.writeString(file, signed.replace("JobCreated:\n", "JobCreated: A job is there.\n  JobDone:\n"));
        assertThat(run(new StatusCommand()))
                .contains("domain expert to look again")
                .contains("since domain expert signed: event JobCreated changed; event JobDone is new");
        sign("--role", "domain expert", "--write");
        assertThat(run(new StatusCommand())).contains("domain expert signed").doesNotContain("look again");
    }

    @Test
    void signing_prints_the_lines_and_writes_nothing_unless_asked() throws Exception {
        Planted.write(root, ONE_LINE);
        String lines = sign("--role", "developer");
        assertThat(lines).startsWith("  - step: collect events\n    role: developer\n");
        Path file = root.resolve("src/contexts/x/model.yaml");
        assertThat(Files.readString(file)).isEqualTo(ONE_LINE);
        Files.writeString(file, ONE_LINE + "reviews:\n" + lines);
        assertThat(run(new StatusCommand())).contains("developer signed");
    }

    @Test
    void a_review_is_added_where_the_others_are() throws Exception {
        Planted.write(
                root,
                "context: x\nreviews:\n- {step: refine, role: user, by: Bo, on: 2026-01-01}\nevents: [JobDone]\n");
        sign("--role", "developer", "--write");
        assertThat(Files.readString(root.resolve("src/contexts/x/model.yaml")))
                .contains("2026-01-01}\n- step: collect events\n")
                .endsWith("\nevents: [JobDone]\n");
    }

    @Test
    void reviews_in_one_line_are_left_alone() throws IOException {
        String text = "context: x\nreviews: []\nevents: [JobDone]\n";
        Planted.write(root, text);
        assertThatThrownBy(() -> sign("--role", "developer", "--write")).isInstanceOf(ModelException.class);
        assertThat(Files.readString(root.resolve("src/contexts/x/model.yaml"))).isEqualTo(text);
    }

    @Test
    void what_cannot_be_understood_is_said_with_what_can() {
        Planted.write(root, ONE_LINE);
        assertThatThrownBy(() -> sign("--role", "boss"))
                .isInstanceOf(Arguments.BadUsage.class)
                .hasMessageContaining("domain expert, product owner, developer; not 'boss'");
        assertThatThrownBy(() -> run(new SignCommand(), "x", "refin", "--role", "developer", "--by", "Bo"))
                .hasMessage("There is no step 'refin'; did you mean 'refine'?");
        assertThatThrownBy(() -> run(new SignCommand(), "y", "refine")).hasMessageContaining("There is no context 'y'");
        assertThatThrownBy(() -> sign("--role", "developer", "--on", "today")).hasMessageContaining("2026-11-30");
    }
}
