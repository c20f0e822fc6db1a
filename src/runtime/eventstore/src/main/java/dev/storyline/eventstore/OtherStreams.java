package dev.storyline.eventstore;

import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<StreamId, FoldedStream<T>> read = new LinkedHashMap<>();
        Map<StreamId, T> states = new TreeMap<>();
        Map<StreamId, T> seen = Collections.unmodifiableMap(states);
        Set<StreamId> wanted = unread(decider.others(command, home), read);
        while (!wanted.isEmpty()) {
            for (StreamId stream : wanted) {
                FoldedStream<T> now = read(stream);
                read.put(stream, now);
                states.put(stream, now.state());
            }
            wanted = unread(decider.more(command, home, seen), read);
        }
        return pending(decider.decide(command, home, seen), read);
    }

    private FoldedStream<T> read(StreamId stream) {
        FoldedStream<T> before = Objects.requireNonNullElseGet(cache.get(stream), fold::initial);
        FoldedStream<T> now = fold.read(stream, before).withoutCommits();
        cache.put(stream, now);
        return now;
    }

    private Set<StreamId> unread(Set<StreamId> wanted, Map<StreamId, FoldedStream<T>> read) {
        if (wanted.contains(envelope.stream())) {
            throw new IllegalArgumentException(
                    "The decider asks for the home stream " + envelope.stream() + " as one of the other streams");
        }
        Set<StreamId> unread = new TreeSet<>(wanted);
        unread.removeAll(read.keySet());
        return unread;
    }

    /** Every stream that the decision relies on takes part: by a commit, or by a check that it has not changed. */
    private PendingAppend<E> pending(AtomicDecision<E, F> decision, Map<StreamId, FoldedStream<T>> read) {
        if (!read.keySet().containsAll(decision.others().keySet())) {
            throw new IllegalArgumentException("The decision has events for streams that the decider did not ask for: "
                    + decision.others().keySet() + "; it asked for: " + read.keySet());
        }
        List<Commit> commits = new ArrayList<>();
        List<EventStore.Unmoved> unmoved = new ArrayList<>();
        read.forEach((stream, folded) -> {
            if (decision.others().containsKey(stream)) {
                List<F> events = Objects.requireNonNull(decision.others().get(stream));
                commits.add(envelope.commit(stream, folded.version() + 1, codec.encodeAll(events), null));
            } else if (!decision.ignored().contains(stream)) {
                unmoved.add(new EventStore.Unmoved(stream, folded.version()));
            }
        });
        int others = commits.size() + unmoved.size();
        if (others >= EventStore.MAX_STREAMS) {
            throw new StoreFailure.LimitExceeded("A decision relies on at most " + (EventStore.MAX_STREAMS - 1)
                    + " other streams, not " + others + ": split the command");
        }
        return new PendingAppend<>(decision.home(), commits, unmoved);
    }
}
