package dev.storyline.modeler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.model.Landscape;
import dev.storyline.model.Slice.Pattern;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the entries of a new context in the poms and the infrastructure of this repository. */
class ContextScaffoldTest {
    private static final String LANGUAGE = "src/contexts/library/src/main/java/dev/storyline/contexts/library/";

    @TempDir
    private Path root;

    @BeforeEach
    void repository() throws IOException {
        Path here = Path.of("../../..").toAbsolutePath().normalize();
        try (Stream<Path> infra = Files.list(here.resolve("infra"))) {
            for (Path file : infra.toList()) {
                copy(here, here.relativize(file).toString());
            }
        }
        for (String file : List.of("pom.xml", "functions/pom.xml")) {
            copy(here, file);
        }
        for (String context : List.of("wishes", "naughtychildren", "logistics", "fieldops", "maintenance")) {
            copy(here, "src/contexts/" + context + "/model.yaml");
        }
    }

    private void copy(Path from, String file) throws IOException {
        Files.createDirectories(root.resolve(file).resolveSibling(""));
        Files.copy(from.resolve(file), root.resolve(file));
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

    @Test
    void a_context_gets_its_model_language_poms_and_infrastructure() throws IOException {
        Map<String, String> before = files();
        ScaffoldReport report = ContextScaffold.write(root, "library");

        assertThat(report.complete()).isTrue();
        assertThat(report.text()).contains("./storyline up --contexts library", "./storyline slice new library SLICE");
        Map<String, String> after = files();
        assertThat(report.written()).allSatisfy(file -> assertThat(before).doesNotContainKey(file));
        assertThat(report.changed())
                .allSatisfy(file -> assertThat(after.get(file)).isNotEqualTo(before.get(file)));
        assertThat(after.get(LANGUAGE + "Library.java"))
                .contains(
                        "public final class Library {",
                        "Language.of(\"library\", Set.of(), List.of());",
                        "private Library() {}");
        assertThat(after.get("functions/library/pom.xml")).contains("<artifactId>library-slices</artifactId>");
        assertThat(after.get("functions/pom.xml"))
                .containsPattern("    <module>\\w+</module>\n    <module>library</module>\n");
        assertThat(after.get("pom.xml"))
                .containsPattern("    <module>src/contexts/\\w+</module>\n    <module>src/contexts/library</module>\n")
                .contains(
                        "        <artifactId>storyline-library</artifactId>\n        <version>${project.version}</version>\n");
        assertThat(after.get("infra/samconfig.toml"))
                .contains("[library.deploy.parameters]", "parameter_overrides = \"Context=library Feed=dynamodb\"");
        assertThat(Landscape.read(root).models().get("library"))
                .satisfies(model -> assertThat(model.slices()).isEmpty());
    }

    @Test
    void the_first_slices_of_a_context_are_written_into_its_empty_language_and_poms() throws IOException {
        ContextScaffold.write(root, "library");
        SliceScaffold.write(root, "library", "lend-book", new SliceScaffold.Options(Pattern.STATE_CHANGE, null, false));
        Path model = root.resolve("src/contexts/library/model.yaml");
        assertThat(Files.readString(model))
                .endsWith("    slices:\n      - slice: lend-book\n        pattern: state change\n");
        Files.writeString(
                model,
                Files.readString(model).replace("\nstory:", """

                        streams: {book: {by: bookId, about: One book.}}
                        types: {BookId: {is: text, example: b1}}
                        events: {BookLent: {stream: book, fields: {bookId: BookId}}}
                        commands: {LendBook: {stream: book, fields: {bookId: BookId}}}

                        story:""")
                        + "        actor: user\n        command: LendBook\n        events: BookLent\n");
        ScaffoldReport report = SliceScaffold.write(root, "library", "lend-book", SliceScaffold.Options.NONE);

        assertThat(report.complete()).as(report.text()).isTrue();
        assertThat(files().get(LANGUAGE + "Library.java"))
                .contains(
                        "Set.of(LendBookEvent.class)",
                        "import dev.storyline.kernel.StreamId;",
                        "public static StreamId stream(BookId bookId)")
                .doesNotContain("dev.storyline.kernel.StreamId stream");
        assertThat(files().get("functions/library/pom.xml"))
                .contains("  <modules>\n    <module>lend-book</module>\n  </modules>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Library",
                "book-shop",
                "1library",
                "anameoftwentyonechars",
                "wishes",
                "package",
                "string",
                "language",
                "kernel",
                "contexts",
                "../library"
            })
    void a_name_that_cannot_be_used_is_refused_in_one_sentence_and_nothing_is_written(String name) throws IOException {
        Map<String, String> before = files();
        assertThatThrownBy(() -> ContextScaffold.write(root, name))
                .isInstanceOf(ScaffoldException.class)
                .message()
                .matches("[^.\\n]+(\\.\\./)?[^.\\n]*\\.");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_pom_without_modules_is_refused_and_nothing_is_written() throws IOException {
        Files.writeString(root.resolve("functions/pom.xml"), "<project></project>");
        Map<String, String> before = files();
        assertThatThrownBy(() -> ContextScaffold.write(root, "library"))
                .isInstanceOf(ScaffoldException.class)
                .hasMessage("The file functions/pom.xml has no <modules>: add them, and begin again.");
        assertThat(files()).isEqualTo(before);
    }
}
