package dev.storyline.contexts.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PicksTest {
    private static final StockShards SHARDS = StockShards.of(List.of("chair=3"));
    /** Begins at the first bin. */
    private static final OrderId ORDER = new OrderId("o3");

    private static ProductId id(String name) {
        return new ProductId(name);
    }

    private static StockLine line(String product, long quantity) {
        return new StockLine(id(product), quantity);
    }

    private static ReservedLine taken(String bin, long quantity) {
        return new ReservedLine(
                id(bin), quantity, bin.equals("chair") || !bin.startsWith("chair.") ? null : id("chair"));
    }

    private static Picks picks(List<StockLine> wanted, StockShards shards, Map<String, Integer> free) {
        return Picks.of(ORDER, wanted, shards, bin -> new StockLevel(free.getOrDefault(bin.value(), 0) + 7, 7));
    }

    private static Picks chairs(long quantity, int first, int second, int third) {
        return picks(
                List.of(line("chair", quantity)), SHARDS, Map.of("chair", first, "chair.2", second, "chair.3", third));
    }

    @Test
    void the_order_of_these_tests_begins_at_the_first_bin() {
        assertThat(SHARDS.of(id("chair"), ORDER)).isEqualTo(SHARDS.of(id("chair")));
    }

    @Test
    void the_first_bin_with_enough_gives_all_and_is_all_that_the_answer_depends_on() {
        assertThat(chairs(3, 3, 9, 9).taken()).containsExactly(taken("chair", 3));
        Picks second = chairs(4, 3, 4, 9);
        assertThat(second.taken()).containsExactly(taken("chair.2", 4));
        assertThat(second.decisive()).containsExactly(id("chair.2"));
        assertThat(chairs(5, 4, 4, 5).taken()).containsExactly(taken("chair.3", 5));
    }

    @Test
    void where_no_bin_has_enough_several_give() {
        assertThat(chairs(5, 2, 2, 2).taken())
                .containsExactly(taken("chair", 2), taken("chair.2", 2), taken("chair.3", 1));
        Picks two = chairs(5, 2, 0, 4);
        assertThat(two.taken()).containsExactly(taken("chair", 2), taken("chair.3", 3));
        assertThat(two.decisive()).containsExactlyInAnyOrder(id("chair"), id("chair.3"));
    }

    @Test
    void what_is_missing_depends_on_all_bins_of_it_and_on_nothing_else() {
        Picks picks = picks(
                List.of(line("table", 2), line("chair", 7), line("lamp", 2)),
                SHARDS,
                Map.of("table", 2, "chair", 2, "chair.2", 2, "chair.3", 2));
        assertThat(picks.missing())
                .containsExactly(new MissingStock(id("chair"), 7, 6), new MissingStock(id("lamp"), 2, 0));
        assertThat(picks.decisive()).containsExactlyInAnyOrder(id("chair"), id("chair.2"), id("chair.3"), id("lamp"));
    }

    @Test
    void a_piece_is_given_once_even_to_an_order_that_names_a_bin_too() {
        List<StockLine> both = List.of(line("chair", 2), line("chair.2", 2));
        Picks enough = picks(both, SHARDS, Map.of("chair", 1, "chair.2", 4));
        assertThat(enough.taken())
                .containsExactly(
                        new ReservedLine(id("chair.2"), 2, id("chair")), new ReservedLine(id("chair.2"), 2, null));
        assertThat(ReservedLine.events(enough.taken(), one -> new StockEvent.PiecesReserved(one.productId(), ORDER, 1)))
                .hasSize(1)
                .containsOnlyKeys(Inventory.stream(id("chair.2")));
        assertThat(picks(both, SHARDS, Map.of("chair", 1, "chair.2", 3)).missing())
                .containsExactly(new MissingStock(id("chair.2"), 2, 1));
    }

    @Test
    void an_order_of_ninety_products_fits_a_transaction_whatever_it_takes_from_several_bins() {
        List<String> setting = new ArrayList<>();
        List<StockLine> wanted = new ArrayList<>();
        Map<String, Integer> free = new HashMap<>();
        for (int product = 0; product < StockLine.MOST_LINES; product++) {
            setting.add("p" + product + "=4");
            wanted.add(line("p" + product, 4));
            for (ProductId bin : StockShards.of(List.of("p" + product + "=4")).of(id("p" + product))) {
                free.put(bin.value(), 1);
            }
        }
        StockShards shards = StockShards.of(setting);
        Picks all = picks(wanted, shards, free);
        assertThat(all.taken()).as("three products get three more bins each").hasSizeGreaterThanOrEqualTo(12);
        assertThat(all.missing().getFirst()).isEqualTo(new MissingStock(id("p3"), 4, 1));
        assertThat(all.decisive()).hasSizeLessThanOrEqualTo(Picks.MOST_BINS).hasSizeGreaterThan(90);
        free.keySet().stream().filter(bin -> !bin.contains(".")).forEach(bin -> free.put(bin, 4));
        Picks most = picks(wanted, shards, free);
        assertThat(most.missing()).isEmpty();
        assertThat(most.decisive()).hasSize(90);
    }

    @Test
    void whatever_is_picked_is_what_is_wanted_and_no_more_than_there_is() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StockShards shards = StockShards.of(List.of("chair=" + (2 + random.nextInt(4)), "lamp=2"));
            Map<String, Integer> free = new HashMap<>();
            for (String product : List.of("chair", "lamp", "table")) {
                shards.of(id(product)).forEach(bin -> free.put(bin.value(), random.nextInt(4)));
            }
            List<StockLine> wanted = List.of("chair", "lamp", "table").stream()
                    .filter(_ -> random.nextInt(3) > 0)
                    .map(product -> line(product, 1 + random.nextInt(6)))
                    .toList();
            OrderId order = new OrderId("o" + random.nextInt(100));
            Picks picks = Picks.of(order, wanted, shards, bin -> new StockLevel(free.getOrDefault(bin.value(), 0), 0));
            Set<ProductId> tooFew = new HashSet<>();
            for (StockLine line : wanted) {
                long all = shards.of(line.productId()).stream()
                        .mapToInt(bin -> free.getOrDefault(bin.value(), 0))
                        .sum();
                if (all < line.quantity()) {
                    tooFew.add(line.productId());
                }
            }
            assertThat(picks.missing().stream().map(MissingStock::productId))
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(tooFew);
            if (tooFew.isEmpty()) {
                assertThat(ReservedLine.wanted(picks.taken()))
                        .as("seed %s", seed)
                        .isEqualTo(wanted);
                assertThat(picks.taken())
                        .as("seed %s", seed)
                        .allMatch(line -> line.quantity() > 0
                                && line.quantity()
                                        <= free.getOrDefault(line.productId().value(), 0));
            }
        }
    }
}
