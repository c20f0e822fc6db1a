package dev.storyline.modeler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.modeler.check.Check;
import dev.storyline.modeler.check.CheckRule;
import dev.storyline.modeler.check.ModelFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the refusals of the scaffold, and that a refusal changes no file. */
class SliceScaffoldTest {
    private static final String MODEL = """
            context: library
            actors: {reader: Reads.}
            streams:
              book: {by: bookId, about: One book.}
            types:
              BookId: {is: text, example: b1}
            events:
              BookLent:
                stream: book
                fields: {bookId: BookId, at: instant}
            commands:
              LendBook:
                stream: book
                fields: {bookId: BookId, at: {type: instant, generated: clock}}
            story:
              - chapter: Lending
                slices:
                  - slice: lend-book
                    pattern: state change
                    actor: reader
                    command: LendBook
                    events: BookLent
            """;

    @TempDir
    private Path root;

    private String told = "";

    @BeforeEach
    void library() throws IOException {
        write("src/contexts/library/model.yaml", MODEL);
        write("src/contexts/library/src/main/java/dev/storyline/contexts/library/Library.java", """
                package dev.storyline.contexts.library;

                import dev.storyline.kernel.Language;
                import java.util.List;
                import java.util.Set;

                public final class Library {
                    public static final Language LANGUAGE = Language.of("library", Set.of(ShelfEvent.class), List.of());
                }
                """);
        write("src/contexts/library/src/main/java/dev/storyline/contexts/library/ShelfEvent.java", """
                package dev.storyline.contexts.library;

                public sealed interface ShelfEvent {
                    @EventType("ShelfFilled")
                    record ShelfFilled(BookId bookId) implements ShelfEvent {}
                }
                """);
        write("functions/library/pom.xml", "<modules>\n  <module>fill-shelf</module>\n</modules>\n");
        write("infra/samconfig.toml", "[library.deploy.parameters]\ntemplate_file = \"context.yaml\"\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private void model(String search, String replacement) throws IOException {
        assertThat(MODEL).contains(search);
        write("src/contexts/library/model.yaml", MODEL.replace(search, replacement));
    }

    /** Writes a slice: the name of the context, the name of the slice, then the options of the command line. */
    private int slice(String context, String name, String... options) {
        List<String> given = List.of(options);
        int pattern = given.indexOf("--pattern");
        int route = given.indexOf("--route");
        ScaffoldReport report = SliceScaffold.write(
                root,
                context,
                name,
                new SliceScaffold.Options(
                        pattern < 0 ? null : Pattern.of(given.get(pattern + 1)).orElseThrow(),
                        route < 0 ? null : given.get(route + 1),
                        given.contains("--missing")));
        told = report.text();
        return report.complete() ? 0 : 1;
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private void assertRefused(String... parts) throws IOException {
        Map<String, String> before = files();
        assertThat(slice("library", "lend-book")).isEqualTo(1);
        assertThat(told).contains(parts);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_slice_is_written_once_and_the_same_each_time() throws IOException {
        Map<String, String> before = files();
        assertThat(slice("library", "lend-book")).isZero();
        assertThat(told)
                .contains(
                        "functions/library/lend-book/template.yaml",
                        "./storyline test library/lend-book",
                        "./storyline up --contexts library");
        Map<String, String> after = files();
        assertRefused("functions/library/lend-book is there already", "--missing");
        for (String name : after.keySet()) {
            if (before.containsKey(name)) {
                write(name, before.get(name));
            } else {
                Files.delete(root.resolve(name));
            }
        }
        try (Stream<Path> folders = Files.walk(root.resolve("functions/library/lend-book"))) {
            for (Path folder :
                    folders.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(folder);
            }
        }
        slice("library", "lend-book");
        assertThat(files()).isEqualTo(after);
    }

    @Test
    void whoever_has_an_identity_acts_for_itself_only() throws IOException {
        write(
                "src/contexts/library/model.yaml",
                MODEL.replace("{reader: Reads.}", "{reader: {about: Reads., is: BookId}, clerk: Lends.}")
                        .replace("actor: reader", "actor: [reader, clerk]"));
        slice("library", "lend-book");
        assertThat(
                        files().get(
                                        "functions/library/lend-book/src/main/java/dev/storyline/library/lendbook/LendBookFunction.java"))
                .contains(".own(LendBookRequest::bookId, \"clerk\");");
    }

    @Test
    void what_the_language_lacks_is_added_to_it() throws IOException {
        slice("library", "lend-book");
        assertThat(files().get("src/contexts/library/src/main/java/dev/storyline/contexts/library/Library.java"))
                .contains("Set.of(ShelfEvent.class, LendBookEvent.class)", "StreamId stream(BookId bookId)");
        assertThat(files().get("src/contexts/library/src/main/java/dev/storyline/contexts/library/LendBookEvent.java"))
                .contains("@EventType(\"BookLent\")", "record BookLent(BookId bookId, Instant at)");
        assertThat(files())
                .containsKey("src/contexts/library/src/main/java/dev/storyline/contexts/library/BookId.java");
        assertThat(files().get("functions/library/pom.xml")).contains("  <module>lend-book</module>\n");
    }

    @Test
    void a_family_of_old_events_gets_one_above_it_that_has_the_new_ones_too() throws IOException {
        model("    events: BookLent\n", "    folds: ShelfFilled\n        events: BookLent\n");
        write(
                "src/contexts/library/model.yaml",
                Files.readString(root.resolve("src/contexts/library/model.yaml"))
                        .replace(
                                "\nevents:\n", "\nevents:\n  ShelfFilled: {stream: book, fields: {bookId: BookId}}\n"));
        assertThat(slice("library", "lend-book")).as(told).isZero();
        assertThat(files().get("src/contexts/library/src/main/java/dev/storyline/contexts/library/ShelfEvent.java"))
                .contains("public sealed interface ShelfEvent extends LendBookStory {");
        assertThat(files().get("src/contexts/library/src/main/java/dev/storyline/contexts/library/LendBookStory.java"))
                .contains("permits LendBookEvent, ShelfEvent");
    }

    @Test
    void missing_files_are_written_and_others_left_alone() throws IOException {
        slice("library", "lend-book");
        Map<String, String> complete = files();
        String decider =
                "functions/library/lend-book/src/main/java/dev/storyline/library/lendbook/LendBookDecider.java";
        write(decider, "mine");
        Files.delete(root.resolve("functions/library/lend-book/template.yaml"));
        assertThat(slice("library", "lend-book", "--missing")).isZero();
        Map<String, String> after = files();
        assertThat(after.put(decider, String.valueOf(complete.get(decider)))).isEqualTo("mine");
        assertThat(after).isEqualTo(complete);
    }

    @Test
    void a_slice_that_the_model_lacks_is_added_only_when_its_pattern_is_told() throws IOException {
        Map<String, String> before = files();
        assertThat(slice("library", "find-book")).isEqualTo(1);
        assertThat(told).contains("no slice 'find-book'", "--pattern");
        assertThat(files()).isEqualTo(before);
        assertThat(slice("library", "find-book", "--pattern", "state view")).isZero();
        assertThat(told).contains("identity: true");
        assertThat(files().get("src/contexts/library/model.yaml"))
                .isEqualTo(MODEL + "\n      - slice: find-book\n        pattern: state view\n");
        assertThat(slice("library", "find-book")).isEqualTo(1);
        assertThat(told)
                .contains("model.yaml:24:9: Say which 'view' the slice keeps", "Say which events the view is made of");
    }

    @Test
    void an_entry_that_is_too_young_is_told_what_it_lacks_with_the_place() throws IOException {
        model("        command: LendBook\n", "");
        assertRefused("model.yaml:18:9: Say which 'command'");
        model("        events: BookLent\n", "");
        assertRefused("Say which 'events' the slice records");
        model("bookId: BookId, at: instant}", "bookId: BookId, at: }");
        assertRefused("model.yaml:", "Say what type 'at' has");
        model("    fields: {bookId: BookId, at: instant}\n", "");
        assertRefused("Say what the event BookLent tells");
        model("by: bookId, ", "");
        assertRefused("Say which field names the entity of the stream 'book'");
        model("at: {type: instant, generated: clock}", "class: text");
        assertRefused("The name 'class' has a meaning in Java");
        model("        pattern: state change\n", "");
        assertRefused("Say which 'pattern'");
    }

    @Test
    void what_the_runtime_cannot_run_is_refused_with_the_sentence_of_the_check() throws IOException {
        for (String shape : List.of(
                "pattern: automation\n        command: LendBook",
                "pattern: automation\n        todo: Books\n        dispatches: LendBook",
                "pattern: automation\n        every: day at 02:00\n        dispatches: LendBook",
                "pattern: state change\n        on: BookLent\n        command: LendBook",
                "pattern: translation\n        on: BookLent\n        command: LendBook")) {
            model(
                    "pattern: state change\n        actor: reader\n        command: LendBook",
                    shape + "\n        view: Books");
            write(
                    "src/contexts/library/model.yaml",
                    Files.readString(root.resolve("src/contexts/library/model.yaml"))
                            .replace("story:\n", "views: [Books]\nstory:\n"));
            List<ModelFinding> found = Check.of(Landscape.read(root)).findings().stream()
                    .filter(finding -> finding.rule() == CheckRule.NOT_SCAFFOLDED)
                    .toList();
            assertThat(found).as(shape).isNotEmpty();
            assertRefused(found.stream()
                    .map(finding -> finding.sentence().replace("lend-book cannot be scaffolded. ", ""))
                    .toArray(String[]::new));
        }
    }

    @Test
    void a_route_that_is_taken_or_makes_no_sense_is_refused() throws IOException {
        write("functions/library/fill-shelf/template.yaml", "      RouteKey: POST /library/books/{any}/lend-book\n");
        assertRefused("POST /library/books/{bookId}/lend-book is that of library/fill-shelf already");
        assertThat(slice("library", "lend-book", "--route", "GET /library/{bookId}"))
                .isEqualTo(1);
        assertThat(told).contains("is reached by POST");
        assertThat(slice("library", "lend-book", "--route", "POST /library/{shelf}"))
                .isEqualTo(1);
        assertThat(told).contains("has 'shelf', which is nothing that the command's sender tells");
        assertThat(slice("library", "lend-book", "--route", "POST /library/lend"))
                .isZero();
        assertThat(files().get("functions/library/lend-book/template.yaml"))
                .contains("RouteKey: POST /library/lend\n", "- /*/POST/library/lend\n");
    }

    @Test
    void a_context_without_its_folders_is_refused_with_what_to_do() throws IOException {
        Files.delete(root.resolve("infra/samconfig.toml"));
        assertRefused("infra/samconfig.toml has no environment library", "./storyline context new");
    }

    @Test
    void a_context_that_is_not_there_and_a_name_that_is_none_are_told() {
        assertThatThrownBy(() -> slice("librar", "lend-book"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("There is no context 'librar'; there are library.");
        assertThatThrownBy(() -> slice("library", "Lend")).hasMessageContaining("lower case with hyphens");
    }
}
