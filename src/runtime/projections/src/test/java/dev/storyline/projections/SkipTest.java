package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that a parked stream steps over because an operator says so. */
class SkipTest extends EngineFixture {
    private static final String WHY = "Ticket 7: the till was out of order";

    private final ViewTable view = ViewTable.of(Tills.client(calls), Tills.table(), "sales");
    private final ProjectionEngine engine = engine(new Sales(1, true));
    private final Repair repair = engine.repair(scan);

    private ProjectionEngine engine(Sales sales) {
        return ProjectionEngine.of(store, LANGUAGE, sales, view, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    private Rebuild rebuild(ProjectionEngine of) {
        return of.rebuild(scan, RebuildPlan.of(2, Duration.ZERO, Duration.ZERO));
    }

    private int sales() {
        Total total = view.consistent().row(TOTAL, Total.class);
        return total == null || total.sales() == null ? 0 : total.sales().intValueExact();
    }

    private @Nullable FoldItem fold(StreamId of) {
        return view.generation(0).reader().fold(of);
    }

    /** A history with commits of one to three sales, some of which cannot be stepped over. */
    private static final class History {
        private final Random random;
        private final Map<StreamId, List<Commit>> commits = new HashMap<>();
        private final Map<StreamId, Long> heads = new HashMap<>();

        History(Random random) {
            this.random = random;
        }

        Commit next(SkipTest test, StreamId of) {
            List<Record> events = new ArrayList<>();
            int many = 1 + random.nextInt(3);
            for (int i = 0; i < many; i++) {
                events.add(new Sold("item" + random.nextInt(3), random.nextInt(4) == 0 ? -1 : 1));
            }
            long version = heads.getOrDefault(of, 0L) + 1;
            heads.put(of, version + many - 1);
            Commit commit = test.commit(of, version, events.toArray(Record[]::new));
            commits.computeIfAbsent(of, one -> new ArrayList<>()).add(commit);
            return commit;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_skip_steps_over_one_commit_of_a_parked_stream_and_changes_nothing_elsewhere(long seed) {
        Random random = new Random(seed);
        History history = new History(random);
        List<StreamId> tills = List.of(new StreamId("till", "a"), new StreamId("till", "b"));
        Map<StreamId, List<Long>> skipped = new HashMap<>();
        tills.forEach(till -> skipped.put(till, new ArrayList<>()));
        for (int step = 0; step < 60; step++) {
            StreamId till = tills.get(random.nextInt(2));
            if (random.nextBoolean()) {
                engine.apply(till, List.of(history.next(this, till)));
                continue;
            }
            FoldItem before = fold(till);
            Parked standing = before == null ? null : before.standing();
            long version = standing != null && random.nextInt(3) > 0
                    ? standing.version()
                    : random.nextLong(history.heads.getOrDefault(till, 0L) + 3) + 1;
            SkipResult result = repair.skip(till, version, "ann", WHY);
            boolean done = standing != null && standing.version() == version;
            List<Long> here = Objects.requireNonNull(skipped.get(till));
            boolean repeated = here.contains(version);
            assertThat(result instanceof SkipResult.Done)
                    .as("%s at %s of %s, parked %s", result, version, till, standing)
                    .isEqualTo(done || repeated);
            if (!done) {
                assertThat(fold(till)).isEqualTo(before);
                continue;
            }
            here.add(version);
            Parked after = Objects.requireNonNull(fold(till)).standing();
            assertThat(after == null || after.version() > version).isTrue();
            assertThat(repair.skipped("", 1_000).skipped())
                    .hasSize(skipped.values().stream().mapToInt(List::size).sum());
        }
        assertThat(sales()).isEqualTo(applied(history, skipped));
        assertThat(skipped.values()).anyMatch(versions -> !versions.isEmpty());
    }

    /** How many sales are in the view: those before the position, without those of skipped commits. */
    private int applied(History history, Map<StreamId, List<Long>> skipped) {
        int sales = 0;
        for (Map.Entry<StreamId, List<Commit>> one : history.commits.entrySet()) {
            long position = Objects.requireNonNull(fold(one.getKey())).pos();
            for (Commit commit : one.getValue()) {
                boolean counts = commit.last() <= position
                        && !Objects.requireNonNull(skipped.get(one.getKey())).contains(commit.version());
                sales += counts ? commit.events().size() : 0;
            }
        }
        return sales;
    }

    @Test
    void two_operators_at_once_skip_one_commit() throws Exception {
        engine.apply(stream, List.of(commit(stream, 1, new Sold("tea", -1)), commit(stream, 2, new Sold("tea", -1))));
        try (ExecutorService operators = Executors.newFixedThreadPool(4)) {
            List<Callable<SkipResult>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(() -> repair.skip(stream, 1, "ann", WHY));
            }
            for (Future<SkipResult> result : operators.invokeAll(asked)) {
                assertThat(result.get()).isInstanceOf(SkipResult.Done.class);
            }
        }
        assertThat(repair.skipped("", 10).skipped()).singleElement().satisfies(skip -> {
            assertThat(skip.version()).isEqualTo(1);
            assertThat(skip.actor()).isEqualTo("ann");
            assertThat(skip.reason()).isEqualTo(WHY);
            assertThat(skip.cause()).contains("nothing is sold -1 times");
        });
        assertThat(Objects.requireNonNull(repair.standing(stream)).version()).isEqualTo(2);
    }

    @Test
    void a_rebuild_honours_skips_or_drops_them_as_it_is_told() {
        engine.apply(stream, List.of(commit(stream, 1, new Sold("tea", 1)), commit(stream, 2, new Sold("tea", -1))));
        assertThat(repair.skip(stream, 2, "ann", WHY)).isInstanceOf(SkipResult.Done.class);
        engine.apply(stream, List.of(commit(stream, 3, new Sold("cup", 1))));
        assertThat(sales()).isEqualTo(2);
        assertThatThrownBy(() -> rebuild(engine).run())
                .as("the commit fails again, so the view stays as it is")
                .isInstanceOf(Rebuild.Failed.class)
                .hasMessageContaining("honour the skips");
        assertThat(sales()).isEqualTo(2);
        assertThat(rebuild(engine).honouringSkips().run().done()).isTrue();
        assertThat(sales()).isEqualTo(2);
        assertThat(repair.skipped("", 10).skipped()).as("still on record").hasSize(1);
        ProjectionEngine repaired = engine(new Sales(1, false));
        assertThat(rebuild(repaired).run().done()).isTrue();
        assertThat(sales()).isEqualTo(3);
        assertThat(repaired.repair(scan).skipped("", 10).skipped())
                .as("the commit is in the view again")
                .isEmpty();
    }

    @Test
    void a_stream_in_which_events_are_missing_cannot_skip_them() {
        Commit after = commit(stream, 3, new Sold("tea", 1));
        engine.apply(stream, List.of(after));
        assertThat(Objects.requireNonNull(repair.standing(stream)).version()).isEqualTo(1);
        assertThat(repair.skip(stream, 1, "ann", WHY))
                .isInstanceOfSatisfying(
                        SkipResult.NotSkipped.class,
                        refused -> assertThat(refused.why()).contains("has no commit at version 1"));
        assertThat(repair.skipped("", 10).skipped()).isEmpty();
    }

    /** Tells each sale, with the number of those before. */
    private record Telling(int version) implements EventHandler<Sales.State, Till> {
        record Told(int sales) {}

        @Override
        public String name() {
            return "telling";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public Sales.State initialState() {
            return new Sales.State(0);
        }

        @Override
        public Reaction<Sales.State> on(Sales.State state, Recorded<Till> event) {
            return switch (event.event()) {
                case Sold _ ->
                    Reaction.to(
                            new Sales.State(state.sales() + 1),
                            new Effect.Publish("tell", new Told(state.sales() + 1)));
                case Cleared _ -> throw new IllegalStateException("clearing is not told");
            };
        }
    }

    @Test
    void an_event_handler_gives_the_effects_of_one_commit_up_and_keeps_its_state() {
        ViewTable positions = ViewTable.of(Tills.client(calls), Tills.table(), "telling");
        positions.recordActivation(Instant.EPOCH);
        List<String> told = new ArrayList<>();
        EventHandlerEngine.Effects effects = (key, effect, cause) -> {
            if (cause.version() == 2) {
                throw new IllegalStateException("the other system refuses it");
            }
            told.add(((Effect.Publish) effect).event().toString());
            return null;
        };
        EventHandlerEngine handler = telling(positions, new Telling(1), effects);
        handler.apply(List.of(
                record(commit(stream, 1, new Sold("tea", 1))),
                record(commit(stream, 2, new Sold("cup", 1))),
                record(commit(stream, 3, new Sold("mug", 1))),
                record(commit(stream, 4, new Cleared("mug"))),
                record(commit(stream, 5, new Sold("pot", 1)))));
        Repair handling = handler.repair(scan);
        assertThat(handling.skip(stream, 2, "ann", WHY)).isInstanceOf(SkipResult.Done.class);
        assertThat(told).containsExactly("Told[sales=1]", "Told[sales=3]");
        assertThat(Objects.requireNonNull(handling.standing(stream)).version()).isEqualTo(4);
        assertThat(handling.skip(stream, 4, "ann", WHY))
                .isInstanceOfSatisfying(
                        SkipResult.Done.class, done -> assertThat(done.now()).isEqualTo(new ApplyResult.Reached(5)));
        assertThat(told).containsExactly("Told[sales=1]", "Told[sales=3]", "Told[sales=4]");
        handler.apply(List.of(record(commit(stream, 6, new Sold("tea", 1)))));
        telling(positions, new Telling(2), effects).apply(List.of(record(commit(stream, 7, new Sold("tea", 1)))));
        assertThat(told)
                .as("a new version steps over its past again, and over what was skipped")
                .endsWith("Told[sales=5]", "Told[sales=6]");
    }

    private EventHandlerEngine telling(ViewTable positions, Telling telling, EventHandlerEngine.Effects effects) {
        return EventHandlerEngine.of(
                store, LANGUAGE, telling, positions, effects, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    @Test
    void a_status_tells_lag_and_parked_streams_and_goes_on_being_cheap() {
        clock.now = Instant.EPOCH.plusSeconds(100);
        engine.apply(stream, List.of(commit(stream, 1, new Sold("tea", 1)), commit(stream, 2, new Sold("tea", -1))));
        commit(new StreamId("till", "unseen"), 1, new Sold("tea", 1));
        FeedPace pace = new FeedPace(view, clock);
        pace.took(3, Instant.EPOCH);
        view.sampleTaken(clock.now);
        clock.now = clock.now.plusSeconds(20);
        pace.took(5, Instant.EPOCH);
        SliceStatus status = repair.status();
        assertThat(status.lagMillis()).isEqualTo(120_000);
        assertThat(status.behind()).isEqualTo(1);
        assertThat(status.looked()).isEqualTo(2);
        assertThat(status.whole()).isTrue();
        assertThat(status.forPerson()).isEqualTo(1);
        assertThat(status.passing()).isZero();
        assertThat(status.parkedSince()).isEqualTo(Instant.EPOCH.plusSeconds(100));
        assertThat(status.outdated()).isFalse();
        assertThat(status.lastApplied()).isEqualTo(clock.now);
        assertThat(status.commitsPerSecond()).isEqualTo(0.25);
        assertThat(status.readUnits()).isBetween(1.0, 2.0);
        repair.reconcile();
        assertThat(repair.status().lagMillis()).isNull();
        assertThat(engine(new Sales(2, true)).repair(scan).status().outdated()).isTrue();
    }

    @Test
    void the_pace_of_a_feed_is_stored_now_and_then_and_never_stops_it() {
        FeedPace pace = new FeedPace(view, clock);
        calls.writes.set(0);
        for (int i = 0; i < 50; i++) {
            pace.took(1, clock.now);
        }
        assertThat(Objects.requireNonNull(view.taken()).commits()).isEqualTo(1);
        clock.now = clock.now.plusSeconds(FeedPace.SECONDS);
        pace.took(1, clock.now);
        assertThat(Objects.requireNonNull(view.taken()).commits()).isEqualTo(51);
        ViewTable nowhere = ViewTable.of(uncounted, "no-such-table", "sales");
        new FeedPace(nowhere, clock).took(1, clock.now);
        assertThat(Objects.requireNonNull(view.taken()).newest()).isEqualTo(clock.now);
    }
}
