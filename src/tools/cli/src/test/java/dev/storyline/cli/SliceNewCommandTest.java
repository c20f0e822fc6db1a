package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit status of {@code slice new}: whether it did what it was asked to do. */
class SliceNewCommandTest {
    @TempDir
    Path root;

    @BeforeEach
    void library() {
        Planted.write(root, """
                context: library
                actors: {reader: Borrows books.}
                story:
                  - chapter: Lending
                    slices:
                      - slice: lend-book
                        pattern: state change
                """);
    }

    @Test
    void a_slice_that_is_added_to_the_story_is_a_success_with_next_steps() {
        Ran added = Ran.in(root, "slice", "new", "library", "find-book", "--pattern", "state view");

        assertThat(added.status()).isZero();
        assertThat(added.out())
                .contains(
                        "changed  src/contexts/library/model.yaml",
                        "Fill in:",
                        "and then: ./storyline slice new library find-book");
    }

    @Test
    void a_slice_that_the_story_lacks_is_not_written_without_a_pattern() {
        Ran missing = Ran.in(root, "slice", "new", "library", "find-book");

        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.out()).contains("has no slice 'find-book'", "--pattern");
    }
}
