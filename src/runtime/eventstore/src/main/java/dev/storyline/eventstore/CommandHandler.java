package dev.storyline.eventstore;

import dev.storyline.common.Backoff;
import dev.storyline.common.Metric;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.Tally;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles commands of one kind: loads the stream, looks for an earlier commit of the same command, asks the gatekeeper,
 * decides, and appends; where another writer was faster, all of it again. The command handler is the only authority over
 * an invariant.
 *
 * <p>An accepted command costs one round trip to the event table if the stream is cached or the command usually creates
 * its stream, and two otherwise. What a gatekeeper reads comes on top where nothing is loaded; where the stream is
 * loaded, the gatekeeper is asked at the same time. Each lost race costs two more. An {@link AtomicDecider} reads
 * in every try what was added to each of its other streams since this handler read it last.
 *
 * <p>A command id is appended to a stream once. Every retry is answered from the stored commit. A cached state only saves
 * the load: the condition of the append confirms the state. An answer that appends nothing is only given on a state that
 * this call has loaded. If the decision also relies on other streams, the handler reads all but the last of them and the
 * home stream once more, so that all states belong to one moment.
 *
 * <p>Thread-safe. Throws {@link StoreFailure} if the store is throttled, unavailable, corrupted, or at a limit.
 *
 * @param <C> the complete command
 * @param <S> the command model
 * @param <E> the family of events
 */
public final class CommandHandler<C, S, E> {
    /** How often a command is decided before the handler gives up against competing writers. */
    static final int MAX_TRIES = 16;

    private static final long FIRST_PAUSE_NANOS = 4_000_000;
    private static final long LONGEST_PAUSE_NANOS = 120_000_000;

    private final EventStore store;
    private final EventCodec codec;
    private final StreamFold<S, E> home;
    private final Function<CommandEnvelope, PendingAppend.Decide<C, S, E>> deciders;
    private final boolean createsStream;
    private final Backoff backoff;
    private final ParallelTasks tasks;
    private final Clock clock;
    private final StreamStateCache<S> cache;

    private CommandHandler(
            EventStore store,
            EventCodec codec,
            StreamFold<S, E> home,
            Function<CommandEnvelope, PendingAppend.Decide<C, S, E>> deciders,
            boolean createsStream,
            Backoff backoff,
            ParallelTasks tasks,
            Clock clock) {
        this.store = store;
        this.codec = codec;
        this.home = home;
        this.deciders = deciders;
        this.createsStream = createsStream;
        this.backoff = backoff;
        this.tasks = tasks;
        this.clock = clock;
        this.cache = new StreamStateCache<>(clock);
    }

    /** A handler of commands whose stream usually has events already. */
    public static <C, S, E> CommandHandler<C, S, E> of(EventStore store, Language language, Decider<C, S, E> decider) {
        return of(store, language, decider, false);
    }

    /**
     * A handler of commands that are decided from several streams. The events of a command are recorded in all streams or
     * in none, and only if none of the streams that were read has changed meanwhile.
     */
    public static <C, S, E, T, F> CommandHandler<C, S, E> of(
            EventStore store, Language language, AtomicDecider<C, S, E, T, F> decider) {
        EventCodec codec = new EventCodec(language);
        StreamFold<T, F> others = StreamFold.of(store, language, decider.other());
        StreamStateCache<T> states = new StreamStateCache<>();
        return new CommandHandler<>(
                store,
                codec,
                StreamFold.of(store, language, decider),
                envelope -> new OtherStreams<>(decider, others, codec, states, envelope),
                false,
                Backoff.REAL,
                ParallelTasks.REAL,
                Clock.systemUTC());
    }

