package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the sources and uses of fields, for every form in which a model can state them. */
class OriginsTest {
    private static final String SHOP = """
            context: shop
            actors: [clerk]
            streams: [order]
            types: {OrderId: text, Name: text}
            events:
              OrderPlaced:
                stream: order
                fields: {id: {type: OrderId, identity: true}, name: %s}
              OrderPaid:
                stream: order
                fields: {id: {type: OrderId, identity: true}, payer: {type: Name, from: %s}}
            commands:
              PlaceOrder:
                fields: {id: OrderId, name: Name, other: Name, names: list of Name}
              PayOrder:
                fields: {id: OrderId}
            story:
              - chapter: Selling
                slices:
                  - {slice: place-order, actor: clerk, command: PlaceOrder, events: OrderPlaced}
                  - {slice: pay-order, actor: clerk, command: PayOrder, folds: %s, events: OrderPaid}
            """;

    @TempDir
    private Path root;

    private Map<String, FieldCompleteness> answers(String models) {
        return Planted.check(root, models).fields().stream()
                .collect(Collectors.toMap(FieldCompleteness::name, field -> field));
    }

    private static FieldCompleteness of(Map<String, FieldCompleteness> answers, String field) {
        return Objects.requireNonNull(answers.get(field), field);
    }

    private Completeness origin(String models, String field) {
        return of(answers(models), field).origin();
    }

    private Completeness destination(String models, String field) {
        return of(answers(models), field).destination();
    }

    private static String shop(String name) {
        return SHOP.formatted(name, "OrderPlaced.name", "OrderPlaced");
    }

    @Test
    void a_field_comes_from_the_command_by_name_and_type() {
        assertThat(origin(shop("Name"), "OrderPlaced.name")).isEqualTo(Completeness.PROVEN);
        assertThat(origin(shop("OrderId"), "OrderPlaced.name")).isEqualTo(Completeness.GAP);
        assertThat(origin(shop("text"), "OrderPlaced.name")).isEqualTo(Completeness.GAP);
        assertThat(origin(shop("list of Name"), "OrderPlaced.name")).isEqualTo(Completeness.GAP);
        assertThat(origin(shop("optional Name"), "OrderPlaced.name")).isEqualTo(Completeness.PROVEN);
        assertThat(origin(shop(""), "OrderPlaced.name")).isEqualTo(Completeness.NOT_CHECKABLE);
    }

