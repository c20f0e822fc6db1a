package dev.storyline.kernel;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an {@link AtomicDecider} answers: a decision about the home stream, and what happens in other streams together with
 * it.
 *
 * <pre>{@code return new AtomicDecision<>(accept(new CrewAssigned(crew)), Map.of(crewStream, List.of(new CrewBooked(job))));}</pre>
 *
 * <p>Other streams get events only where the command is accepted with events at home: the home stream is where a retry of
 * the command is recognised, so nothing may happen elsewhere that does not show there.
 *
 * @param home what the home stream records, or why it does not
 * @param others the events of each other stream in which something happens, one at least, in order; in the order of the
 *     streams' names
 */
public record AtomicDecision<E, F>(Decision<E> home, Map<StreamId, List<F>> others) {
    public AtomicDecision {
        Map<StreamId, List<F>> copy = new TreeMap<>();
        others.forEach((stream, events) -> copy.put(stream, List.copyOf(events)));
        others = Collections.unmodifiableMap(copy);
        if (others.containsValue(List.of())) {
            throw new IllegalArgumentException("A stream in which nothing happens is left out: " + others.keySet());
        }
        if (!others.isEmpty() && !(home instanceof Decision.Accepted<E>)) {
            throw new IllegalArgumentException(
                    "Nothing happens in other streams unless the home stream accepts with events: " + others.keySet());
        }
    }

    /** A decision by which nothing happens in other streams. */
    public static <E, F> AtomicDecision<E, F> atHome(Decision<E> decision) {
        return new AtomicDecision<>(decision, Map.of());
    }
}
