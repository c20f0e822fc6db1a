package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.NotConfigured;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One run over one stream in one generation: steps the processor in memory and writes the fold item together with the
 * merged rows, as rarely as transactions allow.
 */
final class StreamRun<S, E> {
    /**
     * Totals in one commit. They cannot be split, because a retry of the second half would add the first half again.
     */
    static final int MAX_TOTALS = 90;

    /** Effects that a crash may repeat. */
    static final int MOST_UNSAVED_EFFECTS = 10;

    /** After this time a position is no longer taken for current, and effects are no longer left unsaved. */
    private static final Duration CURRENT_FOR = Duration.ofSeconds(1);

    private final EngineContext<S, E> context;
    private final StreamProcessor<S, E> processor;
    private final EventStore store;
    private final Generation generation;
    private final StreamId stream;
    private final boolean oneByOne;
    private final Deadline deadline = Deadline.current();
    private FoldItem fold;

    /** When nobody else had written the fold item; null if that is not known. */
    private @Nullable Instant currentAt;

    private S state;
    private long fires;
    private @Nullable EffectsDone done;
    private int unsavedEffects;
    private RowWrite.Merged merged = new RowWrite.Merged();
    private int bytes;
    private @Nullable Commit last;

    /**
     * A run that has not read or written anything yet.
     *
     * @param fold where the run starts
     * @param currentAt when the fold item was read; null if it may have been written since
     * @param oneByOne whether to write after each commit, to find out which of several commits is rejected
     */
    StreamRun(
            EngineContext<S, E> context,
            Generation generation,
            StreamId stream,
            FoldItem fold,
            @Nullable Instant currentAt,
            boolean oneByOne) {
        this.context = context;
        this.processor = context.processor();
        this.store = context.store();
        this.generation = generation;
        this.stream = stream;
        this.fold = fold;
        this.currentAt = currentAt;
        this.oneByOne = oneByOne;
        this.state = processor.initialState();
        this.fires = fold.fires();
        this.done = fold.done();
    }

