package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.modeler.check.CheckRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path root;

    private Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("model", "check"));
        all.addAll(List.of(arguments));
        return Ran.in(root, all.toArray(String[]::new));
    }

    @Test
    void errors_fail_and_warnings_fail_when_strict() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        assertThat(run().status()).isEqualTo(1);
        Planted.write(root, Planted.of("type-missing", "caught"));
        assertThat(run().status()).isZero();
        assertThat(run("--strict").status()).isEqualTo(1);
        Planted.write(root, Planted.of("SM040", "kept"));
        assertThat(run().status()).isZero();
    }

    @Test
    void people_read_the_place_the_rule_and_the_counts() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        assertThat(run().out())
                .contains("src/contexts/shop/model.yaml:10:7: error field-unused OrderPlaced.total is not used")
                .contains("1 error, 0 warnings, 0 insights\n")
                .contains("shop: fields: 4 proven, 1 gap, 0 not checkable\n");
    }

    @Test
    void programs_read_the_same_as_json() throws Exception {
        Planted.write(root, Planted.of("field-unused", "caught"));
        Ran ran = run("shop", "--json");
        assertThat(ran.status()).isEqualTo(1);
        JsonNode json = ran.json();
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
        assertThat(run("store").out()).contains("store: fields:").doesNotContain("shop: fields:");
        assertThat(run("stor").err()).startsWith("There is no context 'stor'. Did you mean 'store'?");
        assertThat(run("stor").status()).isEqualTo(2);
        assertThat(run("store", "shop").status()).isEqualTo(2);
        assertThat(run("--strit").err()).contains("Did you mean '--strict'?");
    }

    @Test
    void the_same_model_gives_the_same_bytes() throws Exception {
        Planted.write(root, Planted.of("SM041", "caught"));
        String first = run("--json").out();
        assertThat(run("--json").out()).isEqualTo(first);
    }

    @Test
    void a_loop_is_told_with_its_whole_way() throws Exception {
        Planted.write(root, Planted.of("SM041", "caught"));
        assertThat(run().out())
                .contains("Feedback loop: shop.OrderPlaced -> shop.GoodsSold -> store.TakeGoods -> store.GoodsTaken"
                        + " -> store.StockFell -> shop.PlaceOrder -> shop.OrderPlaced.");
    }

    @Test
    void the_rules_can_be_listed() throws Exception {
        Ran ran = run("--rules");
        assertThat(ran.status()).isZero();
        assertThat(ran.out().lines()).hasSize(CheckRule.values().length);
    }

    @Test
    void the_rules_can_be_listed_as_json() throws Exception {
        assertThat(run("--rules", "--json").json()).hasSize(CheckRule.values().length);
    }

    @Test
    void a_model_that_cannot_be_read_is_told_by_its_place() {
        Planted.write(root, "context: shop\nevnets:\n");
        Ran ran = run();
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err()).startsWith("src/contexts/shop/model.yaml:2:1: ").contains("did you mean 'events'?");
    }

    @Test
    void an_expert_adds_an_event_with_one_line_and_the_model_is_valid() {
        Planted.write(root, "context: shop\nevents:\n  OrderPlaced:\n");
        assertThat(run().status()).isZero();
        assertThat(Ran.in(root, "model", "status").out()).contains("OrderPlaced");
    }
}
