package dev.storyline.kernel;

/**
 * Stands in front of a command handler at the edge of a context: asks queries, and completes a request into a command
 * or refuses it. A gatekeeper has no side effects, may read stale data, and is never the authority over an invariant.
 * From Scalable Modeling.
 *
 * @param <R> the request: what the client sent, path and body in one record
 * @param <C> the complete command
 */
@FunctionalInterface
public interface Gatekeeper<R, C> {
    /** Completes the request into a command, or refuses it. */
    Gate<C> gate(R request, CommandContext context);
}
