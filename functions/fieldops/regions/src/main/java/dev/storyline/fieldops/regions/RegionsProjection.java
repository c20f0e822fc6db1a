package dev.storyline.fieldops.regions;

import dev.storyline.contexts.fieldops.RegionEvent;
import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;

/** One row for each region, all in one partition. */
final class RegionsProjection implements Projection<RegionsProjection.State, RegionEvent> {
    /** The partition of the rows. */
    static final String PARTITION = "regions";

    /** A row is made of one event, so nothing is remembered. */
    record State() {}

    @Override
    public String name() {
        return "regions";
    }

    @Override
    public Class<RegionEvent> folds() {
        return RegionEvent.class;
    }

    @Override
    public State initialState() {
        return new State();
    }

    @Override
    public Step<State> step(State state, Recorded<RegionEvent> event) {
        return switch (event.event()) {
            case RegionOpened opened ->
                Step.to(state)
                        .put(
                                new RowKey(PARTITION, opened.regionId().value()),
                                new ListedRegion(opened.regionId(), opened.timeZone(), opened.currency()));
        };
    }
}