    /** A handler of commands that usually create their stream: it tries version 1 before it loads anything. */
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
                Backoff.REAL,
                ParallelTasks.REAL,
                Clock.systemUTC());
    }

    /** The same handler with another way to wait between two tries, and to do two things at the same time. */
    public CommandHandler<C, S, E> with(Backoff other, ParallelTasks side) {
        return new CommandHandler<>(store, codec, home, deciders, createsStream, other, side, clock);
    }

    /** The same handler with another clock, by which it forgets how far streams have come. */
    public CommandHandler<C, S, E> with(Clock other) {
        return new CommandHandler<>(store, codec, home, deciders, createsStream, backoff, tasks, other);
    }

    /**
     * The state of the home stream from which a command would have been decided at a version.
     *
     * @throws EventCodec.SliceOutdated if the stream holds an unknown event that must not be skipped
     */
    public StateAt<S> stateAt(StreamId stream, long version) {
        return home.stateAt(stream, version);
    }

    /** Handles a complete command. */
    public CommandResult handle(CommandEnvelope envelope, C command) {
        return handled(envelope, new FutureTask<>(() -> Gate.open(command)), ParallelTasks.ONE_BY_ONE);
    }

    /**
     * Handles a command that a gatekeeper completes. The handler looks for an earlier commit under the same id before it
     * heeds the gatekeeper, so that a gatekeeper with stale data cannot refuse the retry of an accepted command.
     */
    public CommandResult handle(CommandEnvelope envelope, Supplier<Gate<C>> gatekeeper) {
        return handled(envelope, new FutureTask<>(gatekeeper::get), tasks);
    }

    private CommandResult handled(CommandEnvelope envelope, FutureTask<Gate<C>> gate, ParallelTasks beside) {
        try {
            return new Attempt(envelope, gate, beside).run();
        } catch (EventCodec.SliceOutdated e) {
            return new CommandResult.Outdated(Objects.requireNonNull(e.getMessage()));
        } catch (StreamArchived e) {
            return new CommandResult.Archived(e.stream(), e.at());
        }
    }

    /** The result of a task that has run, or the exception that it has thrown. */
    private static <T> T result(FutureTask<T> task) {
        if (task.state() == Future.State.SUCCESS) {
            return task.resultNow();
        }
        switch (task.exceptionNow()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** The handling of one command: the state of its stream, and whether this call has loaded that state. */
    private final class Attempt {
        private final CommandEnvelope envelope;
        private final FutureTask<Gate<C>> gate;
        private final ParallelTasks beside;
        private final PendingAppend.Decide<C, S, E> decider;
        private FoldedStream<S> folded = home.initial();
        private boolean fresh;

        Attempt(CommandEnvelope envelope, FutureTask<Gate<C>> gate, ParallelTasks beside) {
            this.envelope = envelope;
            this.gate = gate;
            this.beside = beside;
            this.decider = deciders.apply(envelope);
        }

        CommandResult run() {
            loadUnlessKnown();
            for (int tries = 1; tries <= MAX_TRIES; tries++) {
                Commit earlier = earlierCommit();
                if (earlier != null) {
                    return answer(earlier);
                }
                CommandResult result = gateDecideAndAppend();
                if (result != null) {
                    Tally.current().add(Metric.COMMAND_TRIES, tries);
                    return result;
                }
                if (fresh) {
                    backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
                }
                load();
            }
            Tally.current().add(Metric.COMMAND_TRIES, MAX_TRIES);
            return new CommandResult.Contended(envelope.stream(), MAX_TRIES);
        }

        /** Starts from the cached state or, if the command usually creates its stream, from an empty stream. */
        private void loadUnlessKnown() {
            FoldedStream<S> cached = cache.get(envelope.stream());
            if (cached != null) {
                folded = cached;
            }
            if (cached == null ? !createsStream : !cache.isFresh(envelope.stream())) {
                FutureTask<Boolean> load = new FutureTask<>(this::load, true);
                beside.runAll(List.of(load, gate));
                result(load);
            }
        }

        /** Reads the commits of the home stream that are not folded yet. */
        private void load() {
            folded = home.read(envelope.stream(), folded);
            fresh = true;
            cache.put(envelope.stream(), folded);
        }

        private @Nullable Commit earlierCommit() {
            long version = folded.versionOf(envelope.commandId());
            if (version == 0) {
                return null;
            }
            List<Commit> found = new ArrayList<>();
            store.read(envelope.stream(), version - 1, version, found::add);
            return found.getFirst();
        }

        /** Null if the handler must load the stream and start again. */
        private @Nullable CommandResult gateDecideAndAppend() {
            if (!envelope.expected().test(folded.version())) {
                return fresh ? new CommandResult.VersionMismatch(envelope.stream(), folded.version()) : null;
            }
            gate.run();
            return switch (result(gate)) {
                case Gate.Closed<C>(Rule rule) -> fresh ? new CommandResult.Refused(rule) : null;
                case Gate.Open<C>(C command) -> {
                    PendingAppend<E> pending = decider.decide(command, folded.state());
                    yield recordsEvents(pending.decision()) ? append(pending) : withoutEvents(pending);
                }
            };
        }

        private boolean recordsEvents(Decision<E> decision) {
            return !decision.events().isEmpty() || (fresh && recordsRefusal(decision));
        }

        private boolean recordsRefusal(Decision<E> decision) {
            return envelope.recordsRefusal() && decision instanceof Decision.Rejected<E>;
        }

        private @Nullable CommandResult append(PendingAppend<E> pending) {
            Decision<E> decision = pending.decision();
            Commit commit = commit(decision);
            return switch (append(commit, pending)) {
                case EventStore.AppendResult.Appended() -> {
                    cache.put(envelope.stream(), home.with(folded, commit, decision.events()));
                    yield answer(commit);
                }
                case EventStore.AppendResult.Conflict(Commit inTheWay) ->
                    inTheWay != null && isOurs(inTheWay) ? answer(inTheWay) : lost();
            };
        }

        /** Another writer was faster. */
        private @Nullable CommandResult lost() {
            Tally.current().add(Metric.CONFLICTS, 1);
            Tally.current().add(Metric.RETRIES, 1);
            return null;
        }

        /** An append to the home stream alone is a put; with other streams it is a transaction, at twice the price. */
        private EventStore.AppendResult append(Commit commit, PendingAppend<E> pending) {
            if (pending.isOfHomeAlone()) {
                return store.append(commit);
            }
            List<Commit> commits = new ArrayList<>(List.of(commit));
            commits.addAll(pending.others());
            return store.appendAll(commits, pending.unmoved());
        }

        /** The same command id in another stream does not count: the home stream holds the answer. */
        private boolean isOurs(Commit inTheWay) {
            return envelope.commandId().isNamed(CommandId.name(inTheWay))
                    && inTheWay.stream().equals(envelope.stream());
        }

        private @Nullable CommandResult withoutEvents(PendingAppend<E> pending) {
            if (recordsRefusal(pending.decision()) || !statesBelongTogether(pending)) {
                return null;
            }
            return switch (pending.decision()) {
                case Decision.Rejected<E>(Rule rule, List<E> _) -> new CommandResult.Rejected(rule);
                case Decision.Accepted<E> _, Decision.Nothing<E> _ ->
                    new CommandResult.AlreadySo(envelope.stream(), folded.version());
            };
        }

        /**
         * Whether the states of all streams that the decision relies on existed at one moment of this call. They are read one
         * after the other, so a commit to several streams may show in one of them and be missing in another. If the streams
         * that were read first have not changed by the time the last one was read, this has not happened.
         */
        private boolean statesBelongTogether(PendingAppend<E> pending) {
            if (pending.isOfHomeAlone()) {
                return fresh;
            }
            long decidedOn = folded.version();
            load();
            int last = pending.unmoved().size() - 1;
            return folded.version() == decidedOn
                    && pending.unmoved().subList(0, last).stream().allMatch(this::isUnmoved);
        }

        private boolean isUnmoved(EventStore.Unmoved other) {
            return store.read(other.stream(), other.version(), Long.MAX_VALUE, _ -> {}) == other.version();
        }

        private Commit commit(Decision<E> decision) {
            List<StoredEvent> events =
                    decision.events().isEmpty() ? List.of(StoredEvent.REFUSED) : codec.encodeAll(decision.events());
            CommitMetadata.Rejection rejection = decision instanceof Decision.Rejected<E>(Rule rule, List<E> _)
                    ? new CommitMetadata.Rejection(rule.name(), rule.sentence())
                    : null;
            return envelope.commit(envelope.stream(), folded.version() + 1, events, rejection);
        }

        private CommandResult answer(Commit commit) {
            if (!envelope.owns(commit)) {
                return new CommandResult.KeyReused(envelope.commandId().key());
            }
            CommitMetadata.Rejection rejection = commit.meta().rejection();
            return rejection == null
                    ? new CommandResult.Accepted(commit)
                    : new CommandResult.RejectedOnRecord(commit, rejection);
        }
    }
}
