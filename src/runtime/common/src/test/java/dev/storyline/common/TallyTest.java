package dev.storyline.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static long[] values(Tally tally, Metric metric) {
        Map<Metric, long[]> all = new EnumMap<>(Metric.class);
        tally.values(all::put);
        return all.getOrDefault(metric, new long[0]);
    }

    @Test
    void tasks_in_other_threads_add_to_the_tally_of_their_invocation() {
        Tally tally = new Tally();
        tally.during(() -> {
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int lag = i;
                tasks.add(() -> {
                    Tally.current().add(Metric.LAG, lag);
                    Tally.current().add(Metric.DUPLICATES, 2);
                });
            }
            ParallelTasks.REAL.runAll(tasks);
            return null;
        });

        assertThat(values(tally, Metric.LAG)).hasSize(50).contains(0, 49);
        assertThat(tally.sum(Metric.DUPLICATES)).isEqualTo(100);
    }

    @Test
    void requests_at_the_same_time_are_one_round_trip() {
        Tally tally = new Tally();
        tally.asked();
        tally.asked();
        tally.answered();
        tally.answered();
        tally.asked();
        tally.answered();

        assertThat(tally.roundTrips()).isEqualTo(2);
    }

    @Test
    void outside_of_an_invocation_nothing_is_kept() {
        Tally.current().add(Metric.LAG, 1);
        Tally.current().set(Metric.PARKED_STREAMS, 1);
        Tally.current().outcome("accepted");
        Tally.current().asked();

        assertThat(Tally.current().isEmpty()).isTrue();
        assertThat(Tally.current().roundTrips()).isZero();
    }

    @Test
    void of_very_many_values_a_hundred_are_kept_with_the_extremes_and_about_the_same_percentiles() {
        Tally tally = new Tally();
        for (int i = 0; i < 10_000; i++) {
            tally.add(Metric.LAG, (i * 7_919L) % 10_000);
        }

        long[] kept = values(tally, Metric.LAG);
        Arrays.sort(kept);
        assertThat(kept).hasSize(Tally.MOST_VALUES);
        assertThat(kept[0]).isZero();
        assertThat(kept[Tally.MOST_VALUES - 1]).isEqualTo(9_999);
        assertThat(kept[Tally.MOST_VALUES / 2]).isBetween(3_000L, 7_000L);
    }

    @Test
    void a_state_of_zero_is_kept_and_a_sum_of_zero_is_not() {
        Tally tally = new Tally();
        tally.add(Metric.DUPLICATES, 0);
        assertThat(tally.isEmpty()).isTrue();
        tally.set(Metric.PARKED_STREAMS, 0);
        assertThat(tally.isEmpty()).isFalse();
    }
}
