package dev.storyline.wishes.makewish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaughtyWordsTest {
    private static final NaughtyWords WORDS = NaughtyWords.list(List.of("gun", "stupid", "bomb", "hell", "poison"));

    @ParameterizedTest
    @ValueSource(strings = {"a gun", "GUN!", "gun", "one Stupid thing", "(bomb)", "hell's kitchen"})
    void naughty_words_are_whole_words_in_any_case(String text) {
        assertThat(WORDS.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a gunslinger", "hello", "begun", "poisonous frog", "\u00fcbergun\u00e4", "gun1"})
    void words_that_only_contain_a_naughty_one_are_fine(String text) {
        assertThat(WORDS.in(text)).isFalse();
    }

    @Test
    void without_words_nothing_is_naughty() {
        assertThat(NaughtyWords.list(List.of()).in("a gun")).isFalse();
    }

    @Test
    void a_word_is_taken_as_it_is_written() {
        NaughtyWords words = NaughtyWords.list(List.of("a.b", "\\E|x", "bad idea"));

        assertThat(words.in("A.B!")).isTrue();
        assertThat(words.in("acb or x")).isFalse();
        assertThat(words.in("a Bad Idea")).isTrue();
    }
}
