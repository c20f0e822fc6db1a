package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.LogLine;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Applies commits to the view of one projection, exactly once in effect however they are delivered: each stream's fold
 * item knows the position, so duplicates are passed over (1 read unit), gaps are repaired from the event table, and two
 * invokers at once are settled by the fold item's revision.
 *
 * <p>The steps of a batch are merged by row before they are written: one conditional put for a stream whose only row is
 * its own, else one transaction for each 99 rows, cut between commits.
 *
 * @param <S> the projection's state
 * @param <E> the family of events
 */
public final class ProjectionEngine<S, E> {
    /** Rows and totals in one transaction, beside the fold item. */
    static final int MAX_ROWS = 99;

    private static final System.Logger LOG = System.getLogger(ProjectionEngine.class.getName());
    private static final int MAX_STREAMS_AT_ONCE = 16;
    private static final int MAX_TRIES = 12;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final EventStore store;
    private final EventCodec codec;
    private final Projection<S, E> projection;
    private final ViewTable view;
    private final Clock clock;

    /**
     * An engine for one projection.
     *
     * @param store where gaps are repaired from
     * @param view the table that the projection owns
     */
    public ProjectionEngine(
            EventStore store, Language language, Projection<S, E> projection, ViewTable view, Clock clock) {
        this.store = store;
        this.codec = new EventCodec(language);
        this.projection = projection;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Applies a batch of a feed: each stream in order, streams side by side.
     *
     * @return the sequences of the records to deliver again, because DynamoDB could not do its part at their streams
     */
    public List<String> apply(List<FeedRecord> batch) {
        Map<StreamId, List<FeedRecord>> streams = new LinkedHashMap<>();
        for (FeedRecord record : batch) {
            if (record.commit() == null) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> LogLine.of("alarm")
                                .with("projection", projection.name())
                                .with("sequence", record.sequence())
                                .with("reason", String.valueOf(record.trouble()))
                                .text());
            } else {
                streams.computeIfAbsent(record.commit().stream(), stream -> new ArrayList<>())
                        .add(record);
            }
        }
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        Semaphore places = new Semaphore(MAX_STREAMS_AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            streams.forEach((stream, records) -> {
                places.acquireUninterruptibly();
                executor.execute(() -> {
                    try {
                        apply(
                                stream,
                                records.stream()
                                        .map(FeedRecord::commit)
                                        .filter(Objects::nonNull)
                                        .toList());
                    } catch (RuntimeException e) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                () -> "The stream " + stream + " must be delivered again",
                                e);
                        records.forEach(record -> failed.add(record.sequence()));
                    } finally {
                        places.release();
                    }
                });
            });
        }
        return List.copyOf(failed);
    }

    /** How a stream took its commits. */
    public sealed interface Applied {
        /** The view has reached this version of the stream, from now or from before. */
        record Reached(long version) implements Applied {}

        /** The stream stands still until it is redriven; its commits are acknowledged all the same. */
        record Standing(Parked parked) implements Applied {}

        /** The view was made by another version of the projection, and waits for its rebuild. */
        record Outdated(int machine) implements Applied {}
    }

    /**
     * Applies some commits of one stream, in whatever order and however often they come.
     *
     * @throws StoreFailure if DynamoDB cannot do its part; nothing is lost, deliver again
     */
    public Applied apply(StreamId stream, List<Commit> delivered) {
        NavigableMap<Long, Commit> commits = new TreeMap<>();
        delivered.forEach(commit -> commits.put(commit.version(), commit));
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            FoldItem fold = fold(stream);
            if (fold.parked() != null) {
                return new Applied.Standing(fold.parked());
            }
            if (fold.machine() != projection.version()) {
                return new Applied.Outdated(fold.machine());
            }
            Applied applied;
            try {
                applied = advance(stream, fold, missing(stream, fold.pos(), commits.tailMap(fold.pos(), false)));
            } catch (StoreFailure.Corrupted e) {
                applied = new Run(stream, fold).park(fold.pos() + 1, e);
            }
            if (applied != null) {
                return applied;
            }
            pause(tries);
        }
        throw new StoreFailure.Unavailable(new IllegalStateException(
                "Too many writers at the fold item of " + stream + " in " + projection.name()));
    }

    /**
     * Lets a parked stream go on and brings it up to its head.
     *
     * @return where it stands then: it parks again where the cause is still there
     */
    public Applied redrive(StreamId stream) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            FoldItem fold = fold(stream);
            List<Commit> commits = new ArrayList<>();
            store.read(stream, fold.pos(), Long.MAX_VALUE, commits::add);
            Applied applied = advance(stream, fold.unparked(), commits);
            if (applied != null) {
                return applied;
            }
            pause(tries);
        }
        throw new StoreFailure.Unavailable(new IllegalStateException("Too many writers at the fold item of " + stream));
    }

    private FoldItem fold(StreamId stream) {
        FoldItem fold = view.fold(stream);
        return fold == null ? FoldItem.none(projection.version()) : fold;
    }

    /** The commits from the position on without a gap; what was not delivered is read from the event table. */
    private List<Commit> missing(StreamId stream, long pos, NavigableMap<Long, Commit> delivered) {
        List<Commit> commits = new ArrayList<>();
        long last = pos;
        for (Commit commit : delivered.values()) {
            if (commit.version() > last + 1) {
                last = store.read(stream, last, commit.version() - 1, commits::add);
            }
            if (commit.version() != last + 1) {
                throw new StoreFailure.Corrupted("The stream " + stream + " has no event " + (last + 1)
                        + " but its commit " + commit.version() + " was delivered");
            }
            commits.add(commit);
            last = commit.last();
        }
        return commits;
    }

    /** Steps and writes, chunk by chunk; null if somebody else moved the fold item. */
    private @Nullable Applied advance(StreamId stream, FoldItem start, List<Commit> commits) {
        Run run = new Run(stream, start);
        try {
            for (Commit commit : commits) {
                if (!run.step(commit)) {
                    return null;
                }
            }
            return run.finish();
        } catch (RowsRefused e) {
            return new Run(stream, run.fold).park(run.fold.pos() + 1, e);
        } catch (Poison e) {
            return run.park(e.version, e);
        }
    }

    /** A commit that the projection cannot step over, however often it is tried. */
    private static final class Poison extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long version;

        Poison(long version, RuntimeException cause) {
            super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
            this.version = version;
        }
    }

    /** Rows that DynamoDB does not take, however often they are sent: an item too large, a number too long. */
    private static final class RowsRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RowsRefused(DynamoDbException cause) {
            super("DynamoDB refuses the rows: " + cause.getMessage(), cause);
        }
    }

    /** The state in memory between two writes of a stream's fold item. */
    private final class Run {
        private final StreamId stream;
        private FoldItem fold;
        private S state;
        private RowWrite.Merged merged = new RowWrite.Merged();
        private @Nullable Commit last;

        Run(StreamId stream, FoldItem fold) {
            this.stream = stream;
            this.fold = fold;
            this.state = fold.stateOr(projection.initialState());
        }

        /** Steps over one commit in memory; writes what came before it where both do not fit one transaction. */
        boolean step(Commit commit) {
            RowWrite.Merged next = new RowWrite.Merged(merged);
            S nextState = stepInto(next, commit);
            if (next.size() > MAX_ROWS) {
                if (last != null && !write()) {
                    return false;
                }
                next = new RowWrite.Merged();
                nextState = stepInto(next, commit);
                if (next.size() > MAX_ROWS) {
                    throw new Poison(
                            commit.version(),
                            new IllegalStateException("One commit changes " + next.size() + " rows, more than the "
                                    + MAX_ROWS + " that fit a transaction"));
                }
            }
            merged = next;
            state = nextState;
            last = commit;
            return true;
        }

        private S stepInto(RowWrite.Merged changes, Commit commit) {
            try {
                S next = state;
                for (Recorded<E> event : codec.decode(commit, projection.folds())) {
                    Step<S> step = projection.step(next, event);
                    next = step.state();
                    for (RowChange change : step.changes()) {
                        changes.add(change);
                    }
                }
                return next;
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
                throw e;
            } catch (RuntimeException e) {
                throw new Poison(commit.version(), e);
            }
        }

        private boolean write() {
            FoldItem next = moved();
            try {
                if (!view.write(stream, next, merged.writes())) {
                    return false;
                }
            } catch (DynamoDbException e) {
                throw isRefused(e) ? new RowsRefused(e) : e;
            }
            fold = new FoldItem(
                    next.pos(), next.commit(), next.state(), next.machine(), next.rev() + 1, null, next.own());
            merged = new RowWrite.Merged();
            last = null;
            return true;
        }

        private FoldItem moved() {
            if (last == null) {
                return fold;
            }
            return new FoldItem(
                    last.last(),
                    last.id(),
                    json(state),
                    projection.version(),
                    fold.rev(),
                    null,
                    merged.own() == null ? fold.own() : merged.own());
        }

        @Nullable
        Applied finish() {
            if (last == null) {
                return new Applied.Reached(fold.pos());
            }
            return write() ? new Applied.Reached(fold.pos()) : null;
        }

        /** Writes what was stepped over before the trouble, and the trouble, in one go. */
        @Nullable
        Applied park(long version, RuntimeException e) {
            FoldItem parked = moved().parkedAt(version, reason(e), clock.instant());
            if (!view.write(stream, parked, merged.writes()) || parked.parked() == null) {
                return null;
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> LogLine.of("parked")
                            .with("projection", projection.name())
                            .with("stream", stream.toString())
                            .with("version", version)
                            .with("reason", reason(e))
                            .text());
            return new Applied.Standing(parked.parked());
        }
    }

    private static boolean isRefused(DynamoDbException e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return code.equals("ValidationException") || e instanceof TransactionCanceledException;
    }

    private static String reason(RuntimeException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return reason.length() <= 500 ? reason : reason.substring(0, 500);
    }

    private String json(S state) {
        try {
            return Json.mapper().writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The state of " + projection.name() + " has no JSON form", e);
        }
    }

    private static void pause(int tries) {
        long bound = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(tries, 10));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
    }
}
