package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Fold;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The part of a region's state that a new job needs.
 *
 * @param timeZone the time zone that tells its days; null while it is not open
 * @param taxRate the tax on what is billed, as a fraction; null for none
 */
record Region(@Nullable String timeZone, @Nullable BigDecimal taxRate) {
    /** Folds the region's stream. */
    static final Fold<Region, RegionOpened> FOLD = new Fold<>() {
        @Override
        public Class<RegionOpened> folds() {
            return RegionOpened.class;
        }

        @Override
        public Region initialState() {
            return new Region(null, null);
        }

        @Override
        public Region evolve(Region region, RegionOpened opened) {
            return new Region(opened.timeZone(), opened.taxRate());
        }
    };
}
