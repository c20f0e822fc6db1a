package dev.storyline.eventstore;

import static dev.storyline.eventstore.AtomicCommandTest.all;
import static dev.storyline.eventstore.AtomicCommandTest.envelope;
import static dev.storyline.eventstore.AtomicCommandTest.handler;
import static dev.storyline.eventstore.AtomicCommandTest.hours;
import static dev.storyline.eventstore.AtomicCommandTest.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.AtomicCommandTest.Assign;
import dev.storyline.eventstore.AtomicCommandTest.Assigning;
import dev.storyline.eventstore.AtomicCommandTest.CrewEvent;
import dev.storyline.eventstore.AtomicCommandTest.JobEvent;
import dev.storyline.eventstore.AtomicCommandTest.Order;
import dev.storyline.eventstore.AtomicCommandTest.Watched;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Commands that look at more streams only if they need them, and do not rely on all that they have read. */
class IgnoredStreamsTest {
    /** Books an hour of one of the crews: the first that is free. It looks at the next one only if all before are busy. */
    static final class AssigningAny extends Assigning {
        private final List<StreamId> crews;

        AssigningAny(StreamId... crews) {
            this.crews = List.of(crews);
        }

        private static Set<StreamId> busy(Order order, Map<StreamId, Set<Integer>> crews) {
            return order instanceof Assign(int hour, Set<StreamId> _)
                    ? crews.keySet().stream()
                            .filter(crew ->
                                    Objects.requireNonNull(crews.get(crew)).contains(hour))
                            .collect(Collectors.toSet())
                    : Set.of();
        }

        @Override
        public Set<StreamId> others(Order order, Set<Integer> hours) {
            return Set.of(crews.getFirst());
        }

        @Override
        public Set<StreamId> more(Order order, Set<Integer> hours, Map<StreamId, Set<Integer>> seen) {
            return busy(order, seen).size() < seen.size()
                    ? Set.of()
                    : Set.copyOf(crews.subList(0, Math.min(crews.size(), seen.size() + 1)));
        }

        @Override
        public AtomicDecision<JobEvent, CrewEvent> decide(
                Order order, Set<Integer> hours, Map<StreamId, Set<Integer>> seen) {
            Set<StreamId> busy = busy(order, seen);
            Set<StreamId> free =
                    seen.keySet().stream().filter(crew -> !busy.contains(crew)).collect(Collectors.toSet());
            return super.decide(
                            order instanceof Assign(int hour, Set<StreamId> _) ? new Assign(hour, free) : order,
                            hours,
                            free.isEmpty()
                                    ? seen
                                    : seen.entrySet().stream()
                                            .filter(crew -> free.contains(crew.getKey()))
                                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                    .ignoring(free.isEmpty() ? Set.of() : busy);
        }
    }

    private final String run = UUID.randomUUID().toString();
    private final StreamId job = new StreamId("job", run);
    private final StreamId rival = new StreamId("job", "rival-" + run);
    private final StreamId crew = new StreamId("crew", run);
    private final StreamId helper = new StreamId("crew", "helper-" + run);

    private void rivalTakes(int hour) {
        CommandResult _ = handler(store()).handle(envelope(rival, "rival-" + hour), new Assign(hour, Set.of(crew)));
    }

