package dev.storyline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, a person reads one clear sentence for each trouble, with the place. */
class BadInputTest {
    @TempDir
    private Path root;

    private List<Diagnostic> troubles(byte... bytes) throws IOException {
        Path file = Files.createDirectories(root.resolve("src/contexts/x")).resolve("model.yaml");
        Files.write(file, bytes);
        ModelException trouble = catchThrowableOfType(ModelException.class, () -> Landscape.read(root));
        assertThat(trouble).isNotNull();
        assertThat(trouble.troubles()).allSatisfy(each -> {
            assertThat(each.place().file()).isEqualTo("src/contexts/x/model.yaml");
            assertThat(each.sentence())
                    .endsWith(each.sentence().endsWith("?") ? "?" : ".")
                    .doesNotContain("\n");
            assertThat(each.sentence().length()).isLessThan(300);
        });
        return trouble.troubles();
    }

    private List<Diagnostic> troubles(String text) throws IOException {
        return troubles(text.getBytes(StandardCharsets.UTF_8));
    }

    private Diagnostic only(String text) throws IOException {
        List<Diagnostic> troubles = troubles(text);
        assertThat(troubles).hasSize(1);
        return troubles.getFirst();
    }

    private static void at(Diagnostic trouble, int line, int column) {
        assertThat(trouble.place().line()).as(trouble.toString()).isEqualTo(line);
        assertThat(trouble.place().column()).as(trouble.toString()).isEqualTo(column);
    }

    @Test
    void a_file_beyond_the_limit_is_refused_without_being_read() throws IOException {
        Path file = root.resolve("huge.yaml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(ModelReader.LARGEST_BYTES + 1L);
        }
        ModelException trouble = catchThrowableOfType(ModelException.class, () -> ModelReader.read(file, "huge.yaml"));
        assertThat(trouble).hasMessage("huge.yaml: The file has 16777217 bytes; files of up to 16777216 are read.");
    }

    @Test
    void a_bomb_of_aliases_is_refused_before_it_grows() throws IOException {
        StringBuilder bomb = new StringBuilder("context: x\nactors:\n  a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("  a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(troubles(bomb.toString())).anySatisfy(trouble -> {
            assertThat(trouble.sentence()).startsWith("Anchors and aliases are not read");
            at(trouble, 3, 7);
        });
    }

    @Test
    void an_alias_of_what_it_stands_in_is_refused() throws IOException {
        Diagnostic trouble = only("context: x\nevents: &all\n  JobCreated: *all\n");
        assertThat(trouble.sentence()).startsWith("Anchors and aliases are not read");
        at(trouble, 2, 9);
    }

    @Test
    void a_key_that_stands_twice_is_named_with_both_places() throws IOException {
        Diagnostic trouble = only("context: x\nevents:\n  JobCreated:\n  JobCreated:\n");
        assertThat(trouble.sentence()).isEqualTo("'JobCreated' stands here a second time; first in line 3.");
        at(trouble, 4, 3);
    }

    @Test
    void other_encodings_are_refused_with_what_to_do() throws IOException {
        assertThat(troubles("context: x\nabout: Kinderwünsche\n".getBytes(StandardCharsets.ISO_8859_1)))
                .extracting(Diagnostic::sentence)
                .containsExactly("The file is not UTF-8 text: save it as UTF-8.");
        assertThat(troubles("context: x\n".getBytes(StandardCharsets.UTF_16)))
                .extracting(Diagnostic::sentence)
                .containsExactly("The file is not UTF-8 text: save it as UTF-8.");
        // Without a mark, UTF-16 of plain letters is UTF-8 with zeros between.
        assertThat(troubles("context: x\n".getBytes(StandardCharsets.UTF_16LE)))
                .singleElement()
                .satisfies(trouble ->
                        assertThat(trouble.sentence()).contains("U+0000").contains("save the file as UTF-8"));
    }

    @Test
    void a_byte_order_mark_of_utf_8_is_no_trouble() {
        assertThat(ModelReader.read("\ufeffcontext: x\n", "x").context()).isEqualTo("x");
    }

    @Test
    void nesting_deeper_than_any_model_is_refused_where_it_is_too_deep() throws IOException {
        Diagnostic trouble = only("context: x\nabout: " + "[".repeat(5_000));
        assertThat(trouble.sentence()).contains("too deep");
        at(trouble, 2, 37);
        assertThat(only("context: x\nabout: " + "{a: ".repeat(40) + "b" + "}".repeat(40))
                        .sentence())
                .contains("too deep");
    }

    @Test
    void what_is_new_in_the_language_is_refused_where_it_is_wrong() throws IOException {
        assertThat(troubles("""
                context: x
                commands: [Go]
                story:
                  - chapter: One
                    slices:
                      - slice: go
                        status: nearly done
                        every: now and then
                        after: a while
                        todo: [Here, There]
                        screen: {Form: {buttons: {Send: Stop}, links: {Back: home}, fields: {a: {to: Go.b}}}}
                        specifications: {it goes: {when: {Go: {}, says: Yes.}}}
                """))
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "src/contexts/x/model.yaml:7:17: A status is planned, in progress, done, live, not 'nearly done'.",
                        "src/contexts/x/model.yaml:8:9: Time comes like 'day at 02:00', 'monday at 08:00', 'hour' or"
                                + " '15 minutes', not 'now and then'.",
                        "src/contexts/x/model.yaml:9:9: It acts an amount of time after the event, like '30 minutes',"
                                + " '2 hours' or '3 days', not 'a while'.",
                        "src/contexts/x/model.yaml:10:22: 'todo' names one thing only.",
                        "src/contexts/x/model.yaml:12:42: Only a rejection says something to people: 'rejected: a-rule'.");
    }

