package dev.storyline.testkit;

import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Occasion;
import dev.storyline.kernel.Rule;
import java.util.List;

/** A request opens the gate with a command, or finds it closed by a rule. */
public final class GatekeeperSpecification<R, C> {
    static final Occasion OCCASION =
            new Occasion(Specification.STREAM, "command-one", Specification.ACTOR, Specification.AT);

    private final Gatekeeper<R, C> gatekeeper;
    private final Occasion occasion;

    GatekeeperSpecification(Gatekeeper<R, C> gatekeeper, Occasion occasion) {
        this.gatekeeper = gatekeeper;
        this.occasion = occasion;
    }

    /** The request comes on this occasion. */
    public GatekeeperSpecification<R, C> on(Occasion other) {
        return new GatekeeperSpecification<>(gatekeeper, other);
    }

    /** Somebody asks for this. */
    public Gated<C> request(R request) {
        List<String> when = List.of(String.valueOf(request), String.valueOf(occasion));
        return new Gated<>(when, gatekeeper.gate(request, occasion));
    }

    /** The gatekeeper's answer, to compare with what should be. */
    public static final class Gated<C> {
        private final List<String> when;
        private final Gate<C> gate;

        private Gated(List<String> when, Gate<C> gate) {
            this.when = when;
            this.gate = gate;
        }

        /** The gate opens with exactly this command. */
        public void opens(C command) {
            if (!gate.equals(Gate.open(command))) {
                throw failure(Gate.open(command));
            }
        }

        /** The rule of this name keeps the gate closed. */
        public void closed(Rule rule) {
            if (!(gate instanceof Gate.Closed<C>(var actual) && actual.name().equals(rule.name()))) {
                throw failure(Gate.closed(rule));
            }
        }

        private AssertionError failure(Gate<C> expected) {
            return Failure.of(List.of("a gate"), when, tell(expected), tell(gate));
        }

        private static String tell(Gate<?> gate) {
            return switch (gate) {
                case Gate.Open<?>(var command) -> "an open gate for " + command;
                case Gate.Closed<?>(var rule) -> "a gate closed by '" + rule.name() + "'";
            };
        }
    }
}
