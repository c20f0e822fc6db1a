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
 * The streams beside the home stream that one command is decided from. They are read anew in every try, of which later
 * ones read only what was added; nothing is kept for the next command, since whoever shares a stream writes to it.
 */
final class OtherStreams<C, S, E, T, F> implements PendingAppend.Proposer<C, S, E> {
    private final AtomicDecider<C, S, E, T, F> decider;
    private final StreamFold<T, F> fold;
    private final EventCodec codec;
    private final CommandEnvelope envelope;
    private final NavigableMap<StreamId, FoldedStream<T>> known = new TreeMap<>();

    OtherStreams(
            AtomicDecider<C, S, E, T, F> decider, StreamFold<T, F> fold, EventCodec codec, CommandEnvelope envelope) {
        this.decider = decider;
        this.fold = fold;
        this.codec = codec;
        this.envelope = envelope;
    }

    @Override
    public PendingAppend<E> propose(C command, S home) {
        Set<StreamId> wanted = checked(decider.others(command, home));
        known.keySet().retainAll(wanted);
        Map<StreamId, T> states = new TreeMap<>();
        for (StreamId stream : wanted) {
            FoldedStream<T> now = fold.read(stream, known.getOrDefault(stream, fold.initial()));
            known.put(stream, now);
            states.put(stream, now.state());
        }
        AtomicDecision<E, F> decision = decider.decide(command, home, Collections.unmodifiableMap(states));
        if (!wanted.containsAll(decision.others().keySet())) {
            throw new IllegalArgumentException("Events for streams that were not asked for: "
                    + decision.others().keySet() + ", asked for: " + wanted);
        }
        return proposal(decision);
    }

    private Set<StreamId> checked(Set<StreamId> wanted) {
        if (wanted.contains(envelope.stream())) {
            throw new IllegalArgumentException("The home stream " + envelope.stream() + " is no other stream");
        }
        if (wanted.size() >= EventStore.MAX_STREAMS) {
            throw new StoreFailure.LimitExceeded("A command is decided from at most " + (EventStore.MAX_STREAMS - 1)
                    + " other streams, not " + wanted.size() + ": split it");
        }
        return new TreeSet<>(wanted);
    }

    /** Every stream that was read takes part, by a commit or by a check that it has not moved. */
    private PendingAppend<E> proposal(AtomicDecision<E, F> decision) {
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
