package dev.storyline.local.gateway;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call waits for the test before it ends, so that nothing here depends on time. */
class FairQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    @Test
    void callers_that_wait_run_in_the_order_in_which_they_came() throws Throwable {
        FairQueue queue = queue(() -> 2, 100, LONG);
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(call(queue, i));
            await(queue, Math.max(0, i - 1));
        }
        List<Integer> order = new ArrayList<>(List.of(next(), next()));
        for (int i = 2; i < 20; i++) {
            assertThat(begun).isEmpty();
            mayEnd.release();
            order.add(next());
        }
        mayEnd.release(2);

        assertThat(order.subList(2, 20)).isSorted().containsExactlyElementsOf(order.subList(2, 20));
        assertThat(order).containsExactlyInAnyOrderElementsOf(ends(calls));
    }

    @Test
    void who_finds_no_room_to_wait_is_refused_at_once() throws Throwable {
        FairQueue queue = queue(() -> 1, 2, LONG);
        CompletableFuture<Integer> first = call(queue, 1);
        assertThat(next()).isEqualTo(1);
        CompletableFuture<Integer> second = call(queue, 2);
        CompletableFuture<Integer> third = call(queue, 3);
        await(queue, 2);

        assertThatThrownBy(() -> queue.run(() -> 4)).isInstanceOf(FairQueue.Busy.class);

        mayEnd.release(3);
        assertThat(ends(List.of(first, second, third))).containsExactly(1, 2, 3);
        assertThat(queue.run(() -> 5)).isEqualTo(5);
    }

    @Test
    void who_waited_too_long_is_refused_and_takes_no_place() throws Exception {
        FairQueue queue = queue(() -> 1, 2, Duration.ofMillis(10));
        CompletableFuture<Integer> first = call(queue, 1);
        assertThat(next()).isEqualTo(1);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> queue.run(() -> 2)).isInstanceOf(FairQueue.Busy.class);
        }

        assertThat(queue.waiting()).isZero();
        mayEnd.release();
        assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(queue.run(() -> 3)).isEqualTo(3);
    }

    @Test
    void the_number_of_calls_at_once_can_be_lowered_and_raised_while_others_wait() throws Throwable {
        AtomicInteger atOnce = new AtomicInteger(3);
        FairQueue queue = queue(atOnce::get, 100, LONG);
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(call(queue, i));
            assertThat(next()).isEqualTo(i);
        }
        for (int i = 3; i < 9; i++) {
            calls.add(call(queue, i));
            await(queue, i - 2);
        }
        // Of nothing at all, one still runs.
        atOnce.set(0);
        mayEnd.release(2);
        assertThat(ends(calls.subList(0, 3), 2)).isEqualTo(2);
        assertThat(begun).isEmpty();
        mayEnd.release();
        assertThat(next()).isEqualTo(3);
        assertThat(begun).isEmpty();

        atOnce.set(4);
        mayEnd.release();
        assertThat(List.of(next(), next(), next(), next())).containsExactlyInAnyOrder(4, 5, 6, 7);
        assertThat(begun).isEmpty();
        mayEnd.release(5);

        assertThat(ends(calls)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void a_call_that_fails_leaves_its_place() throws Exception {
        FairQueue queue = queue(() -> 1, 1, LONG);

        assertThatThrownBy(() -> queue.run(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(queue.run(() -> 1)).isEqualTo(1);
    }

    private static FairQueue queue(IntSupplier atOnce, int room, Duration longest) {
        return new FairQueue(atOnce, new Semaphore(room), longest);
    }

    private CompletableFuture<Integer> call(FairQueue queue, int number) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.run(() -> {
                            begun.add(number);
                            mayEnd.acquireUninterruptibly();
                            return number;
                        });
                    } catch (FairQueue.Busy e) {
                        throw new IllegalStateException(e);
                    }
                },
                callers);
    }

    private int next() throws InterruptedException {
        Integer number = begun.poll(1, TimeUnit.MINUTES);
        assertThat(number).isNotNull();
        return number;
    }

    private static List<Integer> ends(List<CompletableFuture<Integer>> calls) {
        return calls.stream()
                .map(call -> call.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();
    }

    /** Waits until this many of the calls have ended, and returns how many have. */
    private static long ends(List<CompletableFuture<Integer>> calls, long wanted) throws Throwable {
        soon(() -> assertThat(calls.stream().filter(CompletableFuture::isDone).count())
                .isGreaterThanOrEqualTo(wanted));
        return calls.stream().filter(CompletableFuture::isDone).count();
    }

    private static void await(FairQueue queue, int waiting) throws Throwable {
        soon(() -> assertThat(queue.waiting()).isEqualTo(waiting));
    }
}
