package dev.storyline.local.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.history.TwoContexts.Meta;
import dev.storyline.local.operator.StreamName;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An order is placed and asks the stock for its pieces. Its public event has the depot pack it, whose public event the shop
 * hears of again.
 */
class CausesTest {
    private static final TwoContexts CONTEXTS = new TwoContexts();

    @BeforeAll
    static void happened() {
        Meta placed = Meta.byHand("k1");
        CONTEXTS.happened("shop", "order#o1", 1, placed, "Placed {}", "Noted {}");
        CONTEXTS.happened("shop", "customer#ada", 1, placed, "Ordered {}");
        CONTEXTS.happened("shop", "stock#chair", 1, Meta.byHand("k0"), "Received {}");
        CONTEXTS.happened(
                "shop",
                "stock#chair",
                2,
                new Meta("dispatch\u2192shop/ask/order#o1@1/reserve", "ada", "k1", "order#o1@1", "r"),
                "Reserved {}");
        CONTEXTS.happened(
                "depot",
                "parcel#o1",
                1,
                new Meta("translation\u2192u1", "urn:storyline:shop", "k1", "shop/tell/stock#chair@2/reserved", "r"),
                "Packed {}");
        CONTEXTS.happened(
                "shop",
                "order#o1",
                3,
                new Meta("translation\u2192u2", "urn:storyline:depot", "k1", "depot/tell/parcel#o1@1/packed", "r"),
                "Packed {}");
        // A client has used the same key for something else.
        CONTEXTS.happened("shop", "order#o7", 1, new Meta("k1", "ada", "k1", null, "other"), "Placed {}");
        CONTEXTS.happened(
                "depot",
                "parcel#o8",
                1,
                new Meta("translation\u2192u3", "crm", "ticket-5", "ticket-5", "r"),
                "Packed {}");
    }

    private static ObjectNode tree(String context, String stream, long version) {
        return new Causes(CONTEXTS.tables).tree(new StreamName(context, StreamId.parse(stream)), version, 0, _ -> {});
    }

    /** {@code shop[order#o1@1 Placed(...)]}, with what followed in parentheses. */
    private static String text(JsonNode command) {
        StringJoiner events = new StringJoiner(", ", command.path("context").asText() + "[", "]");
        for (JsonNode event : command.path("events")) {
            StringJoiner caused = new StringJoiner("; ", "(", ")").setEmptyValue("");
            event.path("caused").forEach(next -> caused.add((next.path("public").asBoolean() ? "~" : "") + text(next)));
            events.add(event.path("stream").asText() + "@"
                    + event.path("version").asText() + (event.has("asked") ? "!" : "") + caused);
        }
        return events.toString();
    }

    @Test
    void from_any_event_the_tree_begins_at_the_first_cause_and_crosses_streams_and_contexts() {
        ObjectNode tree = tree("shop", "order#o1", 3);
        assertThat(text(tree.path("first")))
                .isEqualTo(
                        "shop[customer#ada@1, order#o1@1(shop[stock#chair@2(~depot[parcel#o1@1(~shop[order#o1@3!])])]),"
                                + " order#o1@2]");
        assertThat(tree.path("complete").asBoolean()).isTrue();
        assertThat(tree.has("beyond")).isFalse();
        assertThat(text(tree("shop", "stock#chair", 2).path("first")))
                .isEqualTo(text(tree.path("first")).replace("!", "").replace("chair@2", "chair@2!"));
    }

    @Test
    void a_command_tells_the_effect_that_sent_it() {
        JsonNode reserve = tree("shop", "order#o1", 1)
                .path("first")
                .path("events")
                .get(1)
                .path("caused")
                .get(0);
        assertThat(reserve.path("effect").asText()).isEqualTo("ask/reserve");
        assertThat(reserve.path("public").asBoolean()).isFalse();
        JsonNode pack = reserve.path("events").get(0).path("caused").get(0);
        assertThat(pack.path("effect").asText()).isEqualTo("tell/reserved");
        assertThat(pack.path("actor").asText()).isEqualTo("urn:storyline:shop");
    }

    @Test
    void what_has_the_same_conversation_by_chance_is_not_shown() {
        assertThat(text(tree("shop", "order#o7", 1).path("first"))).isEqualTo("shop[order#o7@1!]");
    }

    @Test
    void where_the_first_cause_is_not_recorded_here_its_id_is_told() {
        ObjectNode tree = tree("depot", "parcel#o8", 1);
        assertThat(tree.path("beyond").asText()).isEqualTo("ticket-5");
        assertThat(text(tree.path("first"))).isEqualTo("depot[parcel#o8@1!]");
    }

    @Test
    void a_version_that_does_not_exist_is_said_in_one_sentence() {
        assertThatThrownBy(() -> tree("shop", "order#o1", 9))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("The stream shop/order#o1 has no version 9.");
    }
}
