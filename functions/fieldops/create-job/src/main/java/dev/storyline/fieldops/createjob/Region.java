package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.RegionEvent.RegionOpened;
import dev.storyline.kernel.Fold;
import org.jspecify.annotations.Nullable;

/**
 * What a new job needs to know of its region.
 *
 * @param timeZone by whose days it plans; null while it is not open
 */
record Region(@Nullable String timeZone) {
    /** From the region's own story. */
    static final Fold<Region, RegionOpened> FOLD = new Fold<>() {
        @Override
        public Class<RegionOpened> folds() {
            return RegionOpened.class;
        }

        @Override
        public Region initialState() {
            return new Region(null);
        }

        @Override
        public Region evolve(Region region, RegionOpened opened) {
            return new Region(opened.timeZone());
        }
    };
}
