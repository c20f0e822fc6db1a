package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a warm function remembers of the streams that it has folded for strong queries. */
class FoldedViewsTest extends EngineFixture {
    /** Counts the commits that are read, and breaks off after some of them. */
    private final class Watched implements EventStore {
        private int commits;
        private int left = Integer.MAX_VALUE;

        @Override
        public long read(StreamId of, long after, long upTo, Consumer<Commit> visitor) {
            return store.read(of, after, upTo, commit -> {
                if (left-- == 0) {
                    throw new IllegalStateException("the connection breaks");
                }
                commits++;
                visitor.accept(commit);
            });
        }

        @Override
        public AppendResult append(Commit commit) {
            return store.append(commit);
        }

        @Override
        public AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved) {
            return store.appendAll(commits, unmoved);
        }
    }

    private final Watched watched = new Watched();
    private final FoldedViews<?, ?> views = new FoldedViews<>(watched, LANGUAGE, new Sales(1, true));
    private long version;

    private void sell(String item, int amount) {
        commit(stream, ++version, new Sold(item, amount));
    }

    private void assertLikeAFreshFold() {
        FoldedView fresh = FoldedView.of(store, LANGUAGE, new Sales(1, true), stream);
        FoldedView warm = views.of(stream);
        assertThat(warm.head(stream)).hasToString(fresh.head(stream).toString());
        assertThat(warm.rows(stream.toString(), "", Sale.class))
                .isEqualTo(fresh.rows(stream.toString(), "", Sale.class));
    }

    @Test
    void only_what_was_added_is_read_and_the_view_equals_a_fresh_fold() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            int added = random.nextInt(4);
            for (int i = 0; i < added; i++) {
                String item = "i" + random.nextInt(3);
                commit(stream, ++version, random.nextInt(4) == 0 ? new Cleared(item) : new Sold(item, 1));
            }
            watched.commits = 0;
            assertLikeAFreshFold();
            assertThat(watched.commits).as("round " + round).isEqualTo(added);
        }
    }

    @Test
    void a_view_that_was_returned_does_not_change_any_more() {
        sell("a", 1);
        FoldedView before = views.of(stream);
        sell("b", 1);
        views.of(stream);
        assertThat(before.rows(stream.toString(), "", Sale.class).rows()).hasSize(1);
    }

    @Test
    void a_fold_that_broke_off_is_begun_anew() {
        sell("a", 1);
        views.of(stream);
        sell("b", 1);
        sell("c", 1);
        watched.left = 1;
        assertThatThrownBy(() -> views.of(stream)).hasMessage("the connection breaks");
        watched.left = Integer.MAX_VALUE;
        assertLikeAFreshFold();
    }

    @Test
    void a_view_that_was_returned_keeps_its_pages_while_rows_are_removed_and_changed() {
        sell("a", 1);
        sell("b", 1);
        FoldedView before = views.of(stream);
        String first = before.rows(stream.toString(), "", Sale.class).toString();
        commit(stream, ++version, new Cleared("a"));
        sell("b", 5);
        assertLikeAFreshFold();
        assertThat(before.rows(stream.toString(), "", Sale.class)).hasToString(first);
    }

    @Test
    void a_stream_with_more_than_twenty_thousand_rows_is_not_remembered() {
        sell("crowd", FoldedViews.MOST_ROWS);
        views.of(stream);
        watched.commits = 0;
        assertLikeAFreshFold();
        assertThat(watched.commits).isEqualTo(1);
    }

    @Test
    void all_streams_together_have_a_bound_and_those_asked_for_last_are_remembered() {
        int streams = 5;
        for (int number = 0; number < streams; number++) {
            commit(till(number), 1, new Sold("crowd", FoldedViews.MOST_ROWS / 4));
            views.of(till(number));
        }
        watched.commits = 0;
        views.of(till(streams - 1));
        views.of(till(2));
        assertThat(watched.commits).isZero();
        views.of(till(0));
        assertThat(watched.commits).isEqualTo(1);
    }

    private static StreamId till(int number) {
        return new StreamId("till", "number-" + number);
    }
}
