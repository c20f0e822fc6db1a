package dev.storyline.wishes.makewish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaughtyWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a gun", "GUN!", "gun", "one Stupid thing", "(bomb)", "hell's kitchen"})
    void naughty_words_are_whole_words_in_any_case(String text) {
        assertThat(NaughtyWords.common().in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a gunslinger", "hello", "begun", "poisonous frog", "\u00fcbergun\u00e4", "gun1"})
    void words_that_only_contain_a_naughty_one_are_fine(String text) {
        assertThat(NaughtyWords.common().in(text)).isFalse();
    }
}
