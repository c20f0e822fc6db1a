package dev.storyline.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String HEADER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static TraceParent read(String header) {
        return Objects.requireNonNull(TraceParent.read(header));
    }

    @Test
    void a_header_of_the_standard_is_read_and_written_as_it_was() {
        assertThat(TraceParent.read(HEADER)).isEqualTo(new TraceParent(TRACE, "00f067aa0ba902b7", true));
        assertThat(read(HEADER).text()).isEqualTo(HEADER);
        assertThat(read("00-" + TRACE + "-00f067aa0ba902b7-02").text())
                .as("only the flag that is known is passed on")
                .endsWith("-00");
        assertThat(read("cc-" + TRACE + "-00f067aa0ba902b7-01-more").text())
                .as("a later version")
                .isEqualTo(HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g"
            })
    void what_breaks_the_grammar_is_no_trace(String header) {
        assertThat(TraceParent.read(header)).isNull();
        assertThat(TraceParent.below(header, "anything")).isNull();
    }

    @Test
    void a_header_without_end_is_not_read() {
        assertThat(TraceParent.read("cc-" + TRACE + "-00f067aa0ba902b7-01-" + "x".repeat(500)))
                .isNull();
        assertThat(TraceParent.read(null)).isNull();
    }

    @Test
    void a_step_stays_in_its_trace_and_its_span_follows_from_its_name() {
        String step = TraceParent.below(HEADER, "shop/h/order#o1@3/paid");
        assertThat(step).startsWith("00-" + TRACE + "-").endsWith("-01").isNotEqualTo(HEADER);
        assertThat(TraceParent.below(HEADER, "shop/h/order#o1@3/paid")).isEqualTo(step);
        assertThat(TraceParent.below(HEADER, "shop/h/order#o1@4/paid")).isNotEqualTo(step);
        assertThat(TraceParent.read(step)).isNotNull();
    }
}
