package dev.storyline.local.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.history.TwoContexts.Meta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search for events in all contexts. */
class EventSearchTest {
    private static final TwoContexts CONTEXTS = new TwoContexts();

    @BeforeAll
    static void happened() {
        CONTEXTS.happened(
                "shop",
                "order#o1",
                1,
                Meta.byHand("k1"),
                "Placed {\"customer\":\"ada\",\"lines\":[{\"product\":\"chair\"},{\"product\":\"lamp\"}]}",
                "Priced {\"gross\":{\"amount\":60.00,\"currency\":\"EUR\"},\"paid\":false}");
        CONTEXTS.happened("shop", "order#o1", 3, Meta.byHand("k2"), "Paid {\"customer\":\"ada\"}");
        CONTEXTS.happened("depot", "parcel#o1", 1, Meta.byHand("k1"), "Packed {\"customer\":\"bob\"}");
    }

    private static EventSearch.Found search(
            @Nullable String type,
            @Nullable Instant since,
            Map<String, String> where,
            @Nullable String correlation,
            int limit) {
        return new EventSearch(CONTEXTS.tables)
                .run(new EventSearch.Wanted(type, since, where, correlation, limit), 0, _ -> {});
    }

    private static List<String> names(EventSearch.Found found) {
        return found.events().stream()
                .map(event -> event.path("context").asText() + "/"
                        + event.path("stream").asText() + "@"
                        + event.path("version").asText())
                .toList();
    }

    @Test
    void events_of_all_contexts_are_found_in_the_order_of_their_times() {
        EventSearch.Found found = search(null, TwoContexts.NOON, Map.of(), null, 100);
        assertThat(names(found))
                .containsExactly("depot/parcel#o1@1", "shop/order#o1@1", "shop/order#o1@2", "shop/order#o1@3");
        assertThat(found.scan().complete()).isTrue();
        assertThat(found.scan().commits()).isEqualTo(3);
        assertThat(found.scan().readUnits()).isPositive();
    }

    @Test
    void all_conditions_apply() {
        assertThat(names(search("Paid", null, Map.of(), null, 100))).containsExactly("shop/order#o1@3");
        assertThat(names(search(null, TwoContexts.NOON.plusSeconds(2), Map.of(), null, 100)))
                .containsExactly("shop/order#o1@3");
        assertThat(names(search(null, null, Map.of(), "k1", 100)))
                .containsExactly("depot/parcel#o1@1", "shop/order#o1@1", "shop/order#o1@2");
        assertThat(names(search("Placed", null, Map.of("customer", "ada"), "k1", 100)))
                .containsExactly("shop/order#o1@1");
        assertThat(names(search("Placed", null, Map.of("customer", "bob"), null, 100)))
                .isEmpty();
    }

    @Test
    void a_field_may_lie_deeper_in_a_list_or_be_a_number() {
        assertThat(names(search(null, null, Map.of("lines.product", "lamp"), null, 100)))
                .containsExactly("shop/order#o1@1");
        assertThat(names(search(null, null, Map.of("gross.amount", "60"), null, 100)))
                .containsExactly("shop/order#o1@2");
        assertThat(names(search(null, null, Map.of("gross.currency", "EUR", "paid", "false"), null, 100)))
                .containsExactly("shop/order#o1@2");
        assertThat(names(search(null, null, Map.of("gross", "60"), null, 100))).isEmpty();
    }

    @Test
    void a_search_that_has_enough_ends_and_says_so() {
        EventSearch.Found found = search(null, null, Map.of("customer", "ada"), null, 1);
        assertThat(found.events()).hasSize(1);
        assertThat(found.scan().complete()).isFalse();
    }

    @Test
    void a_ceiling_of_read_units_is_kept() {
        List<ScanProgress> told = new ArrayList<>();
        ScanProgress scan = new EventSearch(CONTEXTS.tables)
                .run(new EventSearch.Wanted("Paid", null, Map.of(), null, 10), 5, told::add)
                .scan();
        assertThat(scan.readUnits()).isPositive();
        assertThat(scan.readUnits() / scan.seconds()).isLessThanOrEqualTo(5.0);
        assertThat(told.getLast().commits()).isEqualTo(3);
    }
}
