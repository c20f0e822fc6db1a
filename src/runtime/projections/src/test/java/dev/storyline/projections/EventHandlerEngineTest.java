package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
}
