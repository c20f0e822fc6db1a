package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.simulation.Fault;
import dev.storyline.simulation.History;
import dev.storyline.testkit.RunLength;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Simulates histories of whole systems under faults: no effect may be lost, invented, duplicated or out of order. A
 * long run has thousands of histories. {@code -Dsimulation.seed=N} replays one history, {@code -Dsimulation.minutes=M}
 * adds new seeds for M minutes, and {@code -Dsimulation.histories=N} sets the number of histories.
 */
class SimulationTest {
    private static final long FIRST_SEED = 1;
    private static final int HISTORIES = RunLength.of(200, 2_000);
    private static final int FIELD_HISTORIES = RunLength.of(60, 100);
    private static final int INVENTORY_HISTORIES = RunLength.of(60, 300);
    private static final int CATALOGUE_HISTORIES = RunLength.of(20, 100);
    private static final int ACCOUNTING_HISTORIES = RunLength.of(60, 300);
    private static final int ORDERS_HISTORIES = RunLength.of(60, 500);
    private static final int COMMERCE_HISTORIES = RunLength.of(30, 2_000);
    /** Few facts come after the close of their month. */
    private static final int MANY = 1_000;

    @Test
    void whatever_goes_wrong_nothing_is_lost_doubled_or_out_of_order() {
        Long seed = Long.getLong("simulation.seed");
        int minutes = Integer.getInteger("simulation.minutes", 0);
        int histories = Integer.getInteger("simulation.histories", HISTORIES);
        long first = seed != null ? seed : minutes > 0 ? System.currentTimeMillis() : FIRST_SEED;
        long until = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        try (Simulations simulations = Simulations.ofWishes()) {
            Simulations.Sum sum = simulations.all(
                    first,
                    seed != null
                            ? one -> one == seed
                            : one -> one < first + histories || System.nanoTime() - until < 0);
            sum.tell(first, System.out);
            assertThat(sum.violation()).isNull();
            if (seed == null && histories >= HISTORIES) {
                assertThat(sum.faults()).containsOnlyKeys(Fault.values());
                assertThat(sum.reached())
                        .containsOnlyKeys("failure queue", "rebuild", "reconcile", "redrive-due", "repeated effect");
            }
        }
    }

    @Test
    void whatever_goes_wrong_no_crew_is_in_two_places_in_the_end_unless_it_is_on_record() {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? FIELD_HISTORIES : 1;
        AtomicInteger overlaps = new AtomicInteger();
        try (Simulations simulations = Simulations.ofFieldOperations(overlaps::addAndGet)) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            System.out.println(overlaps + " overlaps of hours are open");
            assertThat(sum.violation()).isNull();
            if (seed == null) {
                assertThat(overlaps).hasPositiveValue();
            }
        }
    }

    @Test
    void whatever_goes_wrong_an_order_has_all_of_its_products_or_none_and_no_stock_is_below_zero() {
        assertStockIsRight(Simulations.ofInventory());
    }

    @Test
    void whatever_goes_wrong_the_same_holds_where_the_stock_of_a_hot_product_lies_in_bins() {
        assertStockIsRight(Simulations.ofShardedInventory());
    }

    private static void assertStockIsRight(Simulations inventory) {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? INVENTORY_HISTORIES : 1;
        try (Simulations simulations = inventory) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            assertThat(sum.violation()).isNull();
        }
    }

    @Test
    void whatever_goes_wrong_the_index_is_that_of_the_products_as_they_are() {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? CATALOGUE_HISTORIES : 1;
        try (Simulations simulations = Simulations.ofCatalogue()) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            assertThat(sum.violation()).isNull();
        }
    }

    @Test
    void whatever_goes_wrong_the_ledger_is_balanced_and_every_fact_is_posted_once() {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? ACCOUNTING_HISTORIES : 1;
        try (Simulations simulations = Simulations.ofAccounting()) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            assertThat(sum.violation()).isNull();
        }
    }

    @Test
    void whatever_goes_wrong_every_order_comes_to_one_end_and_money_and_stock_are_conserved() {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? ORDERS_HISTORIES : 1;
        try (Simulations simulations = Simulations.ofOrders()) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            assertThat(sum.violation()).isNull();
            if (seed == null) {
                assertThat(sum.reached())
                        .containsKeys(
                                "deadline fired",
                                "deadline fired twice",
                                "deadline taken back",
                                "deadline fired although it was taken back");
            }
        }
    }

    @Test
    void whatever_goes_wrong_the_four_contexts_of_the_shop_tell_one_story() {
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? FIRST_SEED : seed;
        int histories = seed == null ? Integer.getInteger("simulation.histories", COMMERCE_HISTORIES) : 1;
        Map<String, Integer> ends = new TreeMap<>();
        Consumer<Map<String, Integer>> add = counts -> {
            synchronized (ends) {
                counts.forEach((end, count) -> ends.merge(end, count, Integer::sum));
            }
        };
        try (Simulations simulations = Simulations.ofCommerce(add)) {
            Simulations.Sum sum = simulations.all(first, one -> one < first + histories);
            sum.tell(first, System.out);
            System.out.println("Orders: " + ends);
            assertThat(sum.violation()).isNull();
            if (seed == null && histories >= COMMERCE_HISTORIES) {
                assertThat(ends).containsKeys("shipped", "returned", "cancelled", "refunded");
                assertThat(ends.get("January closed")).isPositive();
                assertThat(sum.reached())
                        .containsKeys(
                                "deadline fired",
                                "deadline fired twice",
                                "deadline taken back",
                                "deadline fired although it was taken back",
                                "message of the visit before");
            }
            if (seed == null && histories >= MANY) {
                assertThat(ends.get("late")).isPositive();
            }
        }
    }

    @Test
    void the_same_seed_is_the_same_history() {
        try (Simulations simulations = Simulations.ofWishes()) {
            for (long seed = 1; seed <= RunLength.of(8, 20); seed++) {
                History.Verdict once = simulations.history(seed);
                assertThat(simulations.history(seed)).isEqualTo(once);
            }
        }
    }
}
