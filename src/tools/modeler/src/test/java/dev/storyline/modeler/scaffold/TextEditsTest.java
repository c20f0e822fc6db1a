package dev.storyline.modeler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.ModelReader;
import dev.storyline.model.Slice.Pattern;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextEditsTest {
    private static @Nullable String withSlice(String yaml) {
        return TextEdits.withSlice(yaml, ModelReader.read(yaml, "model.yaml"), "lend-book", Pattern.STATE_CHANGE);
    }

    @Test
    void a_slice_is_added_behind_the_last_one_and_the_rest_stays_byte_for_byte() {
        String story = """
                # a comment   \s
                context: library
                story:
                  - chapter: One
                    slices: [early]
                  - chapter: Lending
                    slices:
                      - return-book
                      - slice: find-book
                        pattern: state view

                # at the end
                reviews: []
                """;
        assertThat(withSlice(story))
                .isEqualTo(story.replace(
                        "state view\n", "state view\n\n      - slice: lend-book\n        pattern: state change\n"));
    }

    @Test
    void line_ends_of_other_systems_and_a_missing_last_one_are_kept() {
        String story = "context: library\r\nstory:\r\n  - chapter: One\r\n    slices:\r\n    - slice: find-book";
        assertThat(withSlice(story))
                .isEqualTo(story + "\r\n\r\n    - slice: lend-book\r\n      pattern: state change\r\n");
    }

    @Test
    void a_model_without_a_story_begins_one() {
        assertThat(withSlice("context: library\n")).isEqualTo("""
                        context: library

                        story:
                          - chapter: Beginning
                            slices:
                              - slice: lend-book
                                pattern: state change
                        """);
    }

    @Test
    void a_story_that_is_not_written_line_by_line_is_left_to_a_person() {
        assertThat(withSlice("context: library\nstory: [{chapter: One, slices: [find-book]}]\n"))
                .isNull();
        assertThat(withSlice("context: library\nstory:\n  - chapter: Empty\n")).isNull();
        assertThat(withSlice("context: library\nstory: []\nowner: me\n")).isNull();
    }

    @Test
    void a_module_is_added_behind_the_last_one_with_its_indent_and_line_end() {
        String pom = "<modules>\r\n\t<module>a</module>\r\n\t<module>b</module>\r\n</modules>\r\n";
        assertThat(TextEdits.withModule(pom, "c"))
                .isEqualTo(
                        "<modules>\r\n\t<module>a</module>\r\n\t<module>b</module>\r\n\t<module>c</module>\r\n</modules>\r\n");
    }

    @Test
    void a_module_that_is_there_changes_nothing_and_without_modules_there_is_no_place() {
        assertThat(TextEdits.withModule("<module>a</module>\n", "a")).isEqualTo("<module>a</module>\n");
        assertThat(TextEdits.withModule("<project/>", "a")).isNull();
    }

    @Test
    void insertions_are_made_where_they_belong_in_the_old_text() {
        assertThat(TextEdits.withInsertions("abc", new TreeMap<>(Map.of(1, "1", 3, "3"))))
                .isEqualTo("a1bc3");
    }
}
