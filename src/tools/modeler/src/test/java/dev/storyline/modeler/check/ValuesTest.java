package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.SourceLocation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private final Model model = ModelReader.read("context: x\ntypes:\n  Size: [small, large]\n  Id: text\n", "x");

    private static Field field(String type, boolean many, boolean optional) {
        return Field.of(
                "field", (optional ? "optional " : "") + (many ? "list of " : "") + type, "", SourceLocation.NOWHERE);
    }

    @ParameterizedTest
    @CsvSource({
        "text, 500 characters",
        "text, any text",
        "Size, small",
        "Size, any size",
        "integer, -12",
        "integer, '{n}'",
        "decimal, 12.50",
        "boolean, true",
        "instant, now",
        "instant, tomorrow",
        "instant, now + 60 s",
        "instant, now - 5 min",
        "instant, now + 1ns",
        "instant, 2026-11-30T10:00:00Z",
        "date, 2026-11-30",
        "date, today",
        "duration, 90 s",
        "duration, PT1H",
        "uuid, any uuid",
        "uuid, simo",
        "uuid, 123e4567-e89b-12d3-a456-426614174000",
        "json, whatever"
    })
    void a_value_is_of_its_type(String type, String value) {
        assertThat(ValueTypes.wrong(model, field(type, false, false), value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Size, medium",
        "integer, twelve",
        "integer, 1.5",
        "decimal, '1,5'",
        "boolean, yes",
        "instant, soon",
        "instant, now + 60",
        "instant, now + 1 year",
        "date, 30.11.2026",
        "duration, long",
        "uuid, two words",
        "uuid, 123e4567-e89b-12d3-a456-42661417400g",
        "integer, none"
    })
    void a_value_of_another_type_is_told(String type, String value) {
        assertThat(ValueTypes.wrong(model, field(type, false, false), value)).isPresent();
    }

    @Test
    void none_is_a_value_of_what_is_optional_only() {
        assertThat(ValueTypes.wrong(model, field("integer", false, true), "none"))
                .isEmpty();
        assertThat(ValueTypes.wrong(model, field("integer", false, false), "none"))
                .isPresent();
    }

    @Test
    void lists_and_single_values_are_told_apart() {
        assertThat(ValueTypes.wrong(model, field("integer", true, false), List.of("1", "2")))
                .isEmpty();
        assertThat(ValueTypes.wrong(model, field("integer", true, false), List.of("1", "b")))
                .isPresent();
        assertThat(ValueTypes.wrong(model, field("integer", true, false), "1")).isPresent();
        assertThat(ValueTypes.wrong(model, field("integer", false, false), List.of("1")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "instant, tomorrow, now + 1 d, false",
        "instant, now + 60 s, now + 1 min, false",
        "instant, now, now + 1 us, true",
        "instant, now, 2026-12-01T12:00:00Z, false",
        "instant, now, 2026-11-30T10:00:00Z, true",
        "instant, none, now, true",
        "integer, 1, 01, false",
        "integer, 1, 2, true",
        "text, a, b, true",
        "text, a, any text, false",
        "text, a-1, 'a-{n}', false"
    })
    void values_differ_only_where_they_must(String type, String one, String other, boolean differ) {
        assertThat(ValueTypes.differ(model, field(type, false, false), one, other))
                .isEqualTo(differ);
    }
}
