package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Json;
import dev.storyline.kernel.Bounds;
import dev.storyline.kernel.Id;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    record Order(String customer, List<Line> lines) {}

    record Line(String product, @Nullable String note) {}

    private static <R extends Record> R read(Class<R> type, String body) {
        return new RequestReader<>(type).read(Map.of(), "body", StrictJson.body(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Order read(String body) {
        return read(Order.class, body);
    }

    @Test
    void what_may_be_missing_may_be_missing_in_records_inside_the_request_too() {
        assertThat(read("{\"customer\": \"Bo\", \"lines\": [{\"product\": \"sled\"}]}"))
                .isEqualTo(new Order("Bo", List.of(new Line("sled", null))));
        assertThat(read("{\"customer\": \"Bo\", \"lines\": [{\"product\": \"sled\", \"note\": null}]}"))
                .isEqualTo(new Order("Bo", List.of(new Line("sled", null))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'note': 'red'}]                | 'lines[0].product' is missing",
                "[{'product': null}]              | 'lines[0].product' is missing",
                "[{'product': 'a'}, {'product': 5}] | 'lines[1].product' must be text",
                "[{'product': 'a', 'color': 1}]   | 'lines[0].color' is not known",
                "[null]                           | 'lines[0]' is missing",
                "['sled']                         | 'lines[0]' must be a JSON object",
                "'sled'                           | 'lines' must be a list",
                "{'product': 'sled'}              | 'lines' must be a list"
            },
            quoteCharacter = '`')
    void a_flaw_inside_the_request_is_told_with_its_place(String lines, String flaw) {
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": " + lines.replace('\'', '"') + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(flaw);
    }

    record Weighed(BigDecimal weight, long count) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e-23               | 1 | 'weight' must have at most 22 digits after the point",
                "1e12                | 1 | 'weight' must be between -999999999999 and 999999999999",
                "-1000000000000      | 1 | 'weight' must be between",
                "1e1000000000        | 1 | 'weight' must be between",
                "1e-1000000000       | 1 | 'weight' must have at most 22 digits",
                "\"5\"               | 1 | 'weight' must be a number",
                "1 | 1.5                 | 'count' must be a whole number",
                "1 | 1000000000000       | 'count' must be between",
                "1 | 123456789012345678901234567890 | 'count' must be between",
                "1 | true                | 'count' must be a whole number"
            },
            quoteCharacter = '`')
    void a_number_out_of_its_bounds_is_refused(String weight, String count, String flaw) {
        assertThatThrownBy(() -> read(Weighed.class, "{\"weight\": " + weight + ", \"count\": " + count + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-2147483648", "1e99999999999", "1e2147483648", "-1e-99999999999999999999"})
    void a_number_that_nothing_can_hold_is_no_json(String number) {
        assertThatThrownBy(() -> read(Weighed.class, "{\"weight\": " + number + ", \"count\": 1}"))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("(?s).*(is not valid JSON|must be between|digits after the point).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e-22", "999999999998.9999999999999999999999", "999999999999", "-999999999999", "0", "1e11"})
    void a_number_within_its_bounds_is_read_exactly(String number) {
        assertThat(read(Weighed.class, "{\"weight\": " + number + ", \"count\": 1}")
                        .weight())
                .isEqualByComparingTo(new BigDecimal(number));
    }

    record Times(
            @Nullable Instant at,
            @Nullable LocalDate on,
            @Nullable Duration lasting) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1772348400000\"",
                "\"-1\"",
                "1772348400",
                "\"2026-06-01T23:59:60Z\"",
                "\"2026-06-01T24:00:00Z\"",
                "\"2026-02-30T00:00:00Z\"",
                "\"2026-06-01T10:00Z\"",
                "\"2026-06-01T10:00:00\"",
                "\"2026-06-01 10:00:00Z\"",
                "\"2026-06-01\"",
                "\"2026-06-01T10:00:00+25:00\"",
                "\"+1000000000-12-31T23:59:59Z\"",
                "\"1899-12-31T23:59:59Z\"",
                "\"3000-01-01T00:00:00Z\"",
                "\"2999-12-31T23:59:59-01:00\"",
                "[2026, 6, 1]",
                "\"\""
            })
    void a_time_is_an_iso_text_of_the_documented_form_or_nothing(String text) {
        assertThatThrownBy(() -> read(Times.class, "{\"at\": " + text + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'at' must be");
    }

    @ParameterizedTest
    @CsvSource({
        "1900-01-01T00:00:00Z, 1900-01-01T00:00:00Z",
        "2999-12-31T23:59:59.999999999Z, 2999-12-31T23:59:59.999999999Z",
        "2026-06-01T12:30:00.25+02:00, 2026-06-01T10:30:00.250Z",
        "2026-06-01T00:30:00-01:30, 2026-06-01T02:00:00Z"
    })
    void a_time_with_its_offset_is_read(String text, Instant at) {
        assertThat(read(Times.class, "{\"at\": \"" + text + "\"}").at()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2026, 1, 1]",
                "\"2026-01-01T00:00:00Z\"",
                "\"2026-1-1\"",
                "\"2026-01-01Z\"",
                "\"2026-02-30\"",
                "20260101",
                "\"20260101\"",
                "\"1899-12-31\"",
                "\"3000-01-01\"",
                "\"+999999999-12-31\""
            })
    void a_day_is_an_iso_text_or_nothing(String text) {
        assertThatThrownBy(() -> read(Times.class, "{\"on\": " + text + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'on' must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"P\"", "\"PT\"", "\"P1DT\"", "3600", "\"-PT1S\"", "\"PT-1S\"", "\"P1Y\"", "\"P365251D\""})
    void a_duration_is_an_iso_text_or_nothing(String text) {
        assertThatThrownBy(() -> read(Times.class, "{\"lasting\": " + text + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'lasting' must be");
    }

    @Test
    void a_duration_is_read() {
        assertThat(read(Times.class, "{\"lasting\": \"P1DT2H3M4.5S\"}").lasting())
                .isEqualTo(Duration.parse("P1DT2H3M4.5S"));
    }

    record Names(String text, Name name) {}

    record Name(String value) implements Id {
        Name {
            Id.check(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\u0000b",
                "a\\u001bb",
                "a\\u007fb",
                "a\\u0085b",
                "\\ud800",
                "\\udfff",
                "a\\ud83d",
                "\\ude00\\ud83d"
            })
    void a_text_without_a_form_that_people_can_read_is_refused(String text) {
        assertThatThrownBy(() -> read(Names.class, "{\"text\": \"" + text + "\", \"name\": \"n\"}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'text' must not contain");
    }

    @Test
    void a_text_has_tabs_line_ends_and_every_script() {
        String text = "a\\tb\\r\\nc \\ud83d\\ude00 \\u4f60 \\u200d";
        assertThat(read(Names.class, "{\"text\": \"" + text + "\", \"name\": \"n\"}")
                        .text())
                .isEqualTo("a\tb\r\nc \ud83d\ude00 \u4f60 \u200d");
    }

    @Test
    void a_text_has_4000_characters_at_most_however_they_are_stored() {
        String longest = "\\ud83d\\ude00".repeat(4_000);
        assertThat(read(Names.class, "{\"text\": \"" + longest + "\", \"name\": \"n\"}")
                        .text())
                .hasSize(8_000);
        assertThatThrownBy(() -> read(Names.class, "{\"text\": \"" + longest + "x\", \"name\": \"n\"}"))
                .hasMessageContaining("'text' must have at most 4000 characters, not 4001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "e\u0301va|normal form C",
                " simo|begin or end with a space",
                "simo |begin or end with a space",
                "si\u00a0mo|spaces other than the usual one",
                "si\u200bmo|invisible characters",
                "si\u202emo|invisible characters",
                "si\ufeffmo|invisible characters",
                "si\u00admo|invisible characters",
                "si\ufe0fmo|invisible characters",
                "si\u3164mo|invisible characters",
                "si\ufffdmo|invisible characters",
                "si\u2028mo|invisible characters",
                "a/b|must not contain '/'",
                "a?b|must not contain '?'",
                "a%2Fb|must not contain '%'",
                "a\\b|must not contain '\\'",
                "..|step in a path",
                "a#b|must not contain '#'",
                "a@b|must not contain '@'",
            })
    void an_id_that_looks_like_another_one_or_that_a_path_does_not_carry_is_refused(String id, String flaw) {
        RequestReader<Names> reader = new RequestReader<>(Names.class);
        assertThatThrownBy(() -> reader.read(
                        Map.of("name", id),
                        "body",
                        StrictJson.body("{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The path field 'name'")
                .hasMessageContaining(flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simo", "\u00e9va", "\u4f60\u597d", "job 4711", "a-b_c.d:e", "\ud55c", "\ud83d\ude00"})
    void an_id_of_any_script_is_taken(String id) {
        assertThat(read(Names.class, "{\"text\": \"a\", \"name\": \"" + id + "\"}")
                        .name())
                .isEqualTo(new Name(id));
    }

    @Test
    void what_is_stored_is_read_whatever_enters_today() throws Exception {
        String stored = "{\"text\": \"a\\u0000\", \"name\": \" e\\u0301/\\u200b\"}";
        assertThat(Json.mapper().readValue(stored, Names.class))
                .isEqualTo(new Names("a\u0000", new Name(" e\u0301/\u200b")));
        assertThat(Json.mapper()
                        .readValue("{\"at\": \"+1000000000-12-31T23:59:59.999999999Z\"}", Times.class)
                        .at())
                .isEqualTo(Instant.MAX);
    }

    record Filter(
            @Bounds(oneOf = {"open", "closed"}) String state,
            @Nullable @Bounds(min = "1", max = "100") Integer most,

            @Nullable @Bounds(min = "2026-01-01", max = "2026-12-31")
            LocalDate day,

            @Nullable @Bounds(length = 3) String code,
            @Nullable String free) {}

    private static Filter filter(Map<String, String> parameters) {
        return new RequestReader<>(Filter.class).read(Map.of(), "query", StrictJson.query(parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "state, shut, must be one of open",
        "state, 'open,open', must be one of open",
        "state, OPEN, must be one of open",
        "most, 0, must be between 1 and 100",
        "most, 101, must be between 1 and 100",
        "most, many, must be a whole number",
        "most, 1.5, must be a whole number",
        "most, 1e1, must be a whole number",
        "day, 2025-12-31, must be between 2026-01-01 and 2026-12-31",
        "day, 1767225600, must be a day",
        "code, EURO, must have at most 3 characters"
    })
    void a_parameter_has_the_bounds_that_its_field_declares(String parameter, String value, String flaw) {
        Map<String, String> parameters = new HashMap<>(Map.of("state", "open"));
        parameters.put(parameter, value);
        assertThatThrownBy(() -> filter(parameters))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The query field '" + parameter + "' " + flaw);
    }

    @Test
    void a_parameter_within_its_bounds_is_read_and_no_text_is_longer_than_a_key_takes() {
        assertThat(filter(Map.of("state", "closed", "most", "100", "day", "2026-12-31", "code", "EUR")))
                .isEqualTo(new Filter("closed", 100, LocalDate.parse("2026-12-31"), "EUR", null));
        assertThatThrownBy(() -> filter(Map.of("state", "open", "free", "a".repeat(257))))
                .hasMessageContaining("'free' must have at most 256 characters, not 257");
    }

    @Test
    void a_body_is_utf_8_and_nothing_else() {
        assertThatThrownBy(() -> StrictJson.body(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is not valid UTF-8");
        assertThatThrownBy(() -> StrictJson.body("{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void an_answer_shows_no_half_character_of_what_a_client_sent() {
        assertThatThrownBy(() -> read(Names.class, "{\"a\\ud800\\u0000b\": 1, \"text\": \"a\", \"name\": \"n\"}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'a??b' is not known");
        assertThat(StrictJson.shortened("x" + "\ud83d\ude00".repeat(200)))
                .isEqualTo("x" + "\ud83d\ude00".repeat(119) + "...");
    }
}
