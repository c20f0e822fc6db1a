package dev.storyline.eventstore;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands that are decided from several streams: a job takes hours of crews. */
class AtomicCommandTest {
    private static final TestTable TABLE = TestTable.create();

    static final Rule BUSY = Rule.forbids("busy", "A crew is busy at that hour.");
    static final Language LANGUAGE = Language.of("jobs", Set.of(JobEvent.class, CrewEvent.class), List.of());

    sealed interface JobEvent {}

    @EventType("Assigned")
    record Assigned(int hour) implements JobEvent {}

    @EventType("Noted")
    record Noted(int hours) implements JobEvent {}

    sealed interface CrewEvent {}

    @EventType("Booked")
    record Booked(int hour) implements CrewEvent {}

    sealed interface Order {
        Set<StreamId> crews();
    }

    /** Books an hour of these crews, if all are free. */
    record Assign(int hour, Set<StreamId> crews) implements Order {}

    /** Records in the home stream how many hours these crews are booked in all, and changes no crew. */
    record Note(Set<StreamId> crews) implements Order {}

    /** Decides from the hours of a job and of its crews. */
    static class Assigning implements AtomicDecider<Order, Set<Integer>, JobEvent, Set<Integer>, CrewEvent> {
        @Override
        public Class<JobEvent> folds() {
            return JobEvent.class;
        }

        @Override
        public Set<Integer> initialState() {
            return Set.of();
        }

        @Override
        public Set<Integer> evolve(Set<Integer> hours, JobEvent event) {
            return switch (event) {
                case Assigned(int hour) -> and(hours, hour);
                case Noted _ -> hours;
            };
        }

        @Override
        public Fold<Set<Integer>, CrewEvent> other() {
            return new Hours();
        }

        @Override
        public Set<StreamId> others(Order order, Set<Integer> hours) {
            return order.crews();
        }

        @Override
        public AtomicDecision<JobEvent, CrewEvent> decide(
                Order order, Set<Integer> hours, Map<StreamId, Set<Integer>> crews) {
            return switch (order) {
                case Note _ ->
                    AtomicDecision.atHome(accept(new Noted(
                            crews.values().stream().mapToInt(Set::size).sum())));
                case Assign(int hour, Set<StreamId> _) when hours.contains(hour) -> AtomicDecision.atHome(nothing());
                case Assign(int hour, Set<StreamId> _)
                when crews.values().stream().anyMatch(busy -> busy.contains(hour)) ->
                    AtomicDecision.atHome(reject(BUSY));
                case Assign(int hour, Set<StreamId> booked) ->
                    new AtomicDecision<>(
                            accept(new Assigned(hour)),
                            booked.stream().collect(Collectors.toMap(crew -> crew, crew -> List.of(new Booked(hour)))));
            };
        }
    }

    /** Folds the hours of a crew. */
    static final class Hours implements Fold<Set<Integer>, CrewEvent> {
        @Override
        public Class<CrewEvent> folds() {
            return CrewEvent.class;
        }

        @Override
        public Set<Integer> initialState() {
            return Set.of();
        }

        @Override
        public Set<Integer> evolve(Set<Integer> hours, CrewEvent event) {
            return switch (event) {
                case Booked(int hour) -> and(hours, hour);
            };
        }
    }

    private static Set<Integer> and(Set<Integer> hours, int hour) {
        Set<Integer> all = new HashSet<>(hours);
        all.add(hour);
        return all;
    }

    /** Records every call, and lets other writers in between. */
    static final class Watched implements EventStore {
        private final EventStore store;
        private final List<String> calls = new ArrayList<>();
        /** The actions before the first call of each name. */
        final Map<String, Runnable> before = new HashMap<>();

        private boolean losesAnswer;

        /** How many commits were read. */
        private int commits;

        Watched(EventStore store) {
            this.store = store;
        }