    @Test
    void a_copy_is_of_the_same_type_and_a_computation_need_not_be() {
        assertThat(origin(shop("{type: Name, from: PlaceOrder.other}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.PROVEN);
        assertThat(origin(shop("{type: Name, from: PlaceOrder.id}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.GAP);
        assertThat(origin(shop("{type: Name, from: PlaceOrder}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.GAP);
        assertThat(origin(shop("{type: Name, computed: PlaceOrder.id}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.PROVEN);
        assertThat(origin(shop("{type: Name, computed: PlaceOrder}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.PROVEN);
        assertThat(origin(shop("{type: Name, from: PlaceOrder.names}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.GAP);
    }

    @Test
    void what_a_slice_does_not_fold_is_no_origin_in_it() {
        assertThat(origin(shop("Name"), "OrderPaid.payer")).isEqualTo(Completeness.PROVEN);
        String blind = SHOP.formatted("Name", "OrderPlaced.name", "[]");
        assertThat(origin(blind, "OrderPaid.payer")).isEqualTo(Completeness.GAP);
        assertThat(destination(blind, "OrderPlaced.name")).isEqualTo(Completeness.NOT_CHECKABLE);
        assertThat(Planted.check(root, blind).findings())
                .extracting(ModelFinding::toString)
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "src/contexts/shop/model.yaml:11:51: error field-without-origin OrderPaid.payer has no"
                                        + " origin: in the slice pay-order there is none of what it is made of"));
    }

    @Test
    void every_slice_that_records_an_event_needs_an_origin_of_its_fields() {
        String twice = shop("Name")
                .replace(
                        "folds: OrderPlaced, events: OrderPaid",
                        "folds: OrderPlaced, events: [OrderPaid, OrderPlaced]");
        assertThat(origin(twice, "OrderPlaced.name")).isEqualTo(Completeness.GAP);
        assertThat(origin(twice, "OrderPlaced.id")).isEqualTo(Completeness.PROVEN);
    }

    @Test
    void what_was_an_origin_is_used_and_nothing_else_is() {
        Map<String, FieldCompleteness> answers = answers(shop("Name"));
        assertThat(of(answers, "PlaceOrder.name").destination()).isEqualTo(Completeness.PROVEN);
        assertThat(of(answers, "PlaceOrder.other").destination()).isEqualTo(Completeness.GAP);
        assertThat(of(answers, "OrderPlaced.name").destination()).isEqualTo(Completeness.PROVEN);
        assertThat(of(answers, "OrderPaid.payer").destination()).isEqualTo(Completeness.NOT_CHECKABLE);
    }

    @Test
    void fields_that_are_made_of_each_other_come_from_nowhere() {
        assertThat(origin(shop("{type: Name, computed: name}"), "OrderPlaced.name"))
                .isEqualTo(Completeness.GAP);
        String circle = shop("{type: Name, computed: nick}, nick: {type: Name, computed: name}");
        assertThat(origin(circle, "OrderPlaced.name")).isEqualTo(Completeness.GAP);
        assertThat(origin(circle, "OrderPlaced.nick")).isEqualTo(Completeness.GAP);
        assertThat(origin(shop("Name, nick: {type: Name, computed: name}"), "OrderPlaced.nick"))
                .isEqualTo(Completeness.PROVEN);
    }

    private static String view(String children, String type) {
        return """
                context: shop
                actors: [clerk]
                types:
                  Line: {fields: {id: text, price: %s}}
                events:
                  OrderPlaced: {fields: {id: text, price: integer, lines: list of Line}}
                views:
                  Orders: {fields: {%s}}
                  Order: {fields: {id: text}}
                story:
                  - chapter: Selling
                    slices:
                      - {slice: orders, actor: clerk, on: OrderPlaced, view: [Orders, Order]}
                """.formatted(type, children);
    }

    @Test
    void fields_within_fields_are_followed_by_their_path() {
        Map<String, FieldCompleteness> answers = answers(view("rows: list of Line", "integer"));
        assertThat(answers).containsKeys("Orders.rows", "Orders.rows.id", "Orders.rows.price");
        assertThat(of(answers, "Orders.rows.price").origin()).isEqualTo(Completeness.PROVEN);
        Map<String, FieldCompleteness> wrong = answers(view("rows: list of Line", "text"));
        assertThat(of(wrong, "Orders.rows.price").origin()).isEqualTo(Completeness.GAP);
        assertThat(of(wrong, "Orders.rows.id").origin()).isEqualTo(Completeness.PROVEN);
        assertThat(of(wrong, "Orders.rows").origin()).isEqualTo(Completeness.GAP);
        assertThat(Planted.check(root, view("rows: list of Line", "text")).findings())
                .filteredOn(finding -> finding.rule() == CheckRule.TYPE_CLASH)
                .extracting(ModelFinding::subject)
                .containsExactly("Orders.rows.price");
    }

    @Test
    void a_whole_list_is_copied_with_all_that_is_in_it() {
        Map<String, FieldCompleteness> answers = answers(view("lines: list of Line", "text"));
        assertThat(of(answers, "Orders.lines.price").origin()).isEqualTo(Completeness.PROVEN);
        assertThat(of(answers, "OrderPlaced.lines.price").destination()).isEqualTo(Completeness.PROVEN);
        assertThat(of(answers, "OrderPlaced.price").destination()).isEqualTo(Completeness.GAP);
    }

    @Test
    void a_view_may_list_single_values_and_hold_another_view() {
        assertThat(origin(view("prices: {type: list of integer, from: OrderPlaced.price}", "text"), "Orders.prices"))
                .isEqualTo(Completeness.PROVEN);
        assertThat(origin(view("orders: list of Order", "text"), "Orders.orders"))
                .isEqualTo(Completeness.PROVEN);
    }

    private static String contexts(String id, String actor, String field) {
        return """
                context: shop
                types: {OrderId: text, Size: [small, large]}
                events: {OrderPlaced: {fields: {id: OrderId, size: Size}}}
                public-events: {GoodsSold: {fields: {id: OrderId, size: Size}}}
                story:
                  - chapter: Selling
                    slices:
                      - {slice: tell, on: OrderPlaced, publishes: GoodsSold}
                ---
                context: store
                actors: [keeper]
                types: {OrderId: %s, Size: [small, large, huge], Other: text}
                events: {GoodsTaken: {fields: {id: OrderId}}}
                views: {Goods: {fields: {id: OrderId, place: text}}}
                commands: {TakeGoods: {fields: {%s}}}
                story:
                  - chapter: Keeping
                    slices:
                      - {slice: take, %son: shop.GoodsSold, command: TakeGoods, gatekeeper: {reads: Goods}, events: GoodsTaken}
                """.formatted(id, field, actor);
    }

    @Test
    void between_contexts_types_of_one_name_or_a_basic_one_fit() {
        assertThat(origin(contexts("text", "", "id: OrderId"), "TakeGoods.id")).isEqualTo(Completeness.PROVEN);
        assertThat(origin(contexts("integer", "", "id: OrderId"), "TakeGoods.id"))
                .isEqualTo(Completeness.GAP);
        assertThat(origin(contexts("text", "", "id: text"), "TakeGoods.id")).isEqualTo(Completeness.PROVEN);
        assertThat(origin(contexts("text", "", "id: Other"), "TakeGoods.id")).isEqualTo(Completeness.GAP);
        assertThat(origin(contexts("text", "", "size: Size"), "TakeGoods.size")).isEqualTo(Completeness.PROVEN);
        String fewer = contexts("text", "", "size: Size").replace("small, large, huge", "small");
        assertThat(origin(fewer, "TakeGoods.size")).isEqualTo(Completeness.GAP);
    }

    @Test
    void a_command_with_two_triggers_needs_an_origin_at_both() {
        assertThat(origin(contexts("text", "actor: keeper, ", "place: text"), "TakeGoods.place"))
                .isEqualTo(Completeness.GAP);
        String asked = "place: {type: text, from: Goods.place}";
        // The event does not pass a gatekeeper, so no gatekeeper queries the view for it.
        assertThat(origin(contexts("text", "actor: keeper, ", asked), "TakeGoods.place"))
                .isEqualTo(Completeness.GAP);
        String both = "id: {type: OrderId, from: [Goods.id, shop.GoodsSold.id]}";
        assertThat(origin(contexts("text", "actor: keeper, ", both), "TakeGoods.id"))
                .isEqualTo(Completeness.PROVEN);
        String generated = "place: {type: text, generated: the nearest place}";
        assertThat(origin(contexts("text", "actor: keeper, ", generated), "TakeGoods.place"))
                .isEqualTo(Completeness.PROVEN);
    }

    @Test
    void a_public_event_is_used_by_other_contexts_only() {
        String models = contexts("text", "", "id: OrderId");
        assertThat(destination(models, "GoodsSold.id")).isEqualTo(Completeness.PROVEN);
        assertThat(destination(models, "GoodsSold.size")).isEqualTo(Completeness.GAP);
        String alone = models.substring(0, models.indexOf("---"));
        Path other = root.resolve("alone");
        assertThat(Planted.check(other, alone).fields())
                .filteredOn(field -> field.element().name().equals("GoodsSold"))
                .extracting(FieldCompleteness::destination)
                .containsOnly(Completeness.NOT_CHECKABLE);
    }

    @Test
    void fields_that_are_made_of_many_others_are_followed_once() {
        StringBuilder fields = new StringBuilder("Name");
        for (int i = 2; i < 2_000; i++) {
            fields.append(", f%d: {type: Name, computed: [%s, %s]}"
                    .formatted(i, i < 4 ? "id" : "f" + (i - 2), i < 3 ? "name" : "f" + (i - 1)));
        }
        assertThat(origin(shop(fields.toString()), "OrderPlaced.f1999")).isEqualTo(Completeness.PROVEN);
    }

    @Test
    void types_of_types_that_no_memory_holds_are_looked_into_as_far_as_it_goes() {
        StringBuilder types = new StringBuilder("T99: {fields: {id: text}}");
        for (int i = 0; i < 99; i++) {
            types.append(", T%d: {fields: {".formatted(i));
            for (int j = 0; j < 20; j++) {
                types.append(j == 0 ? "" : ", ")
                        .append("f")
                        .append(j)
                        .append(": T")
                        .append(i + 1);
            }
            types.append("}}");
        }
        String bomb = shop("T0").replace("types: {", "types: {" + types + ", ");
        assertThat(origin(bomb, "OrderPlaced.name")).isNotEqualTo(Completeness.PROVEN);
    }

    @Test
    void a_type_within_itself_ends() {
        String tree = view("rows: list of Line", "integer")
                .replace("{fields: {id: text,", "{fields: {below: list of Line, id: text,");
        assertThat(answers(tree)).containsKeys("Orders.rows.below").doesNotContainKey("Orders.rows.below.below");
    }

    @Test
    void a_waived_gap_is_counted_as_waived() {
        String waived = shop("Name")
                .replace("other: Name", "other: {type: Name, waived: {field-unused: Read by clerks.}}")
                .replace("names: list of Name", "names: {type: list of Name, waived: {field-unused: Read, too.}}");
        assertThat(Planted.check(root, waived).counts()).isEqualTo(new Report.Counts(5, 0, 2, 2));
        assertThat(List.of(CheckRule.FIELD_UNUSED, CheckRule.WAIVER_UNUSED))
                .noneMatch(rule ->
                        Planted.check(root, waived).findings().stream().anyMatch(finding -> finding.rule() == rule));
    }
}
