package dev.storyline.testkit;

import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Rule;
import java.util.List;

/** Given events, when a command, then events, nothing, or a rejection. */
public final class DeciderSpecification<C, S, E> {
    private final Decider<C, S, E> decider;
    private final Story story;

    DeciderSpecification(Decider<C, S, E> decider, Story story) {
        this.decider = decider;
        this.story = story;
    }

    /** These events happened, after those given before; what the decider does not fold is passed over. */
    public DeciderSpecification<C, S, E> given(Object... events) {
        return given(List.of(events));
    }

    /** These events happened, after those given before; what the decider does not fold is passed over. */
    public DeciderSpecification<C, S, E> given(List<?> events) {
        return new DeciderSpecification<>(decider, story.and(events));
    }

    /** The decider decides about this command. */
    public Decided<E> when(C command) {
        S state = decider.initialState();
        for (Recorded<Object> recorded : story.events()) {
            if (decider.folds().isInstance(recorded.event())) {
                state = decider.evolve(state, decider.folds().cast(recorded.event()));
            }
        }
        List<String> given = story.lines(decider.folds());
        return new Decided<>(given, String.valueOf(command), decider.decide(command, state));
    }

    /** What was decided, to compare with what should be. */
    public static final class Decided<E> {
        private final List<String> given;
        private final String when;
        private final Decision<E> decision;

        private Decided(List<String> given, String when, Decision<E> decision) {
            this.given = given;
            this.when = when;
            this.decision = decision;
        }

        /** The command is accepted, and exactly these events happen in this order. */
        @SafeVarargs
        public final void then(E... events) {
            expect(Decision.accept(events));
        }

        /** The command succeeds and nothing happens: it is already so. */
        public void thenNothing() {
            expect(Decision.nothing());
        }

        /** The rule of this name says no, and exactly these events are recorded; without events, none. */
        @SafeVarargs
        public final void thenRejected(Rule rule, E... events) {
            expect(Decision.reject(rule, events));
        }

        private void expect(Decision<E> expected) {
            if (!tell(expected).equals(tell(decision)) || !expected.events().equals(decision.events())) {
                throw Failure.of(given, List.of(when), tell(expected), tell(decision));
            }
        }

        private static String tell(Decision<?> decision) {
            return switch (decision) {
                case Decision.Accepted<?>(var events) -> Failure.list(events, "");
                case Decision.Nothing<?> _ -> "nothing, because it is already so";
                case Decision.Rejected<?>(var rule, var events) ->
                    "a rejection by '" + rule.name() + "'\n" + Failure.list(events, "recording nothing");
            };
        }
    }
}
