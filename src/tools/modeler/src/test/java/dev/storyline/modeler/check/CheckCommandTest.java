package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storyline.modeler.Arguments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) throws Arguments.BadUsage {
        printed.reset();
        return new CheckCommand().run(root, List.of(arguments), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void errors_fail_and_warnings_fail_when_strict() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        assertThat(run()).isEqualTo(1);
        Planted.write(root, Planted.of("type-missing", "caught"));
        assertThat(run()).isZero();
        assertThat(run("--strict")).isEqualTo(1);
        Planted.write(root, Planted.of("SM040", "kept"));
        assertThat(run()).isZero();
    }

    @Test
    void people_read_the_place_the_rule_and_the_counts() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        run();
        assertThat(printed())
                .contains("src/contexts/shop/model.yaml:10:7: error field-unused OrderPlaced.total is not used")
                .contains("1 error, 0 warnings, 0 insights\n")
                .contains("shop: fields: 4 proven, 1 gap, 0 not checkable\n");
    }

    @Test
    void programs_read_the_same_as_json() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        assertThat(run("shop", "--json")).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(printed());
        assertThat(json.at("/findings/0/rule").asText()).isEqualTo("field-unused");
        assertThat(json.at("/findings/0/line").asInt()).isEqualTo(10);
        assertThat(json.at("/counts/error").asInt()).isEqualTo(1);
        assertThat(json.at("/fields/contexts/shop/gaps").asInt()).isEqualTo(1);
        assertThat(json.at("/open/0/field").asText()).isEqualTo("OrderPlaced.total");
        assertThat(json.at("/open/0/origin").asText()).isEqualTo("proven");
        assertThat(json.at("/open/0/destination").asText()).isEqualTo("gap");
    }

    @Test
    void one_context_is_told_without_the_others() throws Exception {
        Planted.write(root, Planted.of("SM041", "caught"));
        run("store");
        assertThat(printed()).contains("store: fields:").doesNotContain("shop: fields:");
        assertThatThrownBy(() -> run("stor"))
                .isInstanceOf(Arguments.BadUsage.class)
                .hasMessage("There is no context 'stor'; did you mean 'store'?");
        assertThatThrownBy(() -> run("store", "shop")).isInstanceOf(Arguments.BadUsage.class);
        assertThatThrownBy(() -> run("--strit")).hasMessageContaining("did you mean '--strict'?");
    }

    @Test
    void the_same_model_gives_the_same_bytes() throws Exception {
        Planted.write(root, Planted.of("SM041", "caught"));
        run("--json");
        String first = printed();
        run("--json");
        assertThat(printed()).isEqualTo(first);
    }

    @Test
    void a_loop_is_told_with_its_whole_way() throws Exception {
        Planted.write(root, Planted.of("SM041", "caught"));
        run();
        assertThat(printed())
                .contains("Feedback loop: shop.OrderPlaced -> shop.GoodsSold -> store.TakeGoods -> store.GoodsTaken"
                        + " -> store.StockFell -> shop.PlaceOrder -> shop.OrderPlaced.");
    }

    @Test
    void the_rules_can_be_listed() throws Exception {
        assertThat(run("--rules")).isZero();
        assertThat(printed().lines()).hasSize(CheckRule.values().length);
    }
}
