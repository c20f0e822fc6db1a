package dev.storyline.eventstore;

import dev.storyline.common.Backoff;
import dev.storyline.eventstore.PendingAppend.Proposer;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a stream, folds it, decides and appends: the only authority over an invariant.
 *
 * <p>Round trips to the event table for an accepted command: 1 where the stream is warm or the slice is declared to
 * create it, 2 on a cold one; each lost race costs 2 more. Each other stream of an {@link AtomicDecider} costs one more in
 * every try, since other streams are never taken from memory. The same command id on the same stream appends once and is
 * answered from the stored commit ever after. A warm state only saves the load: the append's condition confirms it, and
 * whatever appends nothing is decided on a fresh load; where other streams were read, all but the last of them and the home
 * stream are looked at once more, so that what was decided on was so at one moment.
 *
 * <p>Thread-safe. Throws {@link StoreFailure} where the store cannot do its part.
 *
 * @param <C> the complete command
 * @param <S> the command model
 * @param <E> the family of events
 */
public final class CommandHandler<C, S, E> {
    /** How often a command is decided before it gives up against competing writers. */
    static final int MAX_TRIES = 16;

    private static final long FIRST_PAUSE_NANOS = 4_000_000;
    private static final long LONGEST_PAUSE_NANOS = 120_000_000;

    private final EventStore store;
    private final EventCodec codec;
    private final StreamFold<S, E> home;
    private final Function<CommandEnvelope, Proposer<C, S, E>> proposers;
    private final boolean createsStream;
    private final Backoff pace;
    private final StreamStateCache<S> warm = new StreamStateCache<>();

    private CommandHandler(
            EventStore store,
            EventCodec codec,
            StreamFold<S, E> home,
            Function<CommandEnvelope, Proposer<C, S, E>> proposers,
            boolean createsStream,
            Backoff pace) {
        this.store = store;
        this.codec = codec;
        this.home = home;
        this.proposers = proposers;
        this.createsStream = createsStream;
        this.pace = pace;
    }

    /** A handler of commands that may find a story in their stream. */
    public static <C, S, E> CommandHandler<C, S, E> of(EventStore store, Language language, Decider<C, S, E> decider) {
        return of(store, language, decider, false);
    }

    /**
     * A handler of commands that are decided from several streams: what they record is in all of these streams or in none,
     * and none of the streams that were read has moved meanwhile.
     */
    public static <C, S, E, T, F> CommandHandler<C, S, E> of(
            EventStore store, Language language, AtomicDecider<C, S, E, T, F> decider) {
        EventCodec codec = new EventCodec(language);
        StreamFold<T, F> others = StreamFold.of(store, language, decider.other());
        return new CommandHandler<>(
                store,
                codec,
                StreamFold.of(store, language, decider),
                envelope -> new OtherStreams<>(decider, others, codec, envelope),
                false,
                Backoff.REAL);
    }

    /** A handler of commands that usually begin their stream: a cold one tries version 1 before it loads. */
    public static <C, S, E> CommandHandler<C, S, E> creating(
            EventStore store, Language language, Decider<C, S, E> decider) {
        return of(store, language, decider, true);
    }

    private static <C, S, E> CommandHandler<C, S, E> of(
            EventStore store, Language language, Decider<C, S, E> decider, boolean createsStream) {
        return new CommandHandler<>(
                store,
                new EventCodec(language),
                StreamFold.of(store, language, decider),
                _ -> (command, state) -> PendingAppend.ofHomeAlone(decider.decide(command, state)),
                createsStream,
                Backoff.REAL);
    }

    /** The same handler, waiting as it is told. */
    public CommandHandler<C, S, E> at(Backoff other) {
        return new CommandHandler<>(store, codec, home, proposers, createsStream, other);
    }

    /** Handles a complete command. */
    public CommandResult handle(CommandEnvelope envelope, C command) {
        return handle(envelope, () -> Gate.open(command));
    }

    /**
     * Handles a command that a gatekeeper completes. The gatekeeper is asked after the look-up of an earlier commit
     * under the same id, so that a stale answer cannot refuse the retry of what was accepted.
     */
    public CommandResult handle(CommandEnvelope envelope, Supplier<Gate<C>> gatekeeper) {
        try {
            return new Attempt(envelope, gatekeeper).run();
        } catch (EventCodec.SliceOutdated e) {
            return new CommandResult.Outdated(Objects.requireNonNull(e.getMessage()));
        }
    }

    /** One command on its way: what is known of the stream, and whether that is from a load of this very call. */
    private final class Attempt {
        private final CommandEnvelope envelope;
        private final Supplier<Gate<C>> gatekeeper;
        private final Proposer<C, S, E> proposer;
        private FoldedStream<S> folded;
        private boolean fresh;
        private @Nullable Gate<C> gate;

        Attempt(CommandEnvelope envelope, Supplier<Gate<C>> gatekeeper) {
            this.envelope = envelope;
            this.gatekeeper = gatekeeper;
            this.proposer = proposers.apply(envelope);
            FoldedStream<S> known = warm.get(envelope.stream());
            this.folded = known == null ? home.initial() : known;
            this.fresh = false;
            if (known == null && !createsStream) {
                refresh();
            }
        }

