package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.StreamId;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** What a process keeps of fold items. */
class FoldItemCacheTest {
    private static final Generation FIRST =
            Generation.of(Tills.client(new ExecutionInterceptor() {}), "none", "tills", 1, false);
    private static final int EACH = 4_000;

    private final FoldItemCache cache = new FoldItemCache();

    private static StreamId stream(int number) {
        return StreamId.parse("till#" + number);
    }

    private static FoldItem of(int characters) {
        return FoldItem.none(1).remembering("x".repeat(characters), 1);
    }

    @Test
    void all_items_together_have_a_bound_and_the_one_that_was_used_last_stays() {
        cache.written(FIRST, stream(0), of(EACH));
        for (int number = 1; number < 1_000; number++) {
            cache.written(FIRST, stream(number), of(EACH));
            assertThat(cache.get(FIRST, stream(0))).isNotNull();
        }
        assertThat(cache.kept()).isBetween(60, 70);
        assertThat(cache.get(FIRST, stream(999))).isNotNull();
        assertThat(cache.get(FIRST, stream(1))).isNull();
    }

    @Test
    void small_items_are_a_thousand_at_most() {
        for (int number = 0; number < 3_000; number++) {
            cache.written(FIRST, stream(number), of(1));
        }
        assertThat(cache.kept()).isEqualTo(1_000);
    }

    @Test
    void what_is_written_again_or_forgotten_leaves_its_place() {
        for (int number = 0; number < 1_000; number++) {
            cache.written(FIRST, stream(0), of(EACH));
            cache.written(FIRST, stream(1), of(EACH));
            cache.forget(FIRST, stream(1));
        }
        assertThat(cache.kept()).isEqualTo(1);
    }

    @Test
    void a_large_item_is_not_kept_and_replaces_what_was_there() {
        cache.written(FIRST, stream(0), of(EACH));
        cache.written(FIRST, stream(0), of(5_000));
        assertThat(cache.get(FIRST, stream(0))).isNull();
        assertThat(cache.kept()).isZero();
    }
}
