package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that contradictory specifications are reported. */
class ScenariosTest {
    private static final String SHOP = """
            context: shop
            actors: [clerk]
            streams: [order]
            types:
              Line: {fields: {good: {type: text, from: GoodAdded.good}, size: {type: text, from: GoodAdded.size}}}
            events:
              GoodAdded:
                stream: order
                fields:
                  id: {type: text, identity: true, example: o1}
                  good: {type: text, example: tea}
                  size: {type: text, example: small}
            public-events:
              GoodAdded:
                fields: {id: text, good: text}
            commands:
              AddGood: {stream: order, fields: {id: {type: text, example: o1}, good: text, size: {type: text, example: small}}}
            views:
              Order: {fields: {id: text, lines: list of Line}}
            story:
              - chapter: Selling
                slices:
                  - slice: add-good
                    actor: clerk
                    command: AddGood
                    events: GoodAdded
                    specifications:
                      a good is added:
                        when: {AddGood: {good: tea, size: large}}
                        then: %s
                  - slice: order
                    actor: clerk
                    on: GoodAdded
                    view: Order
                    specifications:
                      goods are shown:
                        given:
                          - GoodAdded: {good: tea, size: small}
                          - GoodAdded: {good: milk, size: large}
                        then: %s
                  - slice: tell
                    on: GoodAdded
                    publishes: GoodAdded
                    specifications:
                      others learn of it:
                        when: {GoodAdded: {good: tea}}
                        then: %s
            """;

    @TempDir
    private Path root;

    private List<String> errors(String then, String shown, String told) {
        return Planted.check(root, SHOP.formatted(then, shown, told)).findings().stream()
                .filter(finding -> finding.rule().severity() == Severity.ERROR)
                .map(finding -> finding.rule().id() + " " + finding.sentence())
                .toList();
    }

    private List<String> shown(String then) {
        return errors("GoodAdded", then, "nothing");
    }

    private List<String> told(String then) {
        return errors("GoodAdded", "nothing", then);
    }

    @Test
    void what_is_expected_is_what_the_origin_gives() {
        assertThat(errors("{GoodAdded: {good: tea, size: large}}", "nothing", "nothing"))
                .isEmpty();
        assertThat(errors("{GoodAdded: {good: any text, size: large}}", "nothing", "nothing"))
                .isEmpty();
        assertThat(errors("{GoodAdded: {good: large, size: tea}}", "nothing", "nothing"))
                .containsExactly(
                        "specification-contradicts-origin 'a good is added' expects GoodAdded.good to be 'large', but it"
                                + " comes from AddGood.good, which is 'tea'.",
                        "specification-contradicts-origin 'a good is added' expects GoodAdded.size to be 'tea', but it comes"
                                + " from AddGood.size, which is 'large'.");
    }

    @Test
    void what_is_shown_in_rows_is_what_one_of_the_events_gives() {
        assertThat(shown("{Order: {lines: [{good: tea, size: small}, {good: milk, size: large}]}}"))
                .isEmpty();
        assertThat(shown("{Order: {lines: [{good: small}, {size: large}]}}"))
                .containsExactly(
                        "specification-contradicts-origin 'goods are shown' expects Order.lines.good to be 'small',"
                                + " but it comes from GoodAdded.good, which is 'tea', and GoodAdded.good, which is 'milk'.");
    }

    @Test
    void fields_in_rows_are_known_and_of_their_type() {
        assertThat(shown("{Order: {lines: [{god: tea}]}}"))
                .containsExactly("specification-unknown-field Order.lines has no field 'god'; did you mean 'good'?");
        assertThat(shown("{Order: {lines: tea}}"))
                .containsExactly("value-of-wrong-type Order.lines is a list of Line, not 'tea'.");
        assertThat(shown("{Order: {lines: [tea]}}"))
                .containsExactly("value-of-wrong-type Order.lines is the fields of Line, not 'tea'.");
    }

    @Test
    void a_public_event_is_meant_where_the_slice_publishes_it() {
        assertThat(told("{GoodAdded: {good: tea}}")).isEmpty();
        assertThat(told("{GoodAdded: {size: small}}"))
                .containsExactly("specification-unknown-field GoodAdded has no field 'size'.");
        assertThat(told("AddGood"))
                .containsExactly(
                        "specification-then-impossible The slice tell neither records, publishes, dispatches nor"
                                + " keeps the command AddGood.");
    }

