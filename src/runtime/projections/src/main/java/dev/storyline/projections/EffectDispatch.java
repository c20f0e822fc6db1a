package dev.storyline.projections;

import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs the effects of an event handler, each under its key. Which effects an event has is decided elsewhere, by the pure
 * reaction of the handler.
 *
 * @param context the context of the handler, part of every key
 * @param handler names the handler in every key, and follows up refusals
 * @param effects runs one effect
 * @param activation when the handler was deployed; throws a passing failure while it is not stored yet
 */
record EffectDispatch<E>(
        String context, EventHandler<?, E> handler, EventHandlerEngine.Effects effects, Supplier<Instant> activation) {
    /**
     * An effect that is to be run.
     *
     * @param key the same in every repetition
     * @param effect the effect
     * @param cause the event whose effect it is
     */
    record Due<E>(String key, Effect effect, Recorded<E> cause) {}

    /** Whether an event was decided after the activation, so that its effects run, and those of all later ones. */
    boolean opens(Recorded<E> event) {
        return !event.at().isBefore(activation.get());
    }

    /** The effects of one event, in order. */
    List<Due<E>> due(Recorded<E> event, List<Effect> caused) {
        return caused.stream()
                .map(effect -> new Due<>(key(event, effect), effect, event))
                .toList();
    }

    /** The key of an effect: of one that takes back, the key of what it takes back. */
    private String key(Recorded<E> event, Effect effect) {
        return effect instanceof Effect.TakeBack(String deadline, long version)
                ? new EffectKey(context, handler.name(), event.stream(), version, deadline).toString()
                : new EffectKey(context, handler.name(), event.stream(), event.version(), effect.name()).toString();
    }

    /** Runs an effect, and the effects that follow up its refusal. */
    void run(Due<E> due) {
        String rule = effects.run(due.key(), due.effect(), due.cause());
        if (rule != null && due.effect() instanceof Effect.Dispatch refused && refused.followedUp()) {
            for (Effect next : handler.onRefused(due.cause(), refused, rule)) {
                String key = next instanceof Effect.TakeBack
                        ? key(due.cause(), next)
                        : due.key() + "/" + rule + "/" + next.name();
                effects.run(key, next, due.cause());
            }
        }
    }
}
