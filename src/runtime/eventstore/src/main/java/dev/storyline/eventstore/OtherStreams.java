package dev.storyline.eventstore;

import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides one command from its home stream and from other streams. Every try reads what was added to each of the other
 * streams since it was read last, by this command or by an earlier one: what has been folded never changes.
 */
final class OtherStreams<C, S, E, T, F> implements PendingAppend.Decide<C, S, E> {
    private final AtomicDecider<C, S, E, T, F> decider;
    private final StreamFold<T, F> fold;
    private final EventCodec codec;
    private final StreamStateCache<T> cache;
    private final CommandEnvelope envelope;
    private final NavigableMap<StreamId, FoldedStream<T>> known = new TreeMap<>();

    OtherStreams(
            AtomicDecider<C, S, E, T, F> decider,
            StreamFold<T, F> fold,
            EventCodec codec,
            StreamStateCache<T> cache,
            CommandEnvelope envelope) {
        this.decider = decider;
        this.fold = fold;
        this.codec = codec;
        this.cache = cache;
        this.envelope = envelope;
    }

    @Override
    public PendingAppend<E> decide(C command, S home) {
        Set<StreamId> wanted = checked(decider.others(command, home));
        known.keySet().retainAll(wanted);
        Map<StreamId, T> states = new TreeMap<>();
        for (StreamId stream : wanted) {
            FoldedStream<T> before = Objects.requireNonNullElseGet(cache.get(stream), fold::initial);
            FoldedStream<T> now = fold.read(stream, before).withoutCommits();
            cache.put(stream, now);
            known.put(stream, now);
            states.put(stream, now.state());
        }
        AtomicDecision<E, F> decision = decider.decide(command, home, Collections.unmodifiableMap(states));
        if (!wanted.containsAll(decision.others().keySet())) {
            throw new IllegalArgumentException("The decision has events for streams that the decider did not ask for: "
                    + decision.others().keySet() + "; it asked for: " + wanted);
        }
        return pending(decision);
    }

    private Set<StreamId> checked(Set<StreamId> wanted) {
        if (wanted.contains(envelope.stream())) {
            throw new IllegalArgumentException(
                    "The decider asks for the home stream " + envelope.stream() + " as one of the other streams");
        }
        if (wanted.size() >= EventStore.MAX_STREAMS) {
            throw new StoreFailure.LimitExceeded("A command is decided from at most " + (EventStore.MAX_STREAMS - 1)
                    + " other streams, not " + wanted.size() + ": split the command");
        }
        return new TreeSet<>(wanted);
    }

    /** Every stream that was read takes part: by a commit, or by a check that it has not changed. */
    private PendingAppend<E> pending(AtomicDecision<E, F> decision) {
        List<Commit> commits = new ArrayList<>();
        List<EventStore.Unmoved> unmoved = new ArrayList<>();
        known.forEach((stream, folded) -> {
            if (decision.others().containsKey(stream)) {
                List<F> events = Objects.requireNonNull(decision.others().get(stream));
                commits.add(envelope.commit(stream, folded.version() + 1, codec.encodeAll(events), null));
            } else {
                unmoved.add(new EventStore.Unmoved(stream, folded.version()));
            }
        });
        return new PendingAppend<>(decision.home(), commits, unmoved);
    }
}
