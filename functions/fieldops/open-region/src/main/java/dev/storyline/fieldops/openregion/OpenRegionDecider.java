package dev.storyline.fieldops.openregion;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a region once. Its time zone, currency and tax rate never change, since jobs are planned, paid and taxed by them. */
final class OpenRegionDecider implements Decider<OpenRegion, OpenRegionDecider.State, RegionOpened> {
    static final Rule REGION_OPEN =
            Rule.forbids("region-open", "The region is open with another time zone, currency or tax rate.");

    /** The open region; null while it is not open. */
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
        RegionOpened opened =
                new RegionOpened(command.regionId(), command.timeZone(), command.currency(), command.taxRate());
        if (state.opened() == null) {
            return accept(opened);
        }
        return isSame(state.opened(), opened) ? nothing() : reject(REGION_OPEN);
    }

    /** No tax rate is a tax rate of 0. */
    private static boolean isSame(RegionOpened one, RegionOpened other) {
        return one.timeZone().equals(other.timeZone())
                && one.currency().equals(other.currency())
                && taxRate(one).compareTo(taxRate(other)) == 0;
    }

    private static BigDecimal taxRate(RegionOpened region) {
        return Objects.requireNonNullElse(region.taxRate(), BigDecimal.ZERO);
    }
}
