package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final String CURSOR = Cursor.of("board, north", "0001#j\u00e9#1");

    @Test
    void a_cursor_is_a_position_of_its_query_only() {
        assertThat(CURSOR).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.position("board, north", CURSOR)).isEqualTo("0001#j\u00e9#1");
        assertThat(Cursor.position("board, south", CURSOR)).isNull();
    }

    @Test
    void no_change_of_one_character_goes_unseen() {
        for (int i = 0; i < CURSOR.length(); i++) {
            for (char other : new char[] {'A', 'B', 'z', '0', '_', '=', ',', '\u0000', ' '}) {
                String altered = CURSOR.substring(0, i) + other + CURSOR.substring(i + 1);
                if (other != CURSOR.charAt(i)) {
                    assertThat(Cursor.position("board, north", altered))
                            .as("%s instead of %s", altered, CURSOR)
                            .isNull();
                }
            }
            assertThat(Cursor.position("board, north", CURSOR.substring(0, i))).isNull();
        }
        assertThat(Cursor.position("board, north", CURSOR + "A")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "wish#000000000001", "%00", "AAAAAAAAAAA", "AAAAAAAAAAAA"})
    void a_text_that_never_was_a_cursor_is_none(String text) {
        assertThat(Cursor.position("board, north", text)).isNull();
    }
}
