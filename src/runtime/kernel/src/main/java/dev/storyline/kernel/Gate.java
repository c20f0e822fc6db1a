package dev.storyline.kernel;

/** A gatekeeper's answer. */
public sealed interface Gate<C> {
    /** The gate is open: this is the complete command. */
    record Open<C>(C command) implements Gate<C> {}

    /** The gate stays closed by this rule. Nothing is recorded, and the next try is judged again. */
    record Closed<C>(Rule rule) implements Gate<C> {}

    /** Lets this command through. */
    static <C> Gate<C> open(C command) {
        return new Open<>(command);
    }

    /** Refuses by this rule. */
    static <C> Gate<C> closed(Rule rule) {
        return new Closed<>(rule);
    }
}
