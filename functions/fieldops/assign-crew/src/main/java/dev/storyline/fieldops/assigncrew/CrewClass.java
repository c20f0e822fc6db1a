package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.kernel.Fold;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rate classes of a crew by their first days, folded from the crew's stream. */
record CrewClass(Map<LocalDate, String> classes) {
    static final Fold<CrewClass, CrewRegistered> FOLD = new Fold<>() {
        @Override
        public Class<CrewRegistered> folds() {
            return CrewRegistered.class;
        }

        @Override
        public CrewClass initialState() {
            return new CrewClass(Map.of());
        }

        @Override
        public CrewClass evolve(CrewClass crew, CrewRegistered registered) {
            Map<LocalDate, String> more = new TreeMap<>(crew.classes());
            more.put(registered.from(), registered.rateClass());
            return new CrewClass(Collections.unmodifiableMap(more));
        }
    };

    /** The rate class on a day; null before the first one. */
    @Nullable
    String on(LocalDate day) {
        Map.Entry<LocalDate, String> latest = new TreeMap<>(classes).floorEntry(day);
        return latest == null ? null : latest.getValue();
    }
}
