package dev.storyline.kernel;

import java.util.List;

/** The answer of a decider to a command. An exception is never an answer: it means a bug. Its events keep their {@link Invariant}. */
public sealed interface Decision<E> {
    /** The events to record; none if there is nothing to do, and none for most rejections. */
    List<E> events();

    /** The command is accepted with these events, at least one. */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = Invariant.kept(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException(
                        "Accepting needs at least one event; answer nothing() if nothing changes");
            }
        }
    }

    /** Nothing is left to do: the command succeeds and records nothing. */
    record Nothing<E>() implements Decision<E> {
        @Override
        public List<E> events() {
            return List.of();
        }
    }

    /** A rule rejects the command. The rejection may record events of its own. */
    record Rejected<E>(Rule rule, List<E> events) implements Decision<E> {
        public Rejected {
            events = Invariant.kept(events);
            if (rule.kind() == Rule.Kind.UNKNOWN && !events.isEmpty()) {
                throw new IllegalArgumentException("A rejection by the rule '" + rule.name()
                        + "' must not record events, because the rule says that the thing does not exist");
            }
        }
    }

    /** Accepts the command with these events, in this order. */
    @SafeVarargs
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    /** Accepts the command with these events, in this order. */
    static <E> Decision<E> accept(List<? extends E> events) {
        return new Accepted<>(List.copyOf(events));
    }

    /** Accepts the command without any event. */
    static <E> Decision<E> nothing() {
        return new Nothing<>();
    }

    /** Rejects the command by a rule, and records these events if there are any. */
    @SafeVarargs
    static <E> Decision<E> reject(Rule rule, E... events) {
        return new Rejected<>(rule, List.of(events));
    }
}