    @Test
    void screens_and_stories_that_lead_nowhere_are_told() throws IOException {
        assertThat(troubles("""
                context: x
                commands: {Go: {fields: [a]}}
                story:
                  - chapter: One
                    slices:
                      - slice: go
                        screen: {Form: {buttons: {Send: Stop}, links: {Back: gone}}}
                stories:
                  it goes:
                    when: y.Go
                    eventually: Nothing
                """))
                .extracting(Diagnostic::sentence)
                .containsExactly(
                        "There is no command 'Stop'; define it, or correct the name.",
                        "There is no slice 'gone'; define it, or correct the name.",
                        "There is no context 'y'; did you mean 'x'?",
                        "There is no element 'Nothing'; define it, or correct the name.");
    }

    @Test
    void two_thousand_slices_that_lead_to_each_other_are_read_and_two_thousand_wrong_ones_told_as_some()
            throws IOException {
        StringBuilder text = new StringBuilder("context: x\nevents: [Done]\ncommands: [Go]\nstory:\n");
        text.append("  - chapter: One\n    slices:\n");
        for (int i = 0; i < 2_000; i++) {
            text.append(
                    "      - {slice: go-%d, on: Done, command: Go, events: Done, screen: {A: {links: {Next: go-%d}}}}\n"
                            .formatted(i, (i + 1) % 2_000));
        }
        Path file = Files.createDirectories(root.resolve("src/contexts/x")).resolve("model.yaml");
        Files.writeString(file, text);
        assertThat(Landscape.read(root).models().values())
                .singleElement()
                .satisfies(model -> assertThat(model.slices()).hasSize(2_000));
        assertThat(troubles(text.toString().replace("on: Done", "on: Gone"))).hasSize(50);
    }

    @Test
    void tabs_are_named_where_they_stand() throws IOException {
        Diagnostic trouble = only("context: x\nevents:\n\tJobCreated:\n");
        assertThat(trouble.sentence()).contains("\\t(TAB)");
        at(trouble, 3, 1);
    }

    @Test
    void a_file_without_anything_says_how_to_begin() throws IOException {
        assertThat(only("").sentence()).isEqualTo("The file is empty: begin with 'context: its-name'.");
        assertThat(only("# A comment.\n").sentence()).startsWith("The file is empty");
        assertThat(troubles("hello\n")).first().satisfies(trouble -> at(trouble, 1, 1));
        assertThat(troubles("- a\n- b\n")).first().satisfies(trouble -> at(trouble, 1, 1));
        assertThat(only("context: x\n---\ncontext: y\n").place().line()).isPositive();
    }

    @Test
    void unknown_keys_come_with_the_nearest_right_word_all_at_once() throws IOException {
        List<Diagnostic> troubles = troubles("""
                context: x
                evnts: [JobCreated]
                commands:
                  CreateJob:
                    fields:
                      id: {type: text, exmple: j1}
                """);
        assertThat(troubles)
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "src/contexts/x/model.yaml:2:1: A model has no 'evnts'; did you mean 'events'?",
                        "src/contexts/x/model.yaml:6:24: The field CreateJob.id has no 'exmple'; did you mean 'example'?");
    }

    @Test
    void names_that_lead_nowhere_come_with_the_nearest_that_would_lead_somewhere() throws IOException {
        List<Diagnostic> troubles = troubles("""
                context: x
                events: {JobCreated: {fields: {id: JobIt}}}
                types: {JobId: text}
                story:
                  - chapter: One
                    slices:
                      - slice: create-job
                        events: JobCreatd
                        on: y.Something
                """);
        assertThat(troubles)
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "src/contexts/x/model.yaml:2:32: There is no type 'JobIt'; did you mean 'JobId'?",
                        "src/contexts/x/model.yaml:8:17: There is no event 'JobCreatd'; did you mean 'JobCreated'?",
                        "src/contexts/x/model.yaml:9:13: There is no context 'y'; did you mean 'x'?");
    }

    @Test
    void a_thousand_troubles_are_told_as_some() throws IOException {
        StringBuilder text = new StringBuilder("context: x\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("wrong").append(i).append(": 1\n");
        }
        assertThat(troubles(text.toString())).hasSize(50);
    }

    @Test
    void a_stream_ends_with_events_of_its_own_and_stays_for_a_number_of_days() throws IOException {
        String events = "\nevents:\n  Done: {stream: job}\n  Opened: {stream: region}\n";
        String region = "\n  region: {by: regionId}";
        assertThat(only("context: x\nstreams:\n  job: {by: jobId, ends: Done}" + region + events)
                        .sentence())
                .contains("has 'ends' with the events that end it, and 'keep'");
        assertThat(only("context: x\nstreams:\n  job: {by: jobId, ends: Done, keep: soon}" + region + events)
                        .sentence())
                .contains("'keep' is a number of days from 1 to 36500");
        assertThat(only("context: x\nstreams:\n  job: {by: jobId, ends: Done, keep: 0 days}" + region + events)
                        .sentence())
                .contains("'keep' is a number of days from 1 to 36500");
        assertThat(only("context: x\nstreams:\n  job: {by: jobId, ends: Opened, keep: 9 days}" + region + events)
                        .sentence())
                .contains("Opened");
    }
}