        private void called(String call) {
            Runnable overtaker = before.remove(call);
            if (overtaker != null) {
                overtaker.run();
            }
            calls.add(call);
        }

        @Override
        public long read(StreamId stream, long after, long upTo, Consumer<Commit> visitor) {
            called("read " + stream.category());
            return store.read(stream, after, upTo, commit -> {
                commits++;
                visitor.accept(commit);
            });
        }

        @Override
        public AppendResult append(Commit commit) {
            called("append");
            return store.append(commit);
        }

        @Override
        public AppendResult appendAll(List<Commit> commits, List<Unmoved> unmoved) {
            called("append to " + commits.size() + ", check " + unmoved.size());
            AppendResult appended = store.appendAll(commits, unmoved);
            if (losesAnswer) {
                losesAnswer = false;
                throw new StoreFailure.Unavailable(new IllegalStateException("the answer was lost"));
            }
            return appended;
        }

        List<String> callsOf(Runnable work) {
            calls.clear();
            work.run();
            return List.copyOf(calls);
        }
    }

    final String run = UUID.randomUUID().toString();
    final StreamId job = new StreamId("job", run);
    final StreamId rival = new StreamId("job", "rival-" + run);
    final StreamId crew = new StreamId("crew", run);
    final StreamId helper = new StreamId("crew", "helper-" + run);

    static EventStore store() {
        return TABLE.store();
    }

    static CommandHandler<Order, ?, ?> handler(EventStore store) {
        return CommandHandler.of(store, LANGUAGE, new Assigning());
    }