    @Test
    void a_row_that_is_not_there_is_of_a_view_that_the_slice_keeps() {
        assertThat(shown("no Order")).isEmpty();
        assertThat(told("no Order"))
                .containsExactly(
                        "specification-then-impossible The slice tell neither records, publishes, dispatches nor"
                                + " keeps the view Order.");
    }

    @Test
    void what_a_query_asks_about_may_be_given_where_the_slice_says_that_it_must_exist() {
        String model = """
                context: shop
                streams: [shelf, good]
                events:
                  ShelfBuilt: {stream: shelf, fields: {shelf: {type: text, example: s1}}}
                  GoodSold: {stream: good, fields: {shelf: {type: text, example: s1}}}
                views: {Shelf: {fields: {shelf: text}}}
                story:
                  - chapter: Selling
                    slices:
                      - {slice: shelf, on: GoodSold, view: Shelf, %s specifications: {it is empty: {given: [ShelfBuilt, GoodSold], then: Shelf}}}
                """;
        assertThat(Planted.check(root, model.formatted("exists: ShelfBuilt,")).findings())
                .noneMatch(finding -> finding.rule() == CheckRule.SPECIFICATION_GIVEN_UNUSED);
        assertThat(Planted.check(root, model.formatted("")).findings())
                .filteredOn(finding -> finding.rule() == CheckRule.SPECIFICATION_GIVEN_UNUSED)
                .extracting(ModelFinding::sentence)
                .containsExactly("The slice shelf does nothing with the event ShelfBuilt, which is given.");
        assertThatThrownBy(() -> Planted.check(root, model.formatted("exists: Shelf,")))
                .hasMessageContaining("There is no event 'Shelf'");
    }

    @Test
    void time_passes_where_a_slice_has_deadlines_and_nowhere_else() {
        String passing = SHOP.replace("when: {GoodAdded: {good: tea}}", "when: {time: +30 minutes}");
        assertThat(Planted.check(root, passing.formatted("GoodAdded", "nothing", "nothing"))
                        .findings())
                .extracting(ModelFinding::sentence)
                .contains(
                        "The slice tell has no 'deadlines' and comes to nothing 'after' a while, so that time sets nothing off.");
    }

    @Test
    void a_time_is_a_time() {
        String at = SHOP.replace(
                "- GoodAdded: {good: tea, size: small}", "- {GoodAdded: {good: tea, size: small}, at: late}");
        assertThat(Planted.check(root, at.formatted("GoodAdded", "nothing", "nothing"))
                        .findings())
                .anySatisfy(finding ->
                        assertThat(finding.sentence()).isEqualTo("'at' is a time like 'now - 1 h', not 'late'."));
    }

    @Test
    void fields_that_belong_together_have_an_example_where_each_of_them_has() {
        String model = """
                context: shop
                types: {Money: {fields: {cents: %s}}}
                events: {OrderPaid: {fields: {net: Money, gross: Money}}}
                views: {Paid: {fields: {net: Money}}}
                story:
                  - chapter: Paying
                    slices:
                      - {slice: paid, on: OrderPaid, view: Paid, specifications: {it is shown: {given: OrderPaid, then: Paid}}}
                """;
        assertThat(Planted.check(root, model.formatted("{type: integer, example: '5'}"))
                        .findings())
                .noneMatch(finding -> finding.rule() == CheckRule.SPECIFICATION_MISSING_FIELD);
        assertThat(Planted.check(root, model.formatted("integer")).findings())
                .filteredOn(finding -> finding.rule() == CheckRule.SPECIFICATION_MISSING_FIELD)
                .hasSize(2);
    }

    @Test
    void a_field_without_an_example_is_told_wherever_nothing_gives_it() {
        String untold = SHOP.replace("when: {AddGood: {good: tea, size: large}}", "when: AddGood");
        assertThat(Planted.check(root, untold.formatted("GoodAdded", "nothing", "nothing"))
                        .findings())
                .filteredOn(finding -> finding.rule() == CheckRule.SPECIFICATION_MISSING_FIELD)
                .extracting(ModelFinding::sentence)
                .containsExactly("'a good is added' does not tell AddGood.good, which has no example.");
    }
}
