package dev.storyline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ModelWriterTest {
    private static void assertReadAsItWasWritten(Model model) {
        String text = ModelWriter.write(model);
        Model again = ModelReader.read(text, "written");
        assertThat(Placeless.of(again)).as(text).isEqualTo(Placeless.of(model));
        assertThat(ModelWriter.write(again)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wishes", "logistics", "naughtychildren"})
    void our_own_models_are_read_as_they_were_written(String context) {
        Model model = ModelReader.read(Path.of("../../contexts/" + context + "/model.yaml"), context);
        assertReadAsItWasWritten(model);
        assertThat(ModelWriter.write(model).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void a_thousand_models_made_by_chance_are_read_as_they_were_written() {
        long first = Long.getLong("seed", 1L);
        for (long seed = first; seed < first + 1_000; seed++) {
            try {
                assertReadAsItWasWritten(new RandomModel(seed).model());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Found with -Dseed=" + seed, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "~",
                "- a",
                "-",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "[a]",
                "{a}",
                "a, b",
                "'a'",
                "\"a\"",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "%a",
                "@a",
                "`a",
                "? a",
                "?",
                ": a",
                "---",
                "...",
                "two\nlines",
                "tab\there",
                "\\",
                "🎁",
                "é",
                "\u0007",
                "a\u2028b",
                "<<",
                "=",
                "true",
                "2026-11-21",
                "1e3",
                "a  b",
                "http://x.y/z?a=b#c",
                "::"
            })
    void a_text_is_itself_wherever_it_stands(String words) {
        Model model = new RandomModel(1).young(words);
        assertReadAsItWasWritten(model);
        assertThat(ModelReader.read(ModelWriter.write(model), "").about()).isEqualTo(words);
    }

    @Test
    void a_long_text_is_broken_between_words() {
        String words = String.join(" ", java.util.Collections.nCopies(60, "word"));
        Model model = new RandomModel(1).young(words);
        assertReadAsItWasWritten(model);
        assertThat(ModelWriter.write(model).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void a_young_model_is_as_short_as_it_was_told() {
        String text = "context: shop\n\nevents:\n  CartSubmitted: The cart is closed.\n  ItemAdded:\n";
        assertThat(ModelWriter.write(ModelReader.read(text, "shop"))).isEqualTo(text);
        assertThat(ModelReader.read(text, "shop").chapters()).isEqualTo(List.of());
    }
}
