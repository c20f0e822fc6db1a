package dev.storyline.eventstore;

import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a stream, folds it, decides and appends: the only authority over an invariant.
 *
 * <p>Round trips to the event table for an accepted command: 1 where the stream is warm or the slice is declared to
 * create it, 2 on a cold one; each lost race costs 2 more. The same command id on the same stream appends once and is
 * answered from the stored commit ever after. A warm state only saves the load: the append's condition confirms it, and
 * whatever appends nothing is decided on a fresh load.
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
    private final Language language;
    private final EventCodec codec;
    private final Pace pace;
    private final Decider<C, S, E> decider;
    private final boolean createsStream;
    private final WarmStreams<S> warm = new WarmStreams<>();

    private CommandHandler(
            EventStore store, Language language, Decider<C, S, E> decider, boolean createsStream, Pace pace) {
        this.pace = pace;
        this.store = store;
        this.language = language;
        this.codec = new EventCodec(language);
        this.decider = decider;
        this.createsStream = createsStream;
    }

    /** A handler of commands that may find a story in their stream. */
    public static <C, S, E> CommandHandler<C, S, E> of(EventStore store, Language language, Decider<C, S, E> decider) {
        return new CommandHandler<>(store, language, decider, false, Pace.REAL);
    }

    /** A handler of commands that usually begin their stream: a cold one tries version 1 before it loads. */
    public static <C, S, E> CommandHandler<C, S, E> creating(
            EventStore store, Language language, Decider<C, S, E> decider) {
        return new CommandHandler<>(store, language, decider, true, Pace.REAL);
    }

    /** The same handler, waiting as it is told. */
    public CommandHandler<C, S, E> at(Pace other) {
        return new CommandHandler<>(store, language, decider, createsStream, other);
    }

    /** Handles a complete command. */
    public Outcome handle(Envelope envelope, C command) {
        return handle(envelope, () -> Gate.open(command));
    }

    /**
     * Handles a command that a gatekeeper completes. The gatekeeper is asked after the look-up of an earlier commit
     * under the same id, so that a stale answer cannot refuse the retry of what was accepted.
     */
    public Outcome handle(Envelope envelope, Supplier<Gate<C>> gatekeeper) {
        try {
            return new Attempt(envelope, gatekeeper).run();
        } catch (EventCodec.SliceOutdated e) {
            return new Outcome.Outdated(Objects.requireNonNull(e.getMessage()));
        }
    }

    /** One command on its way: what is known of the stream, and whether that is from a load of this very call. */
    private final class Attempt {
        private final Envelope envelope;
        private final Supplier<Gate<C>> gatekeeper;
        private Folded<S> folded;
        private boolean fresh;
        private @Nullable Gate<C> gate;

        Attempt(Envelope envelope, Supplier<Gate<C>> gatekeeper) {
            this.envelope = envelope;
            this.gatekeeper = gatekeeper;
            Folded<S> known = warm.get(envelope.stream());
            this.folded = known == null ? new Folded<>(decider.initialState(), 0, null) : known;
            this.fresh = false;
            if (known == null && !createsStream) {
                refresh();
            }
        }

        Outcome run() {
            for (int tries = 1; tries <= MAX_TRIES; tries++) {
                Commit earlier = earlier();
                if (earlier != null) {
                    return answer(earlier);
                }
                Outcome outcome = decide();
                if (outcome != null) {
                    return outcome;
                }
                if (fresh) {
                    pace.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
                }
                refresh();
            }
            return new Outcome.Contended(envelope.stream(), MAX_TRIES);
        }

        /** Decides on what is known, and appends; null if that must be repeated on a fresh load. */
        private @Nullable Outcome decide() {
            if (!envelope.expected().test(folded.version())) {
                return fresh ? new Outcome.Moved(envelope.stream(), folded.version()) : null;
            }
            if (gate == null) {
                gate = gatekeeper.get();
            }
            return switch (gate) {
                case Gate.Closed<C>(Rule rule) -> fresh ? new Outcome.Refused(rule) : null;
                case Gate.Open<C>(C command) -> append(decider.decide(command, folded.state()));
            };
        }

        private @Nullable Outcome append(Decision<E> decision) {
            boolean recordsRefusal = envelope.recordsRefusal() && decision instanceof Decision.Rejected<E>;
            if (decision.events().isEmpty() && !(fresh && recordsRefusal)) {
                return fresh ? withoutEvents(decision) : null;
            }
            Commit commit = commit(decision);
            return switch (store.append(commit)) {
                case EventStore.Appended.Written() -> {
                    S next = folded.state();
                    for (E event : decision.events()) {
                        next = decider.evolve(next, event);
                    }
                    warm.put(envelope.stream(), folded.with(commit, next));
                    yield answer(commit);
                }
                case EventStore.Appended.Conflict(Commit inTheWay) ->
                    inTheWay != null && inTheWay.id().equals(envelope.commandId()) ? answer(inTheWay) : null;
            };
        }

        private Outcome withoutEvents(Decision<E> decision) {
            return switch (decision) {
                case Decision.Rejected<E>(Rule rule, List<E> _) -> new Outcome.Rejected(rule);
                case Decision.Accepted<E> _, Decision.Nothing<E> _ ->
                    new Outcome.AlreadySo(envelope.stream(), folded.version());
            };
        }

        private Commit commit(Decision<E> decision) {
            List<StoredEvent> events = new ArrayList<>();
            for (E event : decision.events()) {
                events.add(codec.encode((Record) event));
            }
            if (events.isEmpty()) {
                events.add(StoredEvent.REFUSED);
            }
            Meta.Rejection rejection = decision instanceof Decision.Rejected<E>(Rule rule, List<E> _)
                    ? new Meta.Rejection(rule.name(), rule.sentence())
                    : null;
            Meta meta = new Meta(
                    envelope.actor(), envelope.correlation(), envelope.causation(), envelope.request(), rejection);
            return new Commit(
                    envelope.stream(), folded.version() + 1, envelope.commandId(), envelope.at(), events, meta);
        }

        /** What was appended since, folded on top; every commit read is remembered by its id. */
        private void refresh() {
            store.read(
                    envelope.stream(),
                    folded.version(),
                    Long.MAX_VALUE,
                    commit -> folded = folded.with(commit, evolve(folded.state(), commit)));
            fresh = true;
            warm.put(envelope.stream(), folded);
        }

        private S evolve(S state, Commit commit) {
            S next = state;
            for (Recorded<E> event : codec.decode(commit, decider.folds())) {
                next = decider.evolve(next, event.event());
            }
            return next;
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

        private Outcome answer(Commit commit) {
            if (envelope.request() != null
                    && !envelope.request().equals(commit.meta().request())) {
                return new Outcome.KeyReused(envelope.commandId());
            }
            Meta.Rejection rejection = commit.meta().rejection();
            return rejection == null ? new Outcome.Accepted(commit) : new Outcome.RejectedOnRecord(commit, rejection);
        }
    }
}
