package dev.storyline.contexts.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockShardsTest {
    private static final ProductId CHAIR = new ProductId("chair");

    private static List<String> names(List<ProductId> bins) {
        return bins.stream().map(ProductId::value).toList();
    }

    @Test
    void the_first_bin_of_a_product_is_the_product_itself() {
        StockShards shards = StockShards.of(List.of("chair=3", "a=b=2"));
        assertThat(names(shards.of(CHAIR))).containsExactly("chair", "chair.2", "chair.3");
        assertThat(names(shards.of(new ProductId("a=b")))).containsExactly("a=b", "a=b.2");
        assertThat(names(shards.of(new ProductId("chair.2")))).containsExactly("chair.2");
        assertThat(names(StockShards.of(List.of()).of(CHAIR))).containsExactly("chair");
    }

    @Test
    void each_order_begins_at_the_bin_that_its_id_chooses_and_knows_all_of_them() {
        StockShards shards = StockShards.of(List.of("chair=4"));
        Map<ProductId, Long> firsts = IntStream.range(0, 1_000)
                .mapToObj(n -> shards.of(CHAIR, new OrderId("order-" + n)))
                .peek(bins -> assertThat(bins).containsExactlyInAnyOrderElementsOf(shards.of(CHAIR)))
                .collect(Collectors.groupingBy(List::getFirst, Collectors.counting()));
        assertThat(firsts).hasSize(4);
        assertThat(firsts.values()).allSatisfy(count -> assertThat(count).isBetween(200L, 300L));
        OrderId order = new OrderId("o1");
        assertThat(shards.of(CHAIR, order)).isEqualTo(shards.of(CHAIR, order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chair", "chair=", "=2", "chair=1", "chair=33", "chair=-2", "chair=2x", "chair=002", "#=2"})
    void what_is_no_product_with_its_bins_is_refused(String setting) {
        assertThatThrownBy(() -> StockShards.of(List.of(setting))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bounds_of_the_setting() {
        assertThat(StockShards.of(List.of("chair=2")).of(CHAIR)).hasSize(2);
        assertThat(StockShards.of(List.of("chair=32")).of(CHAIR)).hasSize(32);
        assertThatThrownBy(() -> StockShards.of(List.of("chair=2", "chair=3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> StockShards.of(List.of("c".repeat(127) + "=2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StockShards.of(List.of("c".repeat(126) + "=2")).bins()).hasSize(1);
    }
}
