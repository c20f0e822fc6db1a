package dev.storyline.fieldops.openregion;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import org.jspecify.annotations.Nullable;

/** A region is opened once: what its jobs were planned and paid by does not change under them. */
final class OpenRegionDecider implements Decider<OpenRegion, OpenRegionDecider.State, RegionOpened> {
    static final Rule REGION_OPEN =
            Rule.forbids("region-open", "The region is open with another time zone or currency.");

    /** How the region was opened; null while it is not. */
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
