package dev.storyline.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The result of one event in an event handler.
 *
 * @param state the state that the handler remembers from now on
 * @param effects the effects of the event, in order; their names are unique within the reaction
 */
public record Reaction<S>(S state, List<Effect> effects) {
    public Reaction {
        effects = List.copyOf(effects);
        Set<String> names = new HashSet<>();
        for (Effect effect : effects) {
            if (!names.add(effect.name())) {
                throw new IllegalArgumentException("Two effects of one step are named '" + effect.name() + "'");
            }
        }
    }

    /** Remembers this state and sets off these effects. */
    public static <S> Reaction<S> to(S state, Effect... effects) {
        return new Reaction<>(state, List.of(effects));
    }
}
