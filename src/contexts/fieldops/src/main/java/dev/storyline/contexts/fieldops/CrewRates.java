package dev.storyline.contexts.fieldops;

import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.kernel.Fold;
import java.util.ArrayList;
import java.util.List;

/**
 * The rates of a crew.
 *
 * @param rates one for each day from which on there is one; register-crew sees to it that there are not many
 */
public record CrewRates(List<CrewRate> rates) {
    /** Folds the crew's stream. A second rate for the same day replaces the first. */
    public static final Fold<CrewRates, CrewRegistration> FOLD = new Fold<>() {
        @Override
        public Class<CrewRegistration> folds() {
            return CrewRegistration.class;
        }

        @Override
        public CrewRates initialState() {
            return new CrewRates(List.of());
        }

        @Override
        public CrewRates evolve(CrewRates before, CrewRegistration event) {
            return switch (event) {
                case CrewRegistered registered -> before.with(registered);
            };
        }
    };

    public CrewRates {
        rates = List.copyOf(rates);
    }

    private CrewRates with(CrewRegistered registered) {
        List<CrewRate> next = new ArrayList<>(rates.stream()
                .filter(rate -> !rate.from().equals(registered.from()))
                .toList());
        next.add(new CrewRate(registered.crewId(), registered.rateClass(), registered.hourlyRate(), registered.from()));
        return new CrewRates(next);
    }
}
