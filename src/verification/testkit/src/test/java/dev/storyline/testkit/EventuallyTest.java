package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void a_condition_may_become_true_a_little_later() {
        Eventually.within(Duration.ofSeconds(10), () -> tries.incrementAndGet() == 3);
        assertThat(tries).hasValue(3);
    }

    @Test
    void an_assertion_may_pass_a_little_later() {
        Eventually.within(
                Duration.ofSeconds(10),
                () -> assertThat(tries.incrementAndGet()).isEqualTo(3));
        assertThat(tries).hasValue(3);
    }

    @Test
    void what_throws_is_not_yet_true() {
        Eventually.within(Duration.ofSeconds(10), () -> 1 / tries.getAndIncrement() == 1);
        assertThat(tries).hasValue(2);
    }

    @Test
    void the_limit_ends_the_wait_with_the_last_failure() {
        assertThatThrownBy(() -> Eventually.within(
                        Duration.ofMillis(30),
                        () -> assertThat(tries.incrementAndGet()).isNegative()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Not within PT0.03S")
                .cause()
                .hasMessageContaining(" " + tries.get());
        assertThat(tries.get()).isGreaterThan(1);
    }

    @Test
    void a_condition_that_stays_false_fails_and_is_tried_once_even_without_time() {
        assertThatThrownBy(() -> Eventually.within(Duration.ZERO, () -> tries.incrementAndGet() == 0))
                .hasMessageContaining("still false");
        assertThat(tries).hasValue(1);
    }
}
