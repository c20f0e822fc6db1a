package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.Id;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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

    private static Order read(String body) {
        return new RequestReader<>(Order.class)
                .read(Map.of(), "body", StrictJson.body(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_may_be_missing_may_be_missing_in_records_inside_the_request_too() {
        assertThat(read("{\"customer\": \"Bo\", \"lines\": [{\"product\": \"sled\"}]}"))
                .isEqualTo(new Order("Bo", List.of(new Line("sled", null))));
        assertThat(read("{\"customer\": \"Bo\", \"lines\": [{\"product\": \"sled\", \"note\": null}]}"))
                .isEqualTo(new Order("Bo", List.of(new Line("sled", null))));
    }

    @Test
    void what_must_be_there_must_be_there_in_records_inside_the_request_too() {
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": [{\"note\": \"red\"}]}"))
                .hasMessage("The body field 'lines[0].product' is missing.");
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": [{\"product\": null}]}"))
                .hasMessage("The body field 'lines[0].product' is missing.");
    }

    @Test
    void no_list_has_gaps() {
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": [null]}"))
                .hasMessage("The body field 'lines[0]' is missing.");
    }

    record ChildId(String value) implements Id {
        ChildId {
            Id.check(value);
        }
    }

    record Money(BigDecimal amount, String currency) {}

    record Everything(
            ChildId childId,
            List<Line> lines,
            Money price,
            int count,
            boolean good,
            Instant at,
            LocalDate on,
            Duration lasting) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "childId | {} | childId | must be text",
                "childId | \"a#b\" | childId | must not contain '#'",
                "lines | [{\"product\": \"sled\"}, {\"product\": []}] | lines[1].product | must be text",
                "lines | \"a\" | lines | must be a list",
                "lines | {} | lines | must be a list",
                "price | {\"amount\": \"much\", \"currency\": \"EUR\"} | price.amount | must be a number",
                "price | {\"amount\": {}, \"currency\": \"EUR\"} | price.amount | must be a number",
                "price | {\"amount\": 1, \"currency\": []} | price.currency | must be text",
                "price | {\"amount\": 1, \"currency\": \"EUR\", \"tax\": 1} | price.tax | is not known; known are: amount, currency",
                "price | 3 | price | must be an object",
                "price | [] | price | must be an object",
                "count | \"many\" | count | must be a whole number below 2147483648",
                "count | 12345678901 | count | must be a whole number below 2147483648",
                "good | \"perhaps\" | good | must be true or false",
                "at | 3 | at | must be an instant like 2026-12-24T18:00:00Z",
                "at | \"noon\" | at | must be an instant like 2026-12-24T18:00:00Z",
                "on | \"today\" | on | must be a day like 2026-12-24",
                "lasting | \"long\" | lasting | must be a duration like PT1H30M"
            })
    void a_flaw_names_the_field_by_its_path_and_no_class(String name, String value, String field, String problem)
            throws Exception {
        ObjectNode body = (ObjectNode) Json.mapper().readTree("""
                {"childId": "ida", "lines": [], "price": {"amount": 1, "currency": "EUR"}, "count": 1, "good": true,
                 "at": "2026-12-24T18:00:00Z", "on": "2026-12-24", "lasting": "PT1H"}""");
        RequestReader<Everything> reader = new RequestReader<>(Everything.class);
        assertThat(reader.read(Map.of(), "body", body).childId()).isEqualTo(new ChildId("ida"));
        body.set(name, Json.mapper().readTree(value));

        assertThatThrownBy(() -> reader.read(Map.of(), "body", body))
                .hasMessage("The body field '" + field + "' " + problem + ".");
    }

    record Weighed(List<BigDecimal> weights) {}

    private static Weighed weighed(String number) {
        return new RequestReader<>(Weighed.class)
                .read(
                        Map.of(),
                        "body",
                        StrictJson.body(("{\"weights\": [" + number + "]}").getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e-39", "1e39", "1e-1000000000", "1e1000000000", "123456789012345678901234567890.123456789"})
    void a_number_that_no_store_holds_is_refused(String number) {
        assertThatThrownBy(() -> weighed(number))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'weights' must have 38 digits at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-38", "1e38", "0", "12345678901234567890123456789.123456789"})
    void a_number_that_a_store_holds_is_read_exactly(String number) {
        assertThat(weighed(number).weights()).singleElement().isEqualTo(new BigDecimal(number));
    }
}