        CommandResult run() {
            for (int tries = 1; tries <= MAX_TRIES; tries++) {
                Commit earlier = earlier();
                if (earlier != null) {
                    return answer(earlier);
                }
                CommandResult outcome = decide();
                if (outcome != null) {
                    return outcome;
                }
                if (fresh) {
                    pace.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
                }
                refresh();
            }
            return new CommandResult.Contended(envelope.stream(), MAX_TRIES);
        }

        /** Decides on what is known, and appends; null if that must be repeated on a fresh load. */
        private @Nullable CommandResult decide() {
            if (!envelope.expected().test(folded.version())) {
                return fresh ? new CommandResult.VersionMismatch(envelope.stream(), folded.version()) : null;
            }
            if (gate == null) {
                gate = gatekeeper.get();
            }
            return switch (gate) {
                case Gate.Closed<C>(Rule rule) -> fresh ? new CommandResult.Refused(rule) : null;
                case Gate.Open<C>(C command) -> append(proposer.propose(command, folded.state()));
            };
        }

        private @Nullable CommandResult append(PendingAppend<E> proposal) {
            Decision<E> decision = proposal.decision();
            boolean recordsRefusal = envelope.recordsRefusal() && decision instanceof Decision.Rejected<E>;
            if (decision.events().isEmpty() && !(fresh && recordsRefusal)) {
                return !recordsRefusal && stands(proposal) ? withoutEvents(decision) : null;
            }
            Commit commit = commit(decision);
            return switch (append(commit, proposal)) {
                case EventStore.AppendResult.Appended() -> {
                    warm.put(envelope.stream(), home.with(folded, commit, decision.events()));
                    yield answer(commit);
                }
                case EventStore.AppendResult.Conflict(Commit inTheWay) ->
                    inTheWay != null && isOurs(inTheWay) ? answer(inTheWay) : null;
            };
        }

        /** A stream that was read beside the home stream costs a transaction, at twice the price of a put. */
        private EventStore.AppendResult append(Commit commit, PendingAppend<E> proposal) {
            if (proposal.isOfHomeAlone()) {
                return store.append(commit);
            }
            List<Commit> commits = new ArrayList<>(List.of(commit));
            commits.addAll(proposal.others());
            return store.appendAll(commits, proposal.unmoved());
        }

        /** Our id in another stream is no answer: the answer is what the home stream has recorded. */
        private boolean isOurs(Commit inTheWay) {
            return inTheWay.id().equals(envelope.commandId())
                    && inTheWay.stream().equals(envelope.stream());
        }

        /**
         * Whether an answer that records nothing stands: what it was decided on was so at one moment of this very call.
         * Streams are read one after the other, so that a commit to several of them may be seen in one and not in another;
         * where those read first have not moved when the last one has been read, that has not happened.
         */
        private boolean stands(PendingAppend<E> proposal) {
            if (proposal.isOfHomeAlone()) {
                return fresh;
            }
            long decidedOn = folded.version();
            refresh();
            int last = proposal.unmoved().size() - 1;
            return folded.version() == decidedOn
                    && proposal.unmoved().subList(0, last).stream().allMatch(this::isUnmoved);
        }

        private boolean isUnmoved(EventStore.Unmoved other) {
            return store.read(other.stream(), other.version(), Long.MAX_VALUE, _ -> {}) == other.version();
        }

        private CommandResult withoutEvents(Decision<E> decision) {
            return switch (decision) {
                case Decision.Rejected<E>(Rule rule, List<E> _) -> new CommandResult.Rejected(rule);
                case Decision.Accepted<E> _, Decision.Nothing<E> _ ->
                    new CommandResult.AlreadySo(envelope.stream(), folded.version());
            };
        }

        private Commit commit(Decision<E> decision) {
            List<StoredEvent> events =
                    decision.events().isEmpty() ? List.of(StoredEvent.REFUSED) : codec.encodeAll(decision.events());
            CommitMetadata.Rejection rejection = decision instanceof Decision.Rejected<E>(Rule rule, List<E> _)
                    ? new CommitMetadata.Rejection(rule.name(), rule.sentence())
                    : null;
            return envelope.commit(envelope.stream(), folded.version() + 1, events, rejection);
        }

        /** What was appended to the home stream since. */
        private void refresh() {
            folded = home.read(envelope.stream(), folded);
            fresh = true;
            warm.put(envelope.stream(), folded);
        }

        private @Nullable Commit earlier() {
            long version = folded.versionOf(envelope.commandId());
            if (version == 0) {
                return null;
            }
            List<Commit> found = new ArrayList<>();
            store.read(envelope.stream(), version - 1, version, found::add);
            return found.getFirst();
        }

        private CommandResult answer(Commit commit) {
            if (envelope.request() != null
                    && !envelope.request().equals(commit.meta().request())) {
                return new CommandResult.KeyReused(envelope.commandId());
            }
            CommitMetadata.Rejection rejection = commit.meta().rejection();
            return rejection == null
                    ? new CommandResult.Accepted(commit)
                    : new CommandResult.RejectedOnRecord(commit, rejection);
        }
    }
}
