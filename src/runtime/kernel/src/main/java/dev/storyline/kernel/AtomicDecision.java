package dev.storyline.kernel;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answer of an {@link AtomicDecider}: a decision about the home stream, and the events of other streams.
 *
 * <pre>{@code return new AtomicDecision<>(accept(new CrewAssigned(crew)), Map.of(crewStream, List.of(new CrewBooked(job))));}</pre>
 *
 * <p>Other streams get events only if the home stream accepts the command with events. A retry of the command is
 * recognised in the home stream, so no other stream may record anything that does not show there.
 *
 * @param home the decision about the home stream
 * @param others the events of each other stream that records any, at least one each, in order; sorted by stream name
 * @param ignored the streams that were read and that the decision does not rely on: it would be right whatever they
 *     hold, so nobody checks whether they have changed
 */
public record AtomicDecision<E, F>(Decision<E> home, Map<StreamId, List<F>> others, Set<StreamId> ignored) {
    public AtomicDecision {
        Map<StreamId, List<F>> copy = new TreeMap<>();
        others.forEach((stream, events) -> copy.put(stream, Invariant.kept(events)));
        others = Collections.unmodifiableMap(copy);
        ignored = Set.copyOf(ignored);
        if (!Collections.disjoint(others.keySet(), ignored)) {
            throw new IllegalArgumentException(
                    "A decision must not ignore the streams that it has events for; it ignores: " + ignored);
        }
        if (others.containsValue(List.of())) {
            throw new IllegalArgumentException(
                    "A decision must leave out the streams without events; it names: " + others.keySet());
        }
        if (!others.isEmpty() && !(home instanceof Decision.Accepted<E>)) {
            throw new IllegalArgumentException(
                    "A decision that does not accept with events must have no events for other streams; it has some for: "
                            + others.keySet());
        }
    }

    /** A decision that relies on all streams that were read. */
    public AtomicDecision(Decision<E> home, Map<StreamId, List<F>> others) {
        this(home, others, Set.of());
    }

    /**
     * The same decision, which does not rely on these streams. Others may append to them while it is recorded.
     *
     * <pre>{@code return new AtomicDecision<>(accept(reserved), Map.of(bin, pieces)).ignoring(fullerBins);}</pre>
     */
    public AtomicDecision<E, F> ignoring(Set<StreamId> streams) {
        return new AtomicDecision<>(home, others, streams);
    }

    /** A decision without events for other streams. */
    public static <E, F> AtomicDecision<E, F> atHome(Decision<E> decision) {
        return new AtomicDecision<>(decision, Map.of());
    }
}