    /** Another invocation has written the fold item: read it again. */
    static final class StaleFoldItem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleFoldItem() {
            super("Another invocation has written the fold item", null, false, false);
        }
    }

    /** The rows of several commits are rejected. Writing commit by commit finds the one that causes it. */
    static final class BatchRejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BatchRejected(RuntimeException cause) {
            super(cause);
        }
    }

    /** A commit that the processor can never step over. It parks its stream. */
    static final class PoisonCommit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long version;

        PoisonCommit(long version, Throwable cause) {
            super(EngineContext.reason(cause), cause);
            this.version = version;
        }
    }

    /** The invocation is about to end. */
    private static final class OutOfTime extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfTime() {
            super("The invocation is about to end", null, false, false);
        }
    }

    /** The state after a commit, the changes of rows that the commit causes, and its effects. */
    private record Stepped<S, E>(S state, RowWrite.Merged changes, List<EffectDispatch.Due<E>> effects) {}

    StreamId stream() {
        return stream;
    }

    /** The version that the run has reached, written or not. */
    long position() {
        return last == null ? fold.pos() : last.last();
    }

    /** Whether the stream has a fold item in this generation. */
    boolean begun() {
        return fold.rev() > 0;
    }

    /** Rows and totals that are not written yet. */
    RowWrite.Merged merged() {
        return merged;
    }

    /** The fold item as the next write would write it. */
    FoldItem next() {
        return (last == null ? fold : fold.at(last, context.json(state), processor.version(), merged.own()))
                .firing(fires, done);
    }

    /** Applies what is not applied yet of these commits, after filling gaps from the event table. */
    ApplyResult apply(NavigableMap<Long, Commit> delivered, boolean toHead) {
        try {
            start();
            if (toHead) {
                store.read(stream, position(), Long.MAX_VALUE, this::stepInTime);
            }
            for (Commit commit : delivered.tailMap(position(), false).values()) {
                deliver(commit);
            }
            save();
            if (toHead && fold.parked() != null) {
                write(fold.parked(null), Map.of());
            }
            return new ApplyResult.Reached(fold.pos());
        } catch (PoisonCommit e) {
            return park(e.version, e);
        } catch (StoreFailure.Corrupted e) {
            return park(position() + 1, e);
        } catch (OutOfTime e) {
            save();
            return new ApplyResult.Unfinished(fold.pos());
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable | TransientFailure e) {
            save();
            throw e;
        }
    }

    /** Restores the state. */
    private void start() {
        if (fold.machine() == processor.version()) {
            state = fold.stateOr(state);
        } else {
            remember();
        }
    }

    /** A changed event handler steps over its past again, for its state and without effects. */
    private void remember() {
        store.read(stream, 0, fold.pos(), commit -> {
            try {
                S next = state;
                for (Recorded<E> event : context.codec().decode(commit, processor.folds())) {
                    next = processor.step(next, event).state();
                }
                state = next;
            } catch (RuntimeException e) {
                if (!isSkipped(commit)) {
                    throw new PoisonCommit(commit.version(), e);
                }
            }
        });
        if (fold.rev() > 0) {
            write(fold.remembering(context.json(state), processor.version()), Map.of());
        }
    }

    private void deliver(Commit commit) {
        if (commit.version() > position() + 1) {
            store.read(stream, position(), commit.version() - 1, this::stepInTime);
        }
        if (commit.version() != position() + 1) {
            throw new StoreFailure.Corrupted("The stream " + stream + " has no event " + (position() + 1)
                    + " but its commit " + commit.version() + " was delivered");
        }
        stepInTime(commit);
    }

    private void stepInTime(Commit commit) {
        if (deadline.isNear()) {
            throw new OutOfTime();
        }
        step(commit);
    }

    /**
     * Steps over one commit in memory, and runs its effects. Writes the earlier commits first if both do not fit one
     * transaction.
     */
    void step(Commit commit) {
        Stepped<S, E> stepped = stepOverUnlessSkipped(commit);
        run(stepped.effects(), commit);
        int size = GenerationWriter.bytes(stepped.changes().writes());
        if (stepped.changes().size() > GenerationWriter.MAX_ROWS || size > GenerationWriter.MAX_BYTES) {
            writeAlone(commit, stepped);
            return;
        }
        if (merged.sizeWith(stepped.changes()) > GenerationWriter.MAX_ROWS
                || bytes + size > GenerationWriter.MAX_BYTES) {
            save();
        }
        merge(stepped.changes());
        bytes += size;
        state = stepped.state();
        last = commit;
        done = null;
        if (oneByOne) {
            save();
        }
    }

    /** Only a commit that fails is looked up, so that skips cost nothing elsewhere. */
    private Stepped<S, E> stepOverUnlessSkipped(Commit commit) {
        try {
            Stepped<S, E> stepped = stepOver(commit);
            return oneByOne && isSkipped(commit) ? new Stepped<>(state, new RowWrite.Merged(), List.of()) : stepped;
        } catch (PoisonCommit e) {
            if (isSkipped(commit)) {
                return new Stepped<>(state, new RowWrite.Merged(), List.of());
            }
            throw e;
        }
    }

    private boolean isSkipped(Commit commit) {
        return generation.reader().skipped(stream, commit.version()) != null;
    }

    /**
     * Moves the position behind one commit that is not applied, in one write with the record of it.
     *
     * @return false if another invocation has written the fold item
     */
    boolean stepAside(Commit commit, Parked catchingUp, Skipped skipped) {
        try {
            start();
        } catch (StaleFoldItem e) {
            return false;
        }
        if (processor instanceof StreamProcessor.Handling<S, E>) {
            try {
                state = stepOver(commit).state();
            } catch (PoisonCommit e) {
                // The commit stays out of the state.
                fires = fold.fires();
            }
        }
        FoldItem next = fold.at(commit, context.json(state), processor.version(), null)
                .firing(fires, null)
                .parked(catchingUp);
        context.cache().forget(generation, stream);
        return generation.writer().skip(stream, next, skipped);
    }

    private void run(List<EffectDispatch.Due<E>> due, Commit commit) {
        if (due.isEmpty() || !(processor instanceof StreamProcessor.Handling<S, E> handling)) {
            return;
        }
        for (int i = EffectsDone.in(due, done); i < due.size(); i++) {
            if (deadline.isNear()) {
                throw new OutOfTime();
            }
            ensureCurrent();
            try {
                handling.dispatch().run(due.get(i));
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable | TransientFailure e) {
                throw e;
            } catch (RuntimeException e) {
                throw new PoisonCommit(commit.version(), e);
            }
            done = EffectsDone.of(due, i + 1);
            unsavedEffects++;
        }
    }

    /**
     * Makes sure that no other invocation has gone on in this stream: by the write that saves the effects that were run,
     * or else by a read.
     */
    private void ensureCurrent() {
        Instant now = context.clock().instant();
        boolean known = currentAt != null && now.isBefore(currentAt.plus(CURRENT_FOR)) && !now.isBefore(currentAt);
        if (unsavedEffects >= MOST_UNSAVED_EFFECTS || (unsavedEffects > 0 && !known)) {
            save();
        } else if (!known) {
            if (context.fold(generation, stream).rev() != fold.rev()) {
                throw new StaleFoldItem();
            }
            currentAt = now;
        }
    }

    private void merge(RowWrite.Merged changes) {
        try {
            merged.addAll(changes);
        } catch (IllegalArgumentException e) {
            throw oneByOne ? new PoisonCommit(position() + 1, e) : new BatchRejected(e);
        }
    }

    /** The pure step over one commit. */
    private Stepped<S, E> stepOver(Commit commit) {
        try {
            S next = state;
            RowWrite.Merged changes = new RowWrite.Merged();
            List<EffectDispatch.Due<E>> effects = new ArrayList<>();
            for (Recorded<E> event : context.codec().decode(commit, processor.folds())) {
                StreamProcessor.Outcome<S> outcome = processor.step(next, event);
                next = outcome.state();
                for (RowChange change : outcome.changes()) {
                    changes.add(change);
                }
                if (processor instanceof StreamProcessor.Handling<S, E> handling && fires(handling.dispatch(), event)) {
                    effects.addAll(handling.dispatch().due(event, outcome.effects()));
                }
            }
            long totals = changes.writes().values().stream()
                    .filter(RowWrite.Add.class::isInstance)
                    .count();
            if (totals > MAX_TOTALS) {
                throw new IllegalStateException("One commit adds to " + totals + " totals, but one transaction takes "
                        + MAX_TOTALS + " at most: add to fewer totals for each commit");
            }
            return new Stepped<>(next, changes, effects);
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable | TransientFailure e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new PoisonCommit(commit.version(), e);
        }
    }

    /**
     * Whether the effects of an event run. Times of decisions may go back within a stream, so the first event that is not
     * older than the activation opens the stream for all later ones.
     */
    private boolean fires(EffectDispatch<E> dispatch, Recorded<E> event) {
        if (fires == 0 && dispatch.opens(event)) {
            fires = event.version();
        }
        return fires > 0;
    }

    /**
     * Writes an oversized commit. The rows go in chunks, each only while the fold item is unchanged; the totals go with
     * the last write, which moves the position. Whoever repeats it after a crash starts at the same position, steps over
     * the same commit alone again, and writes the same rows.
     */
    private void writeAlone(Commit commit, Stepped<S, E> stepped) {
        save();
        OversizedCommit oversized =
                new OversizedCommit(generation, stream, stepped.changes().writes());
        if (!unlessRejected(() -> oversized.writeRows(fold), commit, true)) {
            throw new StaleFoldItem();
        }
        FoldItem done = fold.at(
                commit,
                context.json(stepped.state()),
                processor.version(),
                stepped.changes().own());
        if (!unlessRejected(() -> oversized.finish(fold, done), commit, true)) {
            throw new StaleFoldItem();
        }
        // Only now: if the last write fails, no rows may be left to save, because no transaction takes them.
        state = stepped.state();
        written(done);
    }

    /** Writes the commits that were stepped over since the last write, and the effects that were run, if there are any. */
    void save() {
        if (last != null) {
            FoldItem next = next();
            Commit at = last;
            if (!unlessRejected(() -> generation.writer().write(stream, fold, next, merged.writes()), at, oneByOne)) {
                throw new StaleFoldItem();
            }
            written(next);
        } else if (unsavedEffects > 0) {
            write(next(), Map.of());
        }
    }

    private void write(FoldItem next, Map<RowKey, RowWrite> rows) {
        if (!generation.writer().write(stream, fold, next, rows)) {
            throw new StaleFoldItem();
        }
        written(next);
    }

    private void written(FoldItem next) {
        fold = next.written();
        currentAt = context.clock().instant();
        unsavedEffects = 0;
        context.cache().written(generation, stream, fold);
        merged = new RowWrite.Merged();
        bytes = 0;
        last = null;
    }

    /** Tells rows that DynamoDB never accepts, such as an item that is too large, from failures that pass. */
    private boolean unlessRejected(BooleanSupplier write, Commit at, boolean alone) {
        try {
            return write.getAsBoolean();
        } catch (DynamoDbException e) {
            if (!isRejected(e)) {
                throw e;
            }
            last = null;
            merged = new RowWrite.Merged();
            throw alone
                    ? new PoisonCommit(
                            at.version(), new IllegalStateException("DynamoDB rejects the rows: " + e.getMessage(), e))
                    : new BatchRejected(e);
        }
    }

    private static boolean isRejected(DynamoDbException e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return code.equals("ValidationException") || e instanceof TransactionCanceledException;
    }

    /** Writes the commits before the poison, then parks the stream. */
    private ApplyResult park(long version, RuntimeException cause) {
        save();
        Parked before = fold.parked();
        Parked parked = new Parked(
                version,
                EngineContext.reason(cause),
                before == null ? context.clock().instant() : before.at(),
                cause.getCause() instanceof NotConfigured ? Parked.Kind.NOT_CONFIGURED : Parked.Kind.POISON,
                before == null ? 0 : before.tries() + 1,
                null,
                false);
        write(fold.parked(parked), Map.of());
        context.logParked(stream, parked);
        return new ApplyResult.Standing(parked);
    }
}
