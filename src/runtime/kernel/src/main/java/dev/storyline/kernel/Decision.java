package dev.storyline.kernel;

import java.util.List;

/** What a decider answers to a command. An exception is never an answer: it means a bug. */
public sealed interface Decision<E> {
    /** The events to record; empty for nothing to do and for most rejections. */
    List<E> events();

    /** The command is accepted and these events happen, one at least. */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("Accepting needs an event; answer nothing() where nothing changes");
            }
        }
    }

    /** It is already so: the command succeeds and records nothing. */
    record Nothing<E>() implements Decision<E> {
        @Override
        public List<E> events() {
            return List.of();
        }
    }

    /** A rule says no. The rejection may itself be worth recording. */
    record Rejected<E>(Rule rule, List<E> events) implements Decision<E> {
        public Rejected {
            events = List.copyOf(events);
            if (rule.kind() == Rule.Kind.UNKNOWN && !events.isEmpty()) {
                throw new IllegalArgumentException(
                        "What does not exist has no story to record '" + rule.name() + "' in");
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

    /** Rejects the command by a rule, recording these events if there are any. */
    @SafeVarargs
    static <E> Decision<E> reject(Rule rule, E... events) {
        return new Rejected<>(rule, List.of(events));
    }
}
