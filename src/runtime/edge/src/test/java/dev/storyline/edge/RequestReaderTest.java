package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                .hasMessageContaining("'lines'")
                .hasMessageContaining("product");
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": [{\"product\": null}]}"))
                .hasMessageContaining("'lines'")
                .hasMessageContaining("product");
    }

    @Test
    void no_list_has_gaps() {
        assertThatThrownBy(() -> read("{\"customer\": \"Bo\", \"lines\": [null]}"))
                .hasMessageContaining("'lines'");
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
