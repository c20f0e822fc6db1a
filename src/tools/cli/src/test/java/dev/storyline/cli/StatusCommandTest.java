package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final String ONE_LINE = "context: x\nevents:\n  JobCreated:\n";

    @TempDir
    private Path root;

    private String status(String... arguments) {
        return run(0, "status", arguments).out();
    }

    private Ran run(int status, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("model", command));
        all.addAll(List.of(arguments));
        Ran ran = Ran.in(root, all.toArray(String[]::new));
        assertThat(ran.status()).as("%s%s", ran.out(), ran.err()).isEqualTo(status);
        return ran;
    }

    private String sign(String... more) {
        return sign(0, more).out();
    }

    private Ran sign(int status, String... more) {
        List<String> arguments = new ArrayList<>(List.of("x", "collect-events", "--by", "Ann: \"A\""));
        if (!List.of(more).contains("--on")) {
            arguments.addAll(List.of("--on", "2026-11-20"));
        }
        arguments.addAll(List.of(more));
        return run(status, "sign", arguments.toArray(String[]::new));
    }

    @Test
    void one_event_in_one_line_is_valid_and_status_says_what_is_next() throws Exception {
        Planted.write(root, ONE_LINE);
        assertThat(status())
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
        assertThat(status("x")).contains("0 of 1").contains("next: a first event");
    }

    @Test
    void many_missing_things_are_counted_and_not_listed() throws Exception {
        Planted.write(root, "context: x\nevents: [AaMade, BbMade, CcMade, DdMade, EeMade, FfMade, GgMade]\n");
        assertThat(status()).contains("EeMade: its stream; and 2 more");
        assertThat(status("--all")).contains("GgMade: its stream").doesNotContain("more");
    }

    @Test
    void a_signed_step_is_open_again_when_an_event_changes_or_comes() throws Exception {
        Planted.write(root, ONE_LINE);
        sign("--role", "domain-expert", "--write");
        assertThat(status()).contains("domain expert signed (Ann: \"A\", 2026-11-20), product owner not yet");
        Path file = root.resolve("src/contexts/x/model.yaml");
        String signed = Files.readString(file);
        // A comment and other places change nothing.
        Files.writeString(file, "# A comment.\n" + signed);
        assertThat(status()).contains("domain expert signed");
        Files.writeString(file, signed.replace("JobCreated:\n", "JobCreated: A job is there.\n  JobDone:\n"));
        assertThat(run(1, "status").out())
                .contains("domain expert to look again")
                .contains("since domain expert signed: event JobCreated changed; event JobDone is new");
        sign("--role", "domain expert", "--write");
        assertThat(status()).contains("domain expert signed").doesNotContain("look again");
    }

    @Test
    void signing_prints_the_lines_and_writes_nothing_unless_asked() throws Exception {
        Planted.write(root, ONE_LINE);
        String lines = sign("--role", "developer");
        assertThat(lines).startsWith("  - step: collect events\n    role: developer\n");
        Path file = root.resolve("src/contexts/x/model.yaml");
        assertThat(Files.readString(file)).isEqualTo(ONE_LINE);
        Files.writeString(file, ONE_LINE + "reviews:\n" + lines);
        assertThat(status()).contains("developer signed");
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
        assertThat(sign(3, "--role", "developer", "--write").err()).startsWith("src/contexts/x/model.yaml:");
        assertThat(Files.readString(root.resolve("src/contexts/x/model.yaml"))).isEqualTo(text);
    }

    @Test
    void what_cannot_be_understood_is_said_with_what_can() {
        Planted.write(root, ONE_LINE);
        assertThat(sign(2, "--role", "boss").err()).contains("domain expert, product owner, developer; not 'boss'");
        assertThat(run(2, "sign", "x", "refin", "--role", "developer", "--by", "Bo")
                        .err())
                .startsWith("There is no step 'refin'. Did you mean 'refine'?");
        assertThat(run(2, "sign", "y", "refine", "--role", "developer", "--by", "Bo")
                        .err())
                .startsWith("There is no context 'y'.");
        assertThat(run(2, "sign", "x", "refine", "--role", "developer", "--by", " ")
                        .err())
                .startsWith("The option --by needs");
        assertThat(sign(2, "--role", "developer", "--on", "today").err()).contains("2026-11-30");
    }

    @Test
    void programs_read_the_same_as_json() throws Exception {
        Planted.write(root, ONE_LINE);
        sign("--role", "developer", "--write");
        var first = run(0, "status", "--json").json().at("/contexts/0/steps/0");
        assertThat(first.path("step").asText()).isEqualTo("collect events");
        assertThat(first.path("done").asInt()).isEqualTo(1);
        assertThat(first.at("/signed/developer/on").asText()).isEqualTo("2026-11-20");
        assertThat(first.path("waiting")).hasSize(2);
    }

    @Test
    void a_review_of_a_step_that_does_not_exist_is_status_1() {
        Planted.write(root, "context: x\nreviews:\n- {step: refin, role: user, by: Bo, on: 2026-01-01}\n");
        assertThat(run(1, "status").out()).contains("there is no step 'refin'; did you mean 'refine'?");
    }
}
