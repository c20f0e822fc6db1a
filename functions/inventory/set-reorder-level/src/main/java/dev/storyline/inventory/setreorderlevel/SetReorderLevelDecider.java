package dev.storyline.inventory.setreorderlevel;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.inventory.ReorderLevel;
import dev.storyline.contexts.inventory.ReorderLevel.ReorderLevelSet;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;

/** Sets the level of any product, also before its first delivery. */
final class SetReorderLevelDecider implements Decider<SetReorderLevel, SetReorderLevelDecider.State, ReorderLevel> {
    static final long HIGHEST = 1_000_000;

    static final Rule LEVEL_OUT_OF_RANGE =
            Rule.forbids("level-out-of-range", "A reorder level is 0 to 1,000,000 pieces; 0 is none.");

    /** The level as it was set last; 0 for none. */
    record State(long level) {}

    @Override
    public Class<ReorderLevel> folds() {
        return ReorderLevel.class;
    }

    @Override
    public State initialState() {
        return new State(0);
    }

    @Override
    public State evolve(State state, ReorderLevel event) {
        return switch (event) {
            case ReorderLevelSet set -> new State(set.quantity());
        };
    }

    @Override
    public Decision<ReorderLevel> decide(SetReorderLevel command, State state) {
        if (command.quantity() < 0 || command.quantity() > HIGHEST) {
            return reject(LEVEL_OUT_OF_RANGE);
        }
        return command.quantity() == state.level()
                ? nothing()
                : accept(new ReorderLevelSet(command.productId(), command.quantity()));
    }
}