    static CommandEnvelope envelope(StreamId home, String id, boolean recordsRefusal) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new CommandEnvelope(
                home, CommandId.http(id), "hash", version -> true, "tester", "talk", null, at, recordsRefusal);
    }

    static CommandEnvelope envelope(StreamId home, String id) {
        return envelope(home, id, false);
    }

    private CommandResult rivalTakes(int hour) {
        return handler(store()).handle(envelope(rival, "rival-" + hour), new Assign(hour, Set.of(crew)));
    }

    static Set<Integer> hours(StreamId crew) {
        return StreamFold.of(store(), LANGUAGE, new Hours()).state(crew);
    }

    static List<Commit> all(StreamId stream) {
        return Commits.all(store(), stream);
    }

    @Test
    void every_stream_gets_its_commit_under_the_same_command_or_none_does() {
        CommandResult outcome = handler(store()).handle(envelope(job, "a"), new Assign(8, Set.of(crew, helper)));
        assertThat(outcome).isEqualTo(new CommandResult.Accepted(all(job).getFirst()));
        Commit home = all(job).getFirst();
        for (StreamId other : List.of(crew, helper)) {
            assertThat(all(other)).singleElement().satisfies(commit -> {
                assertThat(commit.id()).isEqualTo("a");
                assertThat(commit.version()).isEqualTo(1);
                assertThat(commit.meta()).isEqualTo(home.meta());
                assertThat(commit.at()).isEqualTo(home.at());
            });
        }
        assertThat(handler(store()).handle(envelope(rival, "b"), new Assign(8, Set.of(helper))))
                .isEqualTo(new CommandResult.Rejected(BUSY));
        assertThat(all(rival)).isEmpty();
        assertThat(all(helper)).hasSize(1);
    }

    @Test
    void whoever_is_overtaken_in_another_stream_decides_again() {
        Watched store = new Watched(store());
        store.before.put("append to 2, check 0", () -> rivalTakes(8));
        assertThat(handler(store).handle(envelope(job, "a"), new Assign(8, Set.of(crew))))
                .isEqualTo(new CommandResult.Rejected(BUSY));
        assertThat(all(job)).isEmpty();
        store.before.put("append to 2, check 0", () -> rivalTakes(9));
        assertThat(handler(store).handle(envelope(job, "b"), new Assign(10, Set.of(crew))))
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(all(crew)).extracting(Commit::version).containsExactly(1L, 2L, 3L);
        assertThat(hours(crew)).containsExactlyInAnyOrder(8, 9, 10);
    }

    @Test
    void a_stream_that_was_only_read_must_not_move_either() {
        Watched store = new Watched(store());
        store.before.put("append to 1, check 1", () -> rivalTakes(8));
        CommandResult outcome = handler(store).handle(envelope(job, "a"), new Note(Set.of(crew)));
        assertThat(outcome).isInstanceOf(CommandResult.Accepted.class);
        assertThat(all(job))
                .singleElement()
                .satisfies(commit -> assertThat(commit.events())
                        .containsExactly(new StoredEvent("Noted", 1, false, "{\"hours\":1}")));
        assertThat(all(crew)).hasSize(1);
    }

    @Test
    void a_retry_is_answered_from_the_home_stream_and_appends_nothing_anywhere() {
        CommandHandler<Order, ?, ?> warm = handler(store());
        CommandResult first = warm.handle(envelope(job, "a"), new Assign(8, Set.of(crew)));
        warm.handle(envelope(job, "b"), new Assign(9, Set.of(crew)));
        for (CommandHandler<Order, ?, ?> any : List.of(warm, handler(store()))) {
            assertThat(any.handle(envelope(job, "a"), new Assign(8, Set.of(crew))))
                    .isEqualTo(first);
        }
        assertThat(all(job)).hasSize(2);
        assertThat(all(crew)).hasSize(2);
    }

    @Test
    void after_an_answer_that_was_lost_a_retry_tells_what_happened() {
        Watched store = new Watched(store());
        CommandHandler<Order, ?, ?> handler = handler(store);
        store.losesAnswer = true;
        Assign assign = new Assign(8, Set.of(crew));
        assertThatThrownBy(() -> handler.handle(envelope(job, "a"), assign))
                .isInstanceOf(StoreFailure.Unavailable.class);
        for (CommandHandler<Order, ?, ?> any : List.of(handler, handler(store()))) {
            assertThat(any.handle(envelope(job, "a"), assign))
                    .isEqualTo(new CommandResult.Accepted(all(job).getFirst()));
        }
        assertThat(all(job)).hasSize(1);
        assertThat(all(crew)).hasSize(1);
    }

    @Test
    void the_same_key_in_another_stream_is_no_answer() {
        Watched store = new Watched(store());
        store.before.put(
                "append to 2, check 0",
                () -> handler(store()).handle(envelope(rival, "same"), new Assign(8, Set.of(crew))));
        assertThat(handler(store).handle(envelope(job, "same"), new Assign(9, Set.of(crew))))
                .isEqualTo(new CommandResult.Accepted(all(job).getFirst()));
        assertThat(hours(crew)).containsExactlyInAnyOrder(8, 9);
    }

    @Test
    void what_was_half_seen_is_never_answered() {
        Watched store = new Watched(store());
        // The home stream was read before the booking and the crew after it: a naive answer would be that the hour is
        // taken.
        store.before.put(
                "read crew", () -> handler(store()).handle(envelope(job, "other"), new Assign(8, Set.of(crew))));
        assertThat(handler(store).handle(envelope(job, "a"), new Assign(8, Set.of(crew))))
                .isEqualTo(new CommandResult.AlreadySo(job, 1));
        handler(store()).handle(envelope(rival, "x"), new Assign(9, Set.of(helper)));
        store.before.put("read job", () -> rivalTakes(10));
        assertThat(handler(store).handle(envelope(job, "b"), new Assign(9, Set.of(crew, helper))))
                .isEqualTo(new CommandResult.Rejected(BUSY));
    }

    @Test
    void a_recorded_refusal_goes_to_the_home_stream_alone_and_stays() {
        rivalTakes(8);
        CommandResult refused = handler(store()).handle(envelope(job, "a", true), new Assign(8, Set.of(crew)));
        assertThat(refused).isInstanceOf(CommandResult.RejectedOnRecord.class);
        assertThat(handler(store()).handle(envelope(job, "a", true), new Assign(8, Set.of(crew))))
                .isEqualTo(refused);
        assertThat(all(job)).hasSize(1);
        assertThat(all(crew)).hasSize(1);
        CommandHandler<Order, ?, ?> warm = handler(store());
        warm.handle(envelope(job, "b"), new Assign(9, Set.of(crew)));
        assertThat(warm.handle(envelope(job, "c", true), new Assign(8, Set.of(crew))))
                .isInstanceOf(CommandResult.RejectedOnRecord.class);
        assertThat(all(job)).hasSize(3);
    }

    @Test
    void an_essential_event_that_is_unknown_stops_the_decision_in_whichever_stream_it_is() {
        store().append(new Commit(
                crew,
                1,
                "newer",
                Instant.EPOCH,
                List.of(new StoredEvent("CrewDissolved", 1, true, "{}")),
                new CommitMetadata("tester", "talk", null, null, null)));
        assertThat(handler(store()).handle(envelope(job, "a"), new Assign(8, Set.of(crew))))
                .isInstanceOf(CommandResult.Outdated.class);
        assertThat(handler(store()).handle(envelope(job, "b"), new Assign(8, Set.of(helper))))
                .isInstanceOf(CommandResult.Accepted.class);
        StreamFold<Set<Integer>, CrewEvent> gate = StreamFold.of(store(), LANGUAGE, new Hours());
        assertThat(handler(store())
                        .handle(
                                envelope(job, "c"),
                                () -> Gate.open(new Assign(gate.state(crew).size(), Set.of()))))
                .as("asked by a gatekeeper")
                .isInstanceOf(CommandResult.Outdated.class);
    }

    @Test
    void streams_that_make_no_sense_are_refused_before_anything_is_written() {
        assertThatThrownBy(() -> handler(store()).handle(envelope(job, "a"), new Assign(8, Set.of(job))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as one of the other streams");
        Set<StreamId> many = new HashSet<>();
        for (int i = 0; i < EventStore.MAX_STREAMS; i++) {
            many.add(new StreamId("crew", run + i));
        }
        assertThatThrownBy(() -> handler(store()).handle(envelope(job, "a"), new Assign(8, many)))
                .isInstanceOf(StoreFailure.LimitExceeded.class);
        many.remove(many.iterator().next());
        assertThat(handler(store()).handle(envelope(rival, "most"), new Assign(8, many)))
                .isInstanceOf(CommandResult.Accepted.class);
        AtomicDecider<Order, Set<Integer>, JobEvent, Set<Integer>, CrewEvent> forgetful = new Assigning() {
            @Override
            public Set<StreamId> others(Order order, Set<Integer> hours) {
                return Set.of(helper);
            }
        };
        assertThatThrownBy(() -> CommandHandler.of(store(), LANGUAGE, forgetful)
                        .handle(envelope(job, "a"), new Assign(8, Set.of(crew))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did not ask for");
        assertThatThrownBy(() -> new AtomicDecision<>(reject(BUSY), Map.of(crew, List.of(new Booked(8)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AtomicDecision<>(accept(new Assigned(8)), Map.of(crew, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AtomicDecision<>(accept(new Assigned(8)), Map.of(crew, List.of(new Booked(8))))
                        .ignoring(Set.of(crew)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not ignore");
        assertThat(all(job)).isEmpty();
        assertThat(all(crew)).isEmpty();
    }

    @Test
    void round_trips_of_each_case() {
        Watched store = new Watched(store());
        CommandHandler<Order, ?, ?> handler = handler(store);
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "a"), new Assign(1, Set.of(crew)))))
                .as("cold")
                .containsExactly("read job", "read crew", "append to 2, check 0");
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "b"), new Assign(2, Set.of(crew)))))
                .as("warm")
                .containsExactly("read crew", "append to 2, check 0");
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "c"), new Note(Set.of(crew, helper)))))
                .as("warm, nothing happens in the others")
                .containsExactly("read crew", "read crew", "append to 1, check 2");
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "d"), new Assign(3, Set.of()))))
                .as("warm, without others")
                .containsExactly("append");
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "e"), new Assign(1, Set.of(crew)))))
                .as("warm, without events")
                .containsExactly("read crew", "read job");
        assertThat(store.callsOf(() -> handler(store).handle(envelope(job, "f"), new Assign(1, Set.of(crew)))))
                .as("cold, without events")
                .containsExactly("read job", "read crew", "read job");
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "b"), new Assign(2, Set.of(crew)))))
                .as("again")
                .containsExactly("read job");
        store.before.put("append to 2, check 0", () -> rivalTakes(7));
        assertThat(store.callsOf(() -> handler.handle(envelope(job, "g"), new Assign(4, Set.of(crew)))))
                .as("overtaken once")
                .containsExactly("read crew", "append to 2, check 0", "read job", "read crew", "append to 2, check 0");
        StreamFold<Set<Integer>, CrewEvent> fold = StreamFold.of(store, LANGUAGE, new Hours());
        assertThat(store.callsOf(() -> assertThat(fold.state(crew)).containsExactlyInAnyOrder(1, 2, 4, 7)))
                .containsExactly("read crew");
    }

    @Test
    void a_warm_handler_reads_of_the_other_streams_only_what_was_added() {
        Watched store = new Watched(store());
        CommandHandler<Order, ?, ?> handler = handler(store);
        for (int hour = 0; hour < 20; hour++) {
            rivalTakes(hour);
        }
        handler.handle(envelope(job, "a"), new Assign(20, Set.of(crew)));
        assertThat(store.commits).as("cold").isEqualTo(20);
        rivalTakes(21);
        store.commits = 0;
        assertThat(handler.handle(envelope(job, "b"), new Assign(21, Set.of(crew))))
                .isEqualTo(new CommandResult.Rejected(BUSY));
        assertThat(store.commits).as("its own commit, and that of the rival").isEqualTo(2);
        store.commits = 0;
        assertThat(handler.handle(envelope(job, "c"), new Assign(22, Set.of(crew))))
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(store.commits).as("nothing was added").isZero();
    }

    @Test
    void sixteen_at_once_from_two_jobs_never_take_one_hour_of_a_crew_twice() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<CommandHandler<Order, ?, ?>> handlers = List.of(handler(store()), handler(store()));
        List<Callable<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            StreamId home = random.nextBoolean() ? job : rival;
            CommandHandler<Order, ?, ?> handler = handlers.get(random.nextInt(2));
            String id = home.id() + random.nextInt(24);
            Assign assign = new Assign(Math.floorMod(id.hashCode(), 12), Set.of(crew));
            calls.add(() -> handler.handle(envelope(home, id), assign));
        }
        int contended = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<CommandResult> future : executor.invokeAll(calls)) {
                CommandResult outcome = future.get();
                contended += outcome instanceof CommandResult.Contended ? 1 : 0;
                assertThat(outcome)
                        .isInstanceOfAny(
                                CommandResult.Accepted.class,
                                CommandResult.AlreadySo.class,
                                CommandResult.Contended.class,
                                CommandResult.Rejected.class);
            }
        }
        System.out.println("contended " + contended + " of " + calls.size());
        List<Commit> jobs =
                Stream.of(job, rival).flatMap(home -> all(home).stream()).toList();
        assertThat(jobs).isNotEmpty();
        assertThat(all(crew))
                .extracting(Commit::id)
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(Commit::id).toList());
        assertThat(all(crew).stream().map(commit -> commit.events().getFirst().data()))
                .doesNotHaveDuplicates()
                .hasSize(Objects.requireNonNull(hours(crew)).size());
    }
}
