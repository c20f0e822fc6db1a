package dev.storyline.testkit;

import dev.storyline.kernel.Decider;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import java.time.Instant;

/**
 * Where every specification starts: {@code Specification.of(machine)}.
 *
 * <pre>{@code
 * Specification.of(new LendBookDecider())
 *         .given(new BookBought(book))
 *         .when(new LendBook(book, reader))
 *         .then(new BookLent(book, reader));
 * }</pre>
 *
 * <p>Specifications do not change: every word returns a new one, so a common beginning can be kept in a constant.
 */
public final class Specification {
    /** The stream of a story that names no other. */
    public static final StreamId STREAM = new StreamId("story", "one");

    /** When everything happens in a story that names no other time. */
    public static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");

    /** Who does everything in a story that names nobody else. */
    public static final String ACTOR = "somebody";

    private Specification() {}

    /** Specifies a decider: given events, when a command, then events, nothing, or a rejection. */
    public static <C, S, E> DeciderSpecification<C, S, E> of(Decider<C, S, E> decider) {
        return new DeciderSpecification<>(decider, Story.BEGINNING);
    }

    /** Specifies a gatekeeper: a request opens the gate with a command, or finds it closed by a rule. */
    public static <R, C> GatekeeperSpecification<R, C> of(Gatekeeper<R, C> gatekeeper) {
        return new GatekeeperSpecification<>(gatekeeper, GatekeeperSpecification.OCCASION);
    }

    /** Specifies a projection: given events, then rows. */
    public static <S, E> ProjectionSpecification<S, E> of(Projection<S, E> projection) {
        return new ProjectionSpecification<>(projection, Story.BEGINNING);
    }

    /** Specifies an event handler: given events, when an event, then effects. */
    public static <S, E> EventHandlerSpecification<S, E> of(EventHandler<S, E> handler) {
        return new EventHandlerSpecification<>(handler, Story.BEGINNING);
    }
}
