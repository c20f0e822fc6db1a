package dev.storyline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class StepTest {
    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void an_answer_is_met_by_one_of_the_wanted_values() throws Exception {
        Step step = Step.get("/a").until("/state", "shipped", "returned");
        assertThat(step.isMet(json("{'state': 'returned'}"))).isTrue();
        assertThat(step.isMet(json("{'state': 'paid'}"))).isFalse();
        assertThat(step.isMet(json("{'state': null}"))).isFalse();
        assertThat(step.isMet(json("{}"))).isFalse();
        assertThat(Step.get("/a").isMet(json("{}"))).isTrue();
        assertThat(Step.get("/a").until("/state", Step.ANY).isMet(json("{'state': 'x'}")))
                .isTrue();
    }

    @Test
    void numbers_are_met_whatever_their_form_and_lists_by_their_json() throws Exception {
        Step price = Step.get("/a").until("/price", "329.00");
        assertThat(price.isMet(json("{'price': 329}"))).isTrue();
        assertThat(price.isMet(json("{'price': 329.01}"))).isFalse();
        Step due = Step.get("/a").until("/due", ">0");
        assertThat(due.isMet(json("{'due': 0.01}"))).isTrue();
        assertThat(due.isMet(json("{'due': 0}"))).isFalse();
        Step crews = Step.get("/a").until("/crews", "[\"red\"]");
        assertThat(crews.isMet(json("{'crews': ['red']}"))).isTrue();
        assertThat(crews.isMet(json("{'crews': ['red', 'blue']}"))).isFalse();
    }

    @Test
    void what_was_kept_fills_paths_and_bodies() throws Exception {
        Memory memory = new Memory(new ConcurrentHashMap<>());
        memory.keep("id", json("'ä b'"));
        memory.keep("all.price", json("{'amount': 12.55, 'currency': 'EUR'}"));
        Step step = Step.post("/orders/{id}/pay", "amount", "{all.price}", "why", "because of {id}", "n", 3);
        assertThat(step.needs()).containsExactlyInAnyOrder("id", "all.price");
        assertThat(memory.fill(step.path())).isEqualTo("/orders/%C3%A4%20b/pay");
        assertThat(Json.text(memory.fill(Objects.requireNonNull(step.body()))))
                .isEqualTo("{\"amount\":{\"amount\":12.55,\"currency\":\"EUR\"},\"why\":\"because of {id}\",\"n\":3}");
    }

    @Test
    void a_running_cloud_is_known_by_its_list() {
        Running running = Running.read(
                "slice wishes/make-wish\nslice orders/pay-order\nPOST /orders/{id}/pay\nGET /wishes/a\n", Set.of());
        assertThat(running.has("wishes", "orders")).isTrue();
        assertThat(running.has("wishes", "catalogue")).isFalse();
        assertThat(running.serves("GET /wishes/a")).isTrue();
        assertThat(running.serves("GET /wishes/b")).isFalse();
        assertThat(Running.read("slice a/b\nslice c/d\nGET /a/x\n", Set.of("c")).serves("GET /a/x"))
                .isFalse();
    }
}
