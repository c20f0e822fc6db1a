package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"3\"; true",
                "\"2\", \"3\"; true",
                "\"2\",\"3\" , \"9\"; true",
                ", \"3\" ,; true",
                "*; true",
                "W/\"2\", \"3\"; true",
                "\"a,b\", \"3\"; true",
                "\"4\"; false",
                "W/\"3\"; false",
                "\"03\"; false",
                "\"abc\"; false",
                "\"\"; false",
                "\"99999999999999999999999\"; false"
            })
    void a_stream_at_version_3_matches_a_list_that_has_it_as_a_strong_tag(String header, boolean matches) {
        assertThat(IfMatch.versions(header).test(3)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"3", "\"3\" \"4\"", "\"3\", *", "w/\"3\"", "", " , ,", "'3'", "\"3\"x"})
    void what_is_no_list_of_tags_is_refused(String header) {
        assertThatThrownBy(() -> IfMatch.versions(header))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'If-Match' must be versions in quotes");
    }
}
