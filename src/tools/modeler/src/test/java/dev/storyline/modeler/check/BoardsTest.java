package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks made-up boards, each with one shape that practitioners draw: the findings in their heads are shown, none more. */
class BoardsTest {
    private static final String FINDS = "# finds: ";

    @TempDir
    private Path root;

    static List<Path> boards() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/dev/storyline/modeler/check/boards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void a_board_shows_what_is_true_of_it_and_nothing_else(Path board) throws IOException {
        String text = Files.readString(board);
        List<String> expected = text.lines()
                .filter(line -> line.startsWith(FINDS))
                .map(line -> line.substring(FINDS.length()))
                .toList();
        assertThat(Planted.check(root, text).findings())
                .as(board.getFileName().toString())
                .extracting(finding -> finding.rule().id() + " " + finding.subject())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
