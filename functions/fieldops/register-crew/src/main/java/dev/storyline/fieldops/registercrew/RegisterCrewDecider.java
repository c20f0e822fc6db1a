package dev.storyline.fieldops.registercrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewRegistration;
import dev.storyline.contexts.fieldops.CrewRegistration.CrewRegistered;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Registers the rate of a crew from a day on. A second rate for the same day replaces the first. */
final class RegisterCrewDecider implements Decider<RegisterCrew, RegisterCrewDecider.State, CrewRegistration> {
    static final int MOST_RATES = 100;

    static final Rule TOO_MANY_RATES = Rule.forbids("too-many-rates", "A crew has 100 rates at most.");

    /** The rates by their first days. */
    record State(Map<LocalDate, Rate> rates) {
        State {
            rates = Map.copyOf(rates);
        }
    }

    /** The price of an hour, and the rate class. */
    record Rate(String rateClass, Money hourlyRate) {}

    @Override
    public Class<CrewRegistration> folds() {
        return CrewRegistration.class;
    }

    @Override
    public State initialState() {
        return new State(Map.of());
    }

    @Override
    public State evolve(State state, CrewRegistration event) {
        return switch (event) {
            case CrewRegistered registered -> {
                Map<LocalDate, Rate> rates = new HashMap<>(state.rates());
                rates.put(registered.from(), new Rate(registered.rateClass(), registered.hourlyRate()));
                yield new State(rates);
            }
        };
    }

    @Override
    public Decision<CrewRegistration> decide(RegisterCrew command, State state) {
        Rate known = state.rates().get(command.from());
        if (known == null && state.rates().size() >= MOST_RATES) {
            return reject(TOO_MANY_RATES);
        }
        if (new Rate(command.rateClass(), command.hourlyRate()).equals(known)) {
            return nothing();
        }
        return accept(new CrewRegistered(command.crewId(), command.rateClass(), command.hourlyRate(), command.from()));
    }
}
