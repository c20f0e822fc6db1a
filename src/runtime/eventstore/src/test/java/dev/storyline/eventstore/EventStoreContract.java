package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.EventStore.AppendResult;
import dev.storyline.eventstore.EventStore.Unmoved;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every event store promises. */
abstract class EventStoreContract {
    private final StreamId stream = new StreamId("thing", UUID.randomUUID().toString());
    private final StreamId other = new StreamId("other", UUID.randomUUID().toString());

    abstract EventStore store();

    @Test
    void what_was_appended_is_read_back_in_order_and_whole() {
        Commit first = Commits.of(stream, 1, "a", 2);
        Commit second = Commits.of(stream, 3, "b", 1);
        assertThat(store().append(first)).isEqualTo(new AppendResult.Appended());
        assertThat(store().append(second)).isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store(), stream)).containsExactly(first, second);
    }

    @Test
    void reading_starts_after_a_version_ends_at_one_and_tells_the_last() {
        for (int version = 1; version <= 5; version++) {
            store().append(Commits.of(stream, version, "c" + version, 1));
        }
        List<Commit> some = new ArrayList<>();
        assertThat(store().read(stream, 2, 4, some::add)).isEqualTo(4);
        assertThat(some).extracting(Commit::version).containsExactly(3L, 4L);
        assertThat(store().read(stream, 5, Long.MAX_VALUE, some::add)).isEqualTo(5);
        assertThat(store().read(stream, 5, 5, some::add)).isEqualTo(5);
        assertThat(store().read(other, 0, Long.MAX_VALUE, some::add)).isZero();
    }

    @Test
    void a_taken_version_stays_as_it_is_and_the_commit_in_the_way_is_told() {
        Commit first = Commits.of(stream, 1, "a", 1);
        store().append(first);
        assertThat(store().append(Commits.of(stream, 1, "b", 1))).isEqualTo(new AppendResult.Conflict(first));
        assertThat(store().append(first)).as("our own earlier write").isEqualTo(new AppendResult.Conflict(first));
        assertThat(Commits.all(store(), stream)).containsExactly(first);
    }

    @Test
    void a_hole_in_a_stream_is_never_read_over() {
        store().append(Commits.of(stream, 1, "a", 1));
        store().append(Commits.of(stream, 3, "b", 1));
        assertThatThrownBy(() -> Commits.all(store(), stream))
                .isInstanceOf(StoreFailure.Corrupted.class)
                .hasMessageContaining("goes on at version 3 after version 1");
    }

    @Test
    void limits_are_errors_and_nothing_is_written() {
        List<Commit> tooMuch = List.of(
                Commits.of(stream, 1, "a", EventStore.MAX_EVENTS + 1),
                Commits.of(stream, 1, "a", List.of("{\"text\":\"" + "x".repeat(EventStore.MAX_BYTES) + "\"}")),
                Commits.of(stream, 1, " ", 1),
                Commits.of(stream, 1, "k".repeat(129), 1));
        for (Commit commit : tooMuch) {
            assertThatThrownBy(() -> store().append(commit)).isInstanceOf(StoreFailure.LimitExceeded.class);
            assertThatThrownBy(() -> store().appendAll(List.of(commit), List.of()))
                    .isInstanceOf(StoreFailure.LimitExceeded.class);
        }
        assertThat(Commits.all(store(), stream)).isEmpty();
        Commit most = Commits.of(
                stream, 1, "a", Collections.nCopies(EventStore.MAX_EVENTS, "{\"text\":\"" + "x".repeat(3_400) + "\"}"));
        assertThat(store().append(most)).isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store(), stream)).containsExactly(most);
    }

    @Test
    void several_streams_are_appended_to_all_or_nothing() {
        Commit home = Commits.of(stream, 1, "a", 1);
        Commit away = Commits.of(other, 1, "a", 2);
        assertThat(store().appendAll(List.of(home, away), List.of())).isEqualTo(new AppendResult.Appended());
        Commit next = Commits.of(stream, 2, "b", 1);
        assertThat(store().appendAll(List.of(next), List.of(new Unmoved(other, 0))))
                .as("the other stream has moved")
                .isEqualTo(new AppendResult.Conflict(away));
        assertThat(store().appendAll(List.of(next, Commits.of(other, 1, "b", 1)), List.of()))
                .isEqualTo(new AppendResult.Conflict(away));
        assertThat(Commits.all(store(), stream)).containsExactly(home);
        assertThat(store().appendAll(List.of(next), List.of(new Unmoved(other, 2))))
                .isEqualTo(new AppendResult.Appended());
        assertThat(Commits.all(store(), stream)).containsExactly(home, next);
        assertThat(Commits.all(store(), other)).containsExactly(away);
    }

    @Test
    void the_home_stream_is_told_first_where_several_have_moved() {
        Commit home = Commits.of(stream, 1, "a", 1);
        store().append(home);
        store().append(Commits.of(other, 1, "x", 1));
        assertThat(store().appendAll(List.of(Commits.of(stream, 1, "b", 1), Commits.of(other, 1, "b", 1)), List.of()))
                .isEqualTo(new AppendResult.Conflict(home));
    }

    @Test
    void commits_that_are_too_much_together_are_refused() {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            commits.add(Commits.of(
                    new StreamId("thing", other.id() + i),
                    1,
                    "a",
                    List.of("{\"text\":\"" + "x".repeat(340_000) + "\"}")));
        }
        assertThatThrownBy(() -> store().appendAll(commits, List.of()))
                .isInstanceOf(StoreFailure.LimitExceeded.class)
                .hasMessageContaining("record less, or in fewer streams");
        assertThat(Commits.all(store(), commits.getFirst().stream())).isEmpty();
        assertThat(store().appendAll(commits.subList(0, 11), List.of())).isEqualTo(new AppendResult.Appended());
    }

    @Test
    void too_many_streams_or_one_twice_are_refused() {
        List<Unmoved> many = new ArrayList<>();
        for (int i = 0; i < EventStore.MAX_STREAMS; i++) {
            many.add(new Unmoved(new StreamId("thing", "n" + i), 0));
        }
        List<Commit> home = List.of(Commits.of(stream, 1, "a", 1));
        assertThatThrownBy(() -> store().appendAll(home, many)).isInstanceOf(StoreFailure.LimitExceeded.class);
        assertThatThrownBy(() -> store().appendAll(home, List.of(new Unmoved(stream, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes part twice");
        assertThat(Commits.all(store(), stream)).isEmpty();
    }

    @Test
    void of_sixteen_writers_at_one_version_exactly_one_succeeds() throws Exception {
        List<Callable<AppendResult>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Commit commit = Commits.of(stream, 1, "writer-" + i, 1);
            writers.add(() -> store().append(commit));
        }
        int written = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<AppendResult> future : executor.invokeAll(writers)) {
                written += future.get() instanceof AppendResult.Appended ? 1 : 0;
            }
        }
        assertThat(written).isOne();
        assertThat(Commits.all(store(), stream)).hasSize(1);
    }
}