    @Test
    void a_stream_that_the_decision_ignores_is_read_and_takes_no_part() {
        Watched store = new Watched(store());
        CommandHandler<Order, ?, ?> handler =
                CommandHandler.of(store, AtomicCommandTest.LANGUAGE, new AssigningAny(crew, helper));
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "a"), new Assign(8, Set.of()))))
                .as("the first is free, so that the second is not read")
                .containsExactly("read job", "read crew", "append to 2, check 0");
        store.before.put("append to 2, check 0", () -> rivalTakes(9));
        StreamId third = new StreamId("job", "third-" + run);
        assertThat(store.callsOf(() -> handler.handle(envelope(third, "b"), new Assign(8, Set.of()))))
                .as("somebody else books the first, and is not in the way")
                .containsExactly("read job", "read crew", "read crew", "append to 2, check 0");
        assertThat(hours(crew)).containsExactlyInAnyOrder(8, 9);
        assertThat(hours(helper)).containsExactly(8);
    }

    @Test
    void a_refusal_relies_on_every_stream_that_it_does_not_ignore() {
        Watched store = new Watched(store());
        CommandHandler<Order, ?, ?> handler =
                CommandHandler.of(store, AtomicCommandTest.LANGUAGE, new AssigningAny(crew, helper));
        handler.handle(envelope(job, "a"), new Assign(8, Set.of()));
        handler.handle(envelope(job, "b"), new Assign(9, Set.of()));
        handler(store()).handle(envelope(rival, "c"), new Assign(8, Set.of(helper)));
        StreamId third = new StreamId("job", "third-" + run);
        assertThat(store.callsOf(() -> assertThat(handler.handle(envelope(third, "d", true), new Assign(8, Set.of())))
                        .isInstanceOf(CommandResult.RejectedOnRecord.class)))
                .containsExactly("read job", "read crew", "read crew", "append to 1, check 2");
        StreamId fourth = new StreamId("job", "fourth-" + run);
        store.before.put("append to 1, check 2", () -> rivalTakes(10));
        assertThat(store.callsOf(() -> handler.handle(envelope(fourth, "e", true), new Assign(8, Set.of()))))
                .as("overtaken in one of them")
                .startsWith("read job", "read crew", "read crew", "append to 1, check 2")
                .endsWith("read job", "read crew", "read crew", "append to 1, check 2");
    }

    @Test
    void a_decision_that_ignores_streams_reads_more_of_them_than_fit_a_transaction() {
        StreamId[] many = new StreamId[EventStore.MAX_STREAMS + 5];
        for (int i = 0; i < many.length; i++) {
            many[i] = new StreamId("crew", "many-%03d-%s".formatted(i, run));
        }
        List<StreamId> crews = List.of(many);
        int half = many.length / 2;
        handler(store()).handle(envelope(rival, "a"), new Assign(8, Set.copyOf(crews.subList(0, half))));
        StreamId third = new StreamId("job", "third-" + run);
        handler(store()).handle(envelope(third, "b"), new Assign(8, Set.copyOf(crews.subList(half, many.length - 1))));
        CommandHandler<Order, ?, ?> handler =
                CommandHandler.of(store(), AtomicCommandTest.LANGUAGE, new AssigningAny(many));
        assertThat(handler.handle(envelope(new StreamId("job", "last-" + run), "a"), new Assign(8, Set.of())))
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(hours(many[many.length - 1])).containsExactly(8);
        assertThatThrownBy(() -> handler.handle(envelope(job, "a"), new Assign(8, Set.of())))
                .as("a refusal relies on all of them")
                .isInstanceOf(StoreFailure.LimitExceeded.class);
    }

    @Test
    void sixteen_at_once_who_take_any_of_four_crews_book_each_hour_of_each_once() throws Exception {
        StreamId[] crews = new StreamId[4];
        for (int i = 0; i < crews.length; i++) {
            crews[i] = new StreamId("crew", "any" + i + "-" + run);
        }
        List<CommandHandler<Order, ?, ?>> handlers = List.of(
                CommandHandler.of(store(), AtomicCommandTest.LANGUAGE, new AssigningAny(crews)),
                CommandHandler.of(store(), AtomicCommandTest.LANGUAGE, new AssigningAny(crews)));
        List<Callable<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            CommandHandler<Order, ?, ?> handler = handlers.get(i % 2);
            StreamId home = new StreamId("job", "any" + i + "-" + run);
            Assign assign = new Assign(i % 4, Set.of());
            calls.add(() -> {
                CommandResult result = handler.handle(envelope(home, "a", true), assign);
                while (result instanceof CommandResult.Contended) {
                    result = handler.handle(envelope(home, "a", true), assign);
                }
                return result;
            });
        }
        int accepted = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<CommandResult> future : executor.invokeAll(calls)) {
                accepted += future.get() instanceof CommandResult.Accepted ? 1 : 0;
            }
        }
        assertThat(accepted).isEqualTo(16);
        for (StreamId one : crews) {
            assertThat(all(one)).hasSize(4);
            assertThat(hours(one)).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }
}
