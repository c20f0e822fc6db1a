package dev.storyline.eventstore;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.CommandHandlerTest.Tally.Counted;
import dev.storyline.eventstore.CommandHandlerTest.Tally.Refused;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import dev.storyline.kernel.Upcaster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandHandlerTest {
    private static final Rule FULL = Rule.forbids("full", "There is no more room.");
    private static final Rule ODD = Rule.forbids("odd", "Odd numbers are turned down, on record.");
    private static final Rule CLOSED = Rule.forbids("closed", "The gate is closed.");
    private static final int ROOM = 10;

    /** The events of a tally. */
    sealed interface Tally {
        @EventType(value = "Counted", version = 3)
        record Counted(int amount, String unit) implements Tally {}

        @EventType("Refused")
        record Refused(int amount) implements Tally {}
    }

    private static final Language LANGUAGE = Language.of(
            "tallies",
            Set.of(Tally.class),
            List.of(
                    new Upcaster("Counted", 1, old -> Map.of("count", old.getOrDefault("n", 0))),
                    new Upcaster(
                            "Counted", 2, old -> Map.of("amount", old.getOrDefault("count", 0), "unit", "piece"))));

    /** Counts even amounts while there is room for ten. */
    private static final class Counting implements Decider<Integer, Integer, Tally> {
        @Override
        public Class<Tally> folds() {
            return Tally.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, Tally event) {
            return switch (event) {
                case Counted counted -> state + 1;
                case Refused _ -> state;
            };
        }

        @Override
        public Decision<Tally> decide(Integer amount, Integer state) {
            if (amount == 0) {
                return nothing();
            }
            if (amount % 2 != 0) {
                return reject(ODD, new Refused(amount));
            }
            return state < ROOM ? accept(new Counted(amount, "piece")) : reject(FULL);
        }
    }

    /** Counts the calls that a handler makes. */
    private record Counter(EventStore store, AtomicInteger calls) implements EventStore {
        @Override
        public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
            calls.incrementAndGet();
            return store.read(stream, after, upTo, visitor);
        }

        @Override
        public AppendResult append(Commit commit) {
            calls.incrementAndGet();
            return store.append(commit);
        }

        @Override
        public AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved) {
            calls.incrementAndGet();
            return store.appendAll(commits, unmoved);
        }
    }

    private static final TestTable TABLE = TestTable.create();

    private final Counter store = new Counter(TABLE.store(), new AtomicInteger());
    private final StreamId stream = new StreamId("tally", UUID.randomUUID().toString());

    private static CommandHandler<Integer, Integer, Tally> handler(EventStore store) {
        return CommandHandler.of(store, LANGUAGE, new Counting());
    }

    private CommandEnvelope envelope(String id, String request, LongPredicate expected) {
        return envelope(CommandId.http(id), request, expected, null);
    }

    private CommandEnvelope envelope(CommandId id, String request, LongPredicate expected, @Nullable String causation) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new CommandEnvelope(stream, id, request, expected, "tester", "conversation", causation, at);
    }

    private CommandEnvelope envelope(String id) {
        return envelope(id, "hash", version -> true);
    }

    private int callsOf(Runnable work) {
        int before = store.calls().get();
        work.run();
        return store.calls().get() - before;
    }

    @Test
    void an_accepted_command_is_in_its_stream_and_a_second_one_follows_it() {
        CommandHandler<Integer, Integer, Tally> handler = handler(store);
        CommandResult first = handler.handle(envelope("a"), 2);
        handler.handle(envelope("b"), 4);
        assertThat(first)
                .isEqualTo(new CommandResult.Accepted(Commits.all(store, stream).getFirst()));
        assertThat(Commits.all(store, stream)).extracting(Commit::id).containsExactly("a", "b");
    }

    @Test
    void the_state_before_a_later_event_is_told_even_within_one_commit() {
        CommandHandler<Integer, Integer, Tally> handler = handler(store);
        handler.handle(envelope("a"), 2);
        EventCodec codec = new EventCodec(LANGUAGE);
        store.append(envelope("b")
                .commit(
                        stream,
                        2,
                        codec.encodeAll(List.of(new Counted(2, "piece"), new Refused(1), new Counted(4, "piece"))),
                        null));
        assertThat(handler.stateAt(stream, 1)).isEqualTo(new StateAt<>(1, 1));
        assertThat(handler.stateAt(stream, 3)).isEqualTo(new StateAt<>(3, 2));
        assertThat(handler.stateAt(stream, Long.MAX_VALUE)).isEqualTo(new StateAt<>(4, 3));
        assertThat(handler.stateAt(new StreamId("tally", "none"), 7)).isEqualTo(new StateAt<>(0, 0));
    }

    @Test
    void a_cold_command_costs_two_round_trips_a_warm_or_creating_one_costs_one() {
        CommandHandler<Integer, Integer, Tally> handler = handler(store);
        assertThat(callsOf(() -> handler.handle(envelope("a"), 2))).as("cold").isEqualTo(2);
        assertThat(callsOf(() -> handler.handle(envelope("b"), 2))).as("warm").isEqualTo(1);
        assertThat(callsOf(() -> handler(store).handle(envelope("c"), 2)))
                .as("cold again")
                .isEqualTo(2);
        StreamId fresh = new StreamId("tally", "fresh-" + stream.id());
        CommandHandler<Integer, Integer, Tally> creating = CommandHandler.creating(store, LANGUAGE, new Counting());
        CommandEnvelope first =
                new CommandEnvelope(fresh, CommandId.http("a"), "hash", version -> true, "t", "c", null, Instant.EPOCH);
        assertThat(callsOf(() -> creating.handle(first, 2))).as("creating").isEqualTo(1);
        CommandHandler<Integer, Integer, Tally> mistaken = CommandHandler.creating(store, LANGUAGE, new Counting());
        assertThat(mistaken.handle(envelope("d"), 2))
                .as("the stream exists")
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(Commits.all(store, stream)).hasSize(4);
    }

    @Test
    void what_records_nothing_is_answered_afresh_each_time() {
        CommandHandler<Integer, Integer, Tally> warm = handler(store);
        for (int i = 0; i < ROOM; i++) {
            warm.handle(envelope("fill-" + i), 2);
        }
        assertThat(warm.handle(envelope("more"), 2)).isEqualTo(new CommandResult.Rejected(FULL));
        assertThat(warm.handle(envelope("none"), 0)).isEqualTo(new CommandResult.AlreadySo(stream, ROOM));
    }

    @Test
    void the_same_command_id_is_answered_from_the_stored_commit_even_long_after() {
        CommandResult accepted = handler(store).handle(envelope("a"), 2);
        CommandResult rejected = handler(store).handle(envelope("b"), 3);
        CommandHandler<Integer, Integer, Tally> warm = handler(store);
        warm.handle(envelope("c"), 2);
        warm.handle(envelope("d"), 2);
        for (CommandHandler<Integer, Integer, Tally> any : List.of(warm, handler(store))) {
            assertThat(any.handle(envelope("a"), 2)).isEqualTo(accepted);
            assertThat(any.handle(envelope("b"), 3))
                    .isEqualTo(rejected)
                    .isInstanceOf(CommandResult.RejectedOnRecord.class);
        }
        assertThat(Commits.all(store, stream)).hasSize(4);
    }

    @Test
    void another_command_under_the_same_id_is_refused() {
        for (CommandId.Kind kind : CommandId.Kind.values()) {
            CommandId id = new CommandId(kind, "a");
            CommandHandler<Integer, Integer, Tally> warm = handler(store);
            CommandResult first = warm.handle(envelope(id, "hash", version -> true, "cause"), 2);
            for (CommandHandler<Integer, Integer, Tally> any : List.of(warm, handler(store))) {
                assertThat(any.handle(envelope(id, "other hash", version -> true, "cause"), 4))
                        .isEqualTo(new CommandResult.KeyReused("a"));
                assertThat(any.handle(envelope(id, "hash", version -> true, "cause"), 2))
                        .isEqualTo(first);
            }
        }
        assertThat(Commits.all(store, stream)).hasSize(CommandId.Kind.values().length);
    }

    @Test
    void commands_of_different_kinds_never_have_one_id_whatever_their_keys() {
        Map<CommandId.Kind, CommandResult> results = new EnumMap<>(CommandId.Kind.class);
        CommandHandler<Integer, Integer, Tally> warm = handler(store);
        for (CommandId.Kind kind : CommandId.Kind.values()) {
            results.put(kind, warm.handle(envelope(new CommandId(kind, "a"), "hash", version -> true, "cause"), 2));
        }
        assertThat(Commits.all(store, stream))
                .extracting(Commit::id)
                .containsExactly("a", "dispatch\u2192a", "translation\u2192a");
        for (CommandHandler<Integer, Integer, Tally> any : List.of(warm, handler(store))) {
            for (CommandId.Kind kind : CommandId.Kind.values()) {
                assertThat(any.handle(envelope(new CommandId(kind, "a"), "hash", version -> true, "cause"), 2))
                        .isEqualTo(results.get(kind));
            }
        }
        assertThatThrownBy(() -> CommandId.http("dispatch\u2192a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_retry_of_an_internal_command_from_before_kinds_were_stored_is_answered_from_its_commit() {
        StoredEvent counted = new StoredEvent("Counted", 3, false, "{\"amount\": 2, \"unit\": \"piece\"}");
        CommitMetadata internal = new CommitMetadata("tester", "conversation", "cause", null, null);
        Commit old = new Commit(stream, 1, "old", Instant.EPOCH, List.of(counted), internal);
        store.append(old);
        for (CommandId id : List.of(CommandId.dispatch("old"), CommandId.translation("old"))) {
            CommandHandler<Integer, Integer, Tally> handler = handler(store);
            assertThat(handler.handle(envelope(id, "hash", version -> true, "cause"), 2))
                    .isEqualTo(new CommandResult.Accepted(old));
            assertThat(handler.handle(envelope(id, "hash", version -> true, "other cause"), 2))
                    .as("an id that somebody else has is never an answer")
                    .isEqualTo(new CommandResult.KeyReused("old"));
        }
        assertThat(Commits.all(store, stream)).containsExactly(old);
        assertThat(handler(store).handle(envelope("old"), 2))
                .as("a client's key is no internal command's")
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(Commits.all(store, stream)).hasSize(2);
    }

    @Test
    void a_clients_commit_under_the_key_of_an_internal_command_does_not_swallow_it() {
        CommandResult clients = handler(store).handle(envelope("foretold"), 2);
        for (CommandId id : List.of(CommandId.dispatch("foretold"), CommandId.translation("foretold"))) {
            assertThat(handler(store).handle(envelope(id, "other", version -> true, "cause"), 4))
                    .isInstanceOf(CommandResult.Accepted.class)
                    .isNotEqualTo(clients);
        }
        assertThat(Commits.all(store, stream)).hasSize(3);
    }

    @Test
    void the_look_up_comes_before_the_expected_version_and_the_gatekeeper() {
        CommandHandler<Integer, Integer, Tally> stale = handler(store);
        handler(store).handle(envelope("x"), 2);
        stale.handle(envelope("y"), 2);
        CommandResult accepted = handler(store).handle(envelope("a"), 2);
        for (CommandHandler<Integer, Integer, Tally> any : List.of(stale, handler(store))) {
            assertThat(any.handle(envelope("a", "hash", version -> version == 0), 2))
                    .isEqualTo(accepted);
            assertThat(any.handle(envelope("a"), () -> Gate.closed(CLOSED))).isEqualTo(accepted);
        }
        assertThat(stale.handle(envelope("b"), () -> Gate.closed(CLOSED))).isEqualTo(new CommandResult.Refused(CLOSED));
        assertThat(Commits.all(store, stream)).hasSize(3);
    }

    /** A store whose reads begin only when somebody else has begun something else. */
    private record Meeting(EventStore store, CountDownLatch here, CountDownLatch there) implements EventStore {
        static void meet(CountDownLatch here, CountDownLatch there) {
            here.countDown();
            try {
                assertThat(there.await(20, TimeUnit.SECONDS))
                        .as("both run at once")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
            meet(here, there);
            return store.read(stream, after, upTo, visitor);
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

    @Test
    void a_cold_stream_is_loaded_while_the_gatekeeper_is_asked() {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch asking = new CountDownLatch(1);
        assertThat(handler(new Meeting(store, loading, asking)).handle(envelope("a"), () -> {
                    Meeting.meet(asking, loading);
                    return Gate.open(2);
                }))
                .isInstanceOf(CommandResult.Accepted.class);
    }

    @Test
    void what_the_gatekeeper_throws_counts_only_where_its_answer_would() {
        CommandResult accepted = handler(store).handle(envelope("a"), 2);
        Supplier<Gate<Integer>> failing = () -> {
            throw new StoreFailure.Throttled(new IllegalStateException("no view today"));
        };
        assertThat(handler(store).handle(envelope("a"), failing)).isEqualTo(accepted);
        assertThat(handler(store).handle(envelope("b", "h", version -> version == 7), failing))
                .isEqualTo(new CommandResult.VersionMismatch(stream, 1));
        assertThatThrownBy(() -> handler(store).handle(envelope("b"), failing))
                .isInstanceOf(StoreFailure.Throttled.class);
        AtomicInteger asked = new AtomicInteger();
        assertThat(handler(store).handle(envelope("b"), () -> {
                    asked.incrementAndGet();
                    return Gate.open(2);
                }))
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void an_expected_version_is_compared_with_the_head_and_not_with_the_cache() {
        CommandHandler<Integer, Integer, Tally> stale = handler(store);
        stale.handle(envelope("a"), 2);
        handler(store).handle(envelope("b"), 2);
        assertThat(stale.handle(envelope("c", "h", version -> version == 1), 2))
                .isEqualTo(new CommandResult.VersionMismatch(stream, 2));
        assertThat(stale.handle(envelope("d", "h", version -> version == 2), 2))
                .isInstanceOf(CommandResult.Accepted.class);
    }

    @Test
    void unknown_events_are_passed_over_unless_they_are_essential_or_of_a_newer_version() {
        store.append(of(1, new StoredEvent("Painted", 1, false, "{}")));
        assertThat(handler(store).handle(envelope("a"), 2)).isInstanceOf(CommandResult.Accepted.class);
        store.append(of(3, new StoredEvent("Closed", 1, true, "{}")));
        assertThat(handler(store).handle(envelope("b"), 2)).isInstanceOf(CommandResult.Outdated.class);
        StreamId newer = new StreamId("tally", "newer-" + stream.id());
        store.append(
                new Commit(newer, 1, "n", Instant.EPOCH, List.of(new StoredEvent("Counted", 4, false, "{}")), meta()));
        assertThat(handler(store)
                        .handle(
                                new CommandEnvelope(
                                        newer, CommandId.http("b"), "h", v -> true, "t", "c", null, Instant.EPOCH),
                                2))
                .isInstanceOf(CommandResult.Outdated.class);
    }

    @Test
    void old_versions_are_brought_up_and_what_cannot_be_read_stops_the_decision() {
        store.append(of(1, new StoredEvent("Counted", 1, false, "{\"n\": 5}")));
        assertThat(new EventCodec(LANGUAGE).decode(Commits.all(store, stream).getFirst(), Tally.class))
                .extracting(recorded -> recorded.event())
                .containsExactly(new Counted(5, "piece"));
        store.append(of(2, new StoredEvent("Counted", 3, false, "{\"amount\": \"five\"}")));
        assertThatThrownBy(() -> handler(store).handle(envelope("a"), 2))
                .isInstanceOf(EventCodec.Undecodable.class)
                .hasMessageContaining(stream + "@2");
    }

    private Commit of(long version, StoredEvent event) {
        return new Commit(stream, version, "by-hand-" + version, Instant.EPOCH, List.of(event), meta());
    }

    private static CommitMetadata meta() {
        return new CommitMetadata("tester", "conversation", null, null, null);
    }

    @Test
    void warm_handlers_that_overtake_each_other_never_forget_a_key_nor_exceed_the_room() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<CommandHandler<Integer, Integer, Tally>> handlers =
                List.of(handler(store), handler(store), handler(store));
        Map<String, CommandResult> first = new HashMap<>();
        for (int step = 0; step < 3_000; step++) {
            String id = "command-" + random.nextInt(200);
            int amount = Math.floorMod(id.hashCode(), 4);
            CommandResult outcome =
                    handlers.get(random.nextInt(handlers.size())).handle(envelope(id), amount);
            if (outcome instanceof CommandResult.Accepted || outcome instanceof CommandResult.RejectedOnRecord) {
                assertThat(outcome).isEqualTo(first.computeIfAbsent(id, any -> outcome));
            }
        }
        List<Commit> commits = Commits.all(store, stream);
        assertThat(commits).extracting(Commit::id).doesNotHaveDuplicates();
        assertThat(commits.stream().filter(commit -> commit.meta().rejection() == null))
                .hasSize(ROOM);
    }

    @Test
    void sixteen_threads_never_exceed_the_room_and_double_nothing() throws Exception {
        EventStore real = TABLE.store();
        List<CommandHandler<Integer, Integer, Tally>> handlers = List.of(handler(real), handler(real));
        List<Callable<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            int number = i;
            calls.add(() -> handlers.get(number % 2).handle(envelope("key-" + number % 24), 2));
        }
        int accepted = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<CommandResult> future : executor.invokeAll(calls)) {
                CommandResult outcome = future.get();
                accepted += outcome instanceof CommandResult.Accepted ? 1 : 0;
                assertThat(outcome).isNotInstanceOf(CommandResult.KeyReused.class);
            }
        }
        List<Commit> commits = Commits.all(real, stream);
        assertThat(accepted).isGreaterThanOrEqualTo(ROOM);
        assertThat(commits).hasSize(ROOM).extracting(Commit::id).doesNotHaveDuplicates();
    }
}
