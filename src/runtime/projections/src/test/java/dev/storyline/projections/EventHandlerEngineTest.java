package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventHandlerEngineTest extends EngineFixture {
    /** Thanks for each sale. */
    private record Thanks(int version) implements EventHandler<Sales.State, Till> {
        @Override
        public String name() {
            return "thanks";
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
                case Sold sold -> Reaction.to(new Sales.State(state.sales() + 1), new Effect.Publish("thank", sold));
                case Cleared cleared ->
                    Reaction.to(
                            state,
                            new Effect.Dispatch("tidy", "tidy-up", event.stream(), new Count(state.sales()))
                                    .followUp());
            };
        }

        @Override
        public List<Effect> onRefused(Recorded<Till> event, Effect.Dispatch refused, String rule) {
            return List.of(new Effect.Publish("complain", refused.command()));
        }
    }

    private final ViewTable positions = ViewTable.of(Tills.client(calls), Tills.table(), "thanks");

    private EventHandlerEngine thanks(EventHandlerEngine.Effects effects, Instant activation) {
        positions.recordActivation(activation);
        return handler(new Thanks(1), effects);
    }

    private EventHandlerEngine handler(Thanks thanks, EventHandlerEngine.Effects effects) {
        return EventHandlerEngine.of(
                store, LANGUAGE, thanks, positions, effects, clock, Backoff.REAL, ParallelTasks.REAL);
    }

    @Test
    void an_event_handler_repeats_an_effect_under_the_same_key_and_skips_none() {
        List<String> keys = new ArrayList<>();
        AtomicInteger trouble = new AtomicInteger(1);
        EventHandlerEngine handler = thanks(
                (key, effect, cause) -> {
                    keys.add(key);
                    if (cause.version() == 2 && trouble.getAndDecrement() > 0) {
                        throw new TransientFailure("the bus is away", null);
                    }
                    return null;
                },
                Instant.EPOCH);
        List<FeedRecord> batch = List.of(
                record(commit(stream, 1, new Sold("tea", 1))),
                record(commit(stream, 2, new Sold("cup", 1))),
                record(commit(stream, 3, new Cleared("cup"))));
        assertThat(handler.apply(batch)).hasSize(3);
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(keys)
                .as("what was done before the trouble is kept, and done once more at most")
                .containsExactly(
                        "tills/thanks/till#one@1/thank",
                        "tills/thanks/till#one@2/thank",
                        "tills/thanks/till#one@2/thank",
                        "tills/thanks/till#one@3/tidy");
    }

    @Test
    void history_before_a_handlers_activation_never_fires() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = thanks(recording(keys), Instant.EPOCH.plusSeconds(1));
        assertThat(handler.apply(List.of(record(commit(stream, 1, new Sold("tea", 1))))))
                .isEmpty();
        assertThat(keys).isEmpty();
    }

    record Count(int sales) {}

    private static EventHandlerEngine.Effects recording(List<String> keys) {
        return (key, effect, cause) -> {
            keys.add(key);
            return effect instanceof Effect.Dispatch ? "TOO_LATE" : null;
        };
    }

    @Test
    void a_refusal_is_followed_up_under_a_key_of_its_own() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = thanks(recording(keys), Instant.EPOCH);
        assertThat(handler.apply(List.of(record(commit(stream, 1, new Cleared("tea"))))))
                .isEmpty();
        assertThat(keys)
                .containsExactly("tills/thanks/till#one@1/tidy", "tills/thanks/till#one@1/tidy/TOO_LATE/complain");
    }

    /** Gives each sale a day, and takes the day of the last sale back when the till is cleared. */
    private static final class Reminders implements EventHandler<Reminders.Last, Till> {
        record Last(long sale) {}

        @Override
        public String name() {
            return "reminders";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public Last initialState() {
            return new Last(0);
        }

        @Override
        public Reaction<Last> on(Last last, Recorded<Till> event) {
            return switch (event.event()) {
                case Sold sold ->
                    Reaction.to(
                            new Last(event.version()),
                            new Effect.DispatchAt(
                                    "remind",
                                    "remind",
                                    event.stream(),
                                    sold,
                                    event.at().plusSeconds(86_400)));
                case Cleared _ ->
                    Reaction.to(
                            last,
                            new Effect.TakeBack("remind", last.sale()),
                            new Effect.Dispatch("tidy", "tidy-up", event.stream(), last).followUp());
            };
        }

        @Override
        public List<Effect> onRefused(Recorded<Till> event, Effect.Dispatch refused, String rule) {
            return List.of(new Effect.TakeBack("remind", 1));
        }
    }

    @Test
    void what_takes_a_deadline_back_has_the_key_of_the_deadline() {
        List<String> keys = new ArrayList<>();
        positions.recordActivation(Instant.EPOCH);
        EventHandlerEngine handler = EventHandlerEngine.of(
                store, LANGUAGE, new Reminders(), positions, recording(keys), clock, Backoff.REAL, ParallelTasks.REAL);
        handler.apply(List.of(
                record(commit(stream, 1, new Sold("tea", 1))),
                record(commit(stream, 2, new Sold("cup", 1))),
                record(commit(stream, 3, new Cleared("cup")))));
        assertThat(keys)
                .containsExactly(
                        "tills/reminders/till#one@1/remind",
                        "tills/reminders/till#one@2/remind",
                        "tills/reminders/till#one@2/remind",
                        "tills/reminders/till#one@3/tidy",
                        "tills/reminders/till#one@1/remind");
    }

    @Test
    void a_handler_without_an_activation_time_has_no_effect_and_loses_none() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine handler = handler(new Thanks(1), recording(keys));
        List<FeedRecord> batch = List.of(record(commit(stream, 1, new Sold("tea", 1))));
        assertThat(handler.apply(batch)).hasSize(1);
        assertThat(keys).isEmpty();
        positions.recordActivation(Instant.EPOCH);
        positions.recordActivation(Instant.EPOCH.plusSeconds(9));
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(keys).hasSize(1);
    }

    @Test
    void a_changed_handler_steps_again_for_its_state_and_fires_nothing_of_the_past() {
        List<String> keys = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        EventHandlerEngine first = thanks(recording(keys), Instant.EPOCH);
        first.apply(
                List.of(record(commit(stream, 1, new Sold("tea", 1))), record(commit(stream, 2, new Sold("c", 1)))));
        keys.clear();
        EventHandlerEngine changed = handler(new Thanks(2), (key, effect, cause) -> {
            effects.add(effect);
            return null;
        });
        changed.apply(List.of(record(commit(stream, 3, new Cleared("tea")))));
        assertThat(keys).isEmpty();
        assertThat(effects)
                .singleElement()
                .satisfies(effect -> assertThat(effect.toString()).contains("Count[sales=2]"));
    }

    @Test
    void warm_handlers_that_take_turns_on_one_stream_run_each_effect_once() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine one = thanks(recording(keys), Instant.EPOCH);
        EventHandlerEngine other = thanks(recording(keys), Instant.EPOCH);
        for (int version = 1; version <= 40; version++) {
            List<FeedRecord> batch = new ArrayList<>();
            for (int late = Math.max(1, version - 2); late <= version; late++) {
                batch.add(record(late == version ? commit(stream, version, new Sold("tea", 1)) : stored(late)));
            }
            assertThat((version % 2 == 0 ? one : other).apply(batch)).isEmpty();
        }
        assertThat(keys).hasSize(40).doesNotHaveDuplicates();
    }

    private Commit stored(long version) {
        List<Commit> found = new ArrayList<>();
        store.read(stream, version - 1, version, found::add);
        return found.getFirst();
    }

    @Test
    void reactions_without_effects_are_folded_from_memory_without_a_read_of_the_position() {
        EventHandlerEngine handler = thanks(recording(new ArrayList<>()), Instant.EPOCH.plusSeconds(1));
        handler.apply(List.of(record(commit(stream, 1, new Sold("tea", 1)))));
        int reads = calls.reads.get();
        handler.apply(List.of(record(commit(stream, 2, new Sold("tea", 1)))));
        assertThat(calls.reads).hasValue(reads);
    }

    private long position() {
        return positions.head(stream).position();
    }

    @Test
    void the_position_is_saved_while_effects_run_after_ten_of_them_or_one_second() {
        List<Long> saved = new ArrayList<>();
        EventHandlerEngine handler = thanks(
                (key, effect, cause) -> {
                    saved.add(position());
                    if (cause.version() > 25) {
                        clock.now = clock.now.plusMillis(1_001);
                    }
                    return null;
                },
                Instant.EPOCH);
        List<FeedRecord> batch = new ArrayList<>();
        for (int version = 1; version <= 30; version++) {
            batch.add(record(commit(stream, version, new Sold("tea", 1))));
        }
        assertThat(handler.apply(batch)).isEmpty();
        assertThat(saved.subList(0, 26))
                .containsExactly(
                        0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 20L,
                        20L, 20L, 20L, 20L, 20L);
        assertThat(saved.subList(26, 30)).containsExactly(26L, 27L, 28L, 29L);
    }

    @Test
    void the_effects_of_one_large_commit_are_saved_one_by_one_too() {
        List<String> keys = new ArrayList<>();
        EventHandlerEngine.Effects crashing = (key, effect, cause) -> {
            if (cause.version() == 36) {
                throw new OutOfMemoryError("a crash");
            }
            keys.add(key);
            return null;
        };
        Record[] sales = new Record[50];
        Arrays.fill(sales, new Sold("tea", 1));
        List<FeedRecord> batch = List.of(record(commit(stream, 1, sales)));
        assertThat(thanks(crashing, Instant.EPOCH).apply(batch)).hasSize(1);
        assertThat(thanks(recording(keys), Instant.EPOCH).apply(batch)).isEmpty();
        assertThat(keys).as("the last five were not saved").hasSize(55);
        assertThat(Set.copyOf(keys)).hasSize(50);
    }

    @Test
    void a_handler_that_nears_its_deadline_saves_and_reports_the_rest_as_not_processed() {
        List<String> keys = new ArrayList<>();
        AtomicInteger seconds = new AtomicInteger(60);
        EventHandlerEngine.Effects slow = (key, effect, cause) -> {
            keys.add(key);
            seconds.addAndGet(-9);
            clock.now = clock.now.plusSeconds(9);
            return null;
        };
        List<FeedRecord> batch = new ArrayList<>();
        for (int version = 1; version <= 12; version++) {
            batch.add(record(commit(stream, version, new Sold("tea", 1))));
        }
        StreamId other = new StreamId("till", "other");
        batch.add(record(commit(other, 1, new Sold("tea", 1))));
        EventHandlerEngine handler = EventHandlerEngine.of(
                store, LANGUAGE, new Thanks(1), positions, slow, clock, Backoff.REAL, ParallelTasks.ONE_BY_ONE);
        positions.recordActivation(Instant.EPOCH);
        List<FeedRecord> left = batch;
        for (int runs = 1; !left.isEmpty(); runs++) {
            assertThat(runs).as("the backlog ends").isLessThanOrEqualTo(3);
            seconds.set(60);
            List<FeedRecord> now = left;
            List<String> again =
                    Deadline.of(() -> Duration.ofSeconds(seconds.get())).during(() -> handler.apply(now));
            left = left.stream()
                    .filter(record -> again.contains(record.sequence()))
                    .toList();
            assertThat(left).as("run %d", runs).hasSize(Math.max(0, 13 - 5 * runs));
        }
        assertThat(keys).hasSize(13).doesNotHaveDuplicates();
    }

    @Test
    void a_repair_that_nears_its_deadline_saves_and_is_continued_by_the_next_redrive() {
        List<String> keys = new ArrayList<>();
        AtomicInteger seconds = new AtomicInteger(60);
        EventHandlerEngine handler = thanks(
                (key, effect, cause) -> {
                    keys.add(key);
                    seconds.addAndGet(-9);
                    return null;
                },
                Instant.EPOCH);
        for (int version = 1; version <= 12; version++) {
            commit(stream, version, new Sold("tea", 1));
        }
        Repair repair = handler.repair(scan);
        Deadline.of(() -> Duration.ofSeconds(seconds.get())).during(() -> repair.reconcile());
        assertThat(position()).isEqualTo(5);
        for (int runs = 1; runs <= 2; runs++) {
            seconds.set(60);
            Deadline.of(() -> Duration.ofSeconds(seconds.get())).during(() -> repair.redriveDue());
        }
        assertThat(position()).isEqualTo(12);
        assertThat(positions.head(stream).parked()).isNull();
        assertThat(keys).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void once_a_stream_has_fired_everything_later_in_it_fires_whenever_it_was_decided() {
        List<String> keys = new ArrayList<>();
        Instant activation = Instant.EPOCH.plusSeconds(10);
        List<FeedRecord> batch = new ArrayList<>();
        long[] decidedAt = {8, 9, 11, 9, 12, 8};
        for (int i = 0; i < decidedAt.length; i++) {
            batch.add(record(commitAt(Instant.EPOCH.plusSeconds(decidedAt[i]), i + 1)));
        }
        thanks(recording(keys), activation).apply(batch.subList(0, 3));
        thanks(recording(keys), activation).apply(batch.subList(3, 6));
        assertThat(keys)
                .containsExactly(
                        "tills/thanks/till#one@3/thank",
                        "tills/thanks/till#one@4/thank",
                        "tills/thanks/till#one@5/thank",
                        "tills/thanks/till#one@6/thank");
    }

    @Test
    void a_position_from_before_the_mark_was_stored_still_opens_and_fires_nothing_of_the_past() {
        List<String> keys = new ArrayList<>();
        Instant activation = Instant.EPOCH.plusSeconds(10);
        thanks(recording(keys), activation).apply(List.of(record(commitAt(Instant.EPOCH.plusSeconds(8), 1))));
        Generation only = positions.generation(0);
        FoldItem now = Objects.requireNonNull(only.reader().fold(stream));
        assertThat(now.item(Map.of())).doesNotContainKeys("fires", "done");
        thanks(recording(keys), activation).apply(List.of(record(commitAt(Instant.EPOCH.plusSeconds(9), 2))));
        assertThat(keys).isEmpty();
        thanks(recording(keys), activation).apply(List.of(record(commitAt(Instant.EPOCH.plusSeconds(11), 3))));
        assertThat(keys).containsExactly("tills/thanks/till#one@3/thank");
    }

    private Commit commitAt(Instant at, long version) {
        Commit early = new Commit(
                stream,
                version,
                stream + "-" + version,
                at,
                List.of(new EventCodec(LANGUAGE).encode(new Sold("tea", 1))),
                new CommitMetadata("tester", "conversation", null, null, null));
        store.append(early);
        return early;
    }

    @Test
    void a_poisonous_event_of_a_commit_is_known_before_any_effect_of_the_commit_runs() {
        List<String> keys = new ArrayList<>();
        EventCodec codec = new EventCodec(LANGUAGE);
        Commit bad = stored(
                stream, 1, List.of(codec.encode(new Sold("tea", 1)), new StoredEvent("Sold", 1, false, "no JSON")));
        thanks(recording(keys), Instant.EPOCH).apply(List.of(record(bad)));
        assertThat(positions.head(stream).parked()).isNotNull();
        assertThat(keys).isEmpty();
    }
}
