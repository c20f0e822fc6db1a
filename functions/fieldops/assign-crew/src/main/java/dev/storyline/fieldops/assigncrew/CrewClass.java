package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.kernel.Fold;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In which class a crew works from which day on, from the crew's own story. */
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

    /** The class on a day; null before the first. */
    @Nullable
    String on(LocalDate day) {
        Map.Entry<LocalDate, String> latest = new TreeMap<>(classes).floorEntry(day);
        return latest == null ? null : latest.getValue();
    }
}
