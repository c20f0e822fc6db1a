package dev.storyline.fieldops.openregion;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** Opens a region once. Its time zone and currency never change, since jobs are planned and paid by them. */
final class OpenRegionDecider implements Decider<OpenRegion, OpenRegionDecider.State, RegionOpened> {
    static final Rule REGION_OPEN =
            Rule.forbids("region-open", "The region is open with another time zone or currency.");

    /** The time zone and currency of the open region; null while it is not open. */
    record State(@Nullable RegionOpened opened) {}

    @Override
    public Class<RegionOpened> folds() {
        return RegionOpened.class;
    }

    @Override
    public State initialState() {
        return new State(null);
    }

    @Override
    public State evolve(State state, RegionOpened event) {
        return new State(event);
    }

    @Override
    public Decision<RegionOpened> decide(OpenRegion command, State state) {
        RegionOpened opened = new RegionOpened(command.regionId(), command.timeZone(), command.currency());
        if (state.opened() == null) {
            return accept(opened);
        }
        return state.opened().equals(opened) ? nothing() : reject(REGION_OPEN);
    }
}
