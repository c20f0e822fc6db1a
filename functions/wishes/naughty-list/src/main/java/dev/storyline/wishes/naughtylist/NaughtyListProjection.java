package dev.storyline.wishes.naughtylist;

import dev.storyline.contexts.wishes.Naughtiness;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row for each child in the list, sorted by its end; the child's own row answers for one child in one read. */
final class NaughtyListProjection implements Projection<NaughtyListProjection.State, Naughtiness> {
    /** The end of the naughtiness, which is part of the row's key; null if the child was never on the list. */
    record State(@Nullable Instant until) {}

    @Override
    public String name() {
        return NaughtyChild.PROJECTION;
    }

    @Override
    public Class<Naughtiness> folds() {
        return Naughtiness.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public Step<State> step(State state, Recorded<Naughtiness> event) {
        return switch (event.event()) {
            case BecameNaughty(var childId, var until) -> {
                NaughtyChild row = new NaughtyChild(childId, until);
                Step<State> step = Step.to(new State(until));
                if (state.until() != null) {
                    step = step.remove(new NaughtyChild(childId, state.until()).key());
                }
                yield step.put(row.key(), row).putOwn(row);
            }
        };
    }
}
