package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.common.LruCache;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Steps one machine through streams, exactly once in effect however their commits are delivered: the fold item of each
 * stream knows the position, so duplicates are passed over, gaps are read from the event table, and two invokers at once
 * are settled by the fold item's revision. This is the one writer of live feed, repair, redrive and rebuild.
 *
 * <p>A batch costs one read unit for the pointer item and one for each stream's fold item that is not warm, in one round
 * trip; then one write for each stream: a put where the stream's only row is its own, else a transaction for each 99 rows.
 *
 * @param <S> the machine's state
 * @param <E> the family of events
 */
final class StreamEngine<S, E> {
    /** Totals in one commit: they cannot be cut, since only one transaction may add them. */
    static final int MAX_TOTALS = 90;

    /** Failed deliveries of one stream before it is parked for a while. */
    static final int MAX_DELIVERIES = 5;

    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int MAX_TRIES = 12;
    private static final int MAX_FAILING = 10_000;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final EventStore store;
    private final EventCodec codec;
    private final StreamProcessor<S, E> machine;
    private final ViewTable table;
    private final Clock clock;
    private final Backoff pace;
    private volatile List<Integer> expected = List.of(0);
    private final FoldItemCache warm = new FoldItemCache();
    private final Map<StreamId, Integer> failures = Collections.synchronizedMap(new LruCache<>(MAX_FAILING));

    StreamEngine(
            EventStore store,
            Language language,
            StreamProcessor<S, E> machine,
            ViewTable table,
            Clock clock,
            Backoff pace) {
        this.store = store;
        this.codec = new EventCodec(language);
        this.machine = machine;
        this.table = table;
        this.clock = clock;
        this.pace = pace;
    }

    EventStore store() {
        return store;
    }

    StreamProcessor<S, E> machine() {
        return machine;
    }

    ViewTable table() {
        return table;
    }

    Clock clock() {
        return clock;
    }

    Backoff pace() {
        return pace;
    }

    /** The generations to write, the youngest first; without those that another version of the machine has made. */
    List<Generation> live() {
        if (machine instanceof StreamProcessor.Handling<S, E>) {
            return List.of(table.generation(0));
        }
        GenerationPointer now = begun(table.generations());
        expected = now.live();
        return now.live().stream()
                .filter(number -> now.machine(number, machine.version()) == machine.version())
                .map(table::generation)
                .toList();
    }

    /** Where nothing stands yet, this version of the machine makes the first generation. */
    private GenerationPointer begun(GenerationPointer pointer) {
        GenerationPointer now = pointer;
        while (now.rev() == 0) {
            table.write(now.begunBy(machine.version()));
            now = table.generations();
        }
        return now;
    }

    /**
     * The live generations with the fold items of some streams: those that are not warm are read together with the
     * pointer, in one round trip, unless the pointer has changed.
     */
    private Map<Generation, Map<StreamId, FoldItem>> known(Set<StreamId> streams) {
        Map<Generation, Map<StreamId, FoldItem>> known = new LinkedHashMap<>();
        if (machine instanceof StreamProcessor.Handling<S, E>) {
            Generation only = table.generation(0);
            Map<StreamId, FoldItem> folds = warm(only, streams);
            folds.putAll(only.folds(cold(streams, folds), true));
            known.put(only, folds);
            return known;
        }
        List<Integer> before = expected;
        Map<Generation, Map<StreamId, FoldItem>> warm = new LinkedHashMap<>();
        Map<Generation, Set<StreamId>> cold = new LinkedHashMap<>();
        for (int number : before) {
            Generation generation = table.generation(number);
            Map<StreamId, FoldItem> folds = warm(generation, streams);
            warm.put(generation, folds);
            cold.put(generation, cold(streams, folds));
        }
        ViewTable.Known read = table.known(cold);
        GenerationPointer now = begun(read.pointer());
        if (!now.live().equals(before)) {
            live().forEach(generation -> known.put(generation, generation.folds(streams, true)));
            return known;
        }
        warm.forEach((generation, folds) -> {
            if (now.machine(generation.number(), machine.version()) == machine.version()) {
                folds.putAll(read.folds().getOrDefault(generation, Map.of()));
                known.put(generation, folds);
            }
        });
        return known;
    }

    private Map<StreamId, FoldItem> warm(Generation generation, Set<StreamId> streams) {
        Map<StreamId, FoldItem> folds = new HashMap<>();
        for (StreamId stream : streams) {
            FoldItem fold = warm.get(generation, stream);
            if (fold != null) {
                folds.put(stream, fold);
            }
        }
        return folds;
    }

    private static Set<StreamId> cold(Set<StreamId> streams, Map<StreamId, FoldItem> warm) {
        Set<StreamId> cold = new LinkedHashSet<>(streams);
        cold.removeAll(warm.keySet());
        return cold;
    }

    /**
     * Applies a batch of a feed: each stream in order, streams side by side.
     *
     * @return the sequences of the records to deliver again, because something outside could not do its part
     */
    List<String> apply(List<FeedRecord> batch) {
        Map<StreamId, List<FeedRecord>> streams = byStream(batch);
        if (streams.isEmpty()) {
            return List.of();
        }
        Map<Generation, Map<StreamId, FoldItem>> known;
        try {
            known = known(streams.keySet());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A whole batch must be delivered again", e);
            return streams.values().stream()
                    .flatMap(List::stream)
                    .map(FeedRecord::sequence)
                    .toList();
        }
        if (known.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, () -> line("outdated").text());
        }
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        List<Runnable> tasks = new ArrayList<>();
        streams.forEach((stream, records) -> tasks.add(() -> {
            if (!take(stream, records, known)) {
                records.forEach(record -> failed.add(record.sequence()));
            }
        }));
        pace.sideBySide(tasks);
        return List.copyOf(failed);
    }

    private Map<StreamId, List<FeedRecord>> byStream(List<FeedRecord> batch) {
        Map<StreamId, List<FeedRecord>> streams = new LinkedHashMap<>();
        for (FeedRecord record : batch) {
            StreamId stream = record.target();
            if (stream != null) {
                streams.computeIfAbsent(stream, one -> new ArrayList<>()).add(record);
            }
            if (record instanceof FeedRecord.Alarming(String sequence, String trouble)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> line("alarm")
                                .with("sequence", sequence)
                                .with("reason", trouble)
                                .text());
            }
        }
        return streams;
    }

    /** Applies one stream's part of a batch to every generation; false if it must be delivered again. */
    private boolean take(StreamId stream, List<FeedRecord> records, Map<Generation, Map<StreamId, FoldItem>> known) {
        try {
            NavigableMap<Long, Commit> commits = new TreeMap<>();
            boolean toHead = false;
            for (FeedRecord record : records) {
                switch (record) {
                    case FeedRecord.Inserted(String _, Commit commit) -> commits.put(commit.version(), commit);
                    case FeedRecord.Unreadable _ -> toHead = true;
                    case FeedRecord.Alarming _ -> {}
                }
            }
            for (Map.Entry<Generation, Map<StreamId, FoldItem>> generation : known.entrySet()) {
                FoldItem fold = generation.getValue().get(stream);
                apply(generation.getKey(), stream, fold == null ? none() : fold, commits, toHead);
            }
            failures.remove(stream);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, () -> "The stream " + stream + " must be delivered again", e);
            return Objects.requireNonNull(failures.merge(stream, 1, Integer::sum)) >= MAX_DELIVERIES
                    && parkedForNow(stream, known.keySet(), e);
        }
    }

    private FoldItem none() {
        return FoldItem.none(machine.version());
    }

    /** Whether a stream could be parked until its next try; what stands in the way is logged. */
    boolean parkedForNow(StreamId stream, Iterable<Generation> generations, Throwable cause) {
        try {
            generations.forEach(generation -> parkForNow(generation, stream, cause));
            failures.remove(stream);
            return true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "The stream " + stream + " cannot even be parked", e);
            return false;
        }
    }

    /** Lets a stream stand still until its next try, later each time. */
    private void parkForNow(Generation generation, StreamId stream, Throwable cause) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            FoldItem fold = fold(generation, stream);
            if (fold.standing() != null) {
                return;
            }
            int before = fold.parked() == null ? 0 : fold.parked().tries() + 1;
            Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(before, 20));
            Parked parked = Parked.forNow(
                    fold.pos() + 1,
                    reason(cause),
                    fold.parked() == null ? clock.instant() : fold.parked().at(),
                    before,
                    clock.instant().plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY));
            if (generation.write(stream, fold, fold.parked(parked), Map.of())) {
                log(stream, parked);
                return;
            }
            pace.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw tooManyWriters(stream);
    }

    /**
     * Applies some commits of one stream to every generation, in whatever order and however often they come.
     *
     * @throws StoreFailure if DynamoDB cannot do its part; nothing is lost, deliver again
     */
    ApplyResult apply(StreamId stream, List<Commit> delivered) {
        NavigableMap<Long, Commit> commits = new TreeMap<>();
        delivered.forEach(commit -> commits.put(commit.version(), commit));
        return everywhere(generation -> apply(generation, stream, fold(generation, stream), commits, false));
    }

    /** Brings a stream up to its head in every generation; it parks again where the cause is still there. */
    ApplyResult redrive(StreamId stream) {
        return everywhere(generation -> redrive(generation, stream));
    }

    private interface Work {
        ApplyResult in(Generation generation);
    }

    private ApplyResult everywhere(Work work) {
        ApplyResult applied = null;
        for (Generation generation : live()) {
            applied = work.in(generation);
        }
        return applied == null
                ? new ApplyResult.Outdated(
                        table.generations().machine(table.generations().serving(), machine.version()))
                : applied;
    }

    /**
     * Marks a parked stream as catching up, so that what is delivered from now on applies again, and only then reads the
     * stream; the mark is cleared at the head.
     */
    ApplyResult redrive(Generation generation, StreamId stream) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            FoldItem fold = fold(generation, stream);
            Parked standing = fold.standing();
            if (standing == null) {
                return apply(generation, stream, fold, Collections.emptyNavigableMap(), true);
            }
            FoldItem marked = fold.parked(standing.whileCatchingUp());
            if (generation.write(stream, fold, marked, Map.of())) {
                return apply(generation, stream, marked.written(), Collections.emptyNavigableMap(), true);
            }
            pace.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw tooManyWriters(stream);
    }

    /** Brings a stream up to its head in one generation, unless it stands still. */
    ApplyResult catchUp(Generation generation, StreamId stream) {
        return apply(generation, stream, fold(generation, stream), Collections.emptyNavigableMap(), true);
    }

    private FoldItem fold(Generation generation, StreamId stream) {
        FoldItem fold = generation.fold(stream);
        return fold == null ? none() : fold;
    }

    private static StoreFailure tooManyWriters(StreamId stream) {
        return new StoreFailure.Unavailable(
                new IllegalStateException("Too many writers at the fold item of " + stream));
    }

    private ApplyResult apply(
            Generation generation,
            StreamId stream,
            FoldItem known,
            NavigableMap<Long, Commit> delivered,
            boolean toHead) {
        FoldItem fold = known;
        boolean oneByOne = false;
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            Parked standing = fold.standing();
            if (standing != null) {
                return new ApplyResult.Standing(standing);
            }
            if (fold.machine() != machine.version() && machine instanceof StreamProcessor.Projecting<S, E>) {
                return new ApplyResult.Outdated(fold.machine());
            }
            Run run = new Run(generation, stream, fold, oneByOne);
            try {
                return run.apply(delivered, toHead);
            } catch (StaleFoldItem e) {
                warm.forget(generation, stream);
                pace.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            } catch (BatchRejected e) {
                oneByOne = true;
                tries--;
            }
            fold = fold(generation, stream);
        }
        throw tooManyWriters(stream);
    }

    /** A run over a stream of which a generation has no fold item yet, for a rebuild that packs streams together. */
    Run begin(Generation generation, StreamId stream) {
        return new Run(generation, stream, none(), false);
    }

    /** Somebody else has written the fold item; it is read again. */
    static final class StaleFoldItem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleFoldItem() {
            super("somebody else has written the fold item", null, false, false);
        }
    }

    /** Several commits at once are refused; one by one shows which of them is the trouble. */
    static final class BatchRejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BatchRejected(RuntimeException cause) {
            super(cause);
        }
    }

    /** A commit that the machine cannot step over, however often it is tried. */
    static final class Poison extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long version;

        Poison(long version, Throwable cause) {
            super(reason(cause), cause);
            this.version = version;
        }
    }

    /** The state in memory between two writes of a stream's fold item. */
    final class Run {
        private final Generation generation;
        private final StreamId stream;
        private final boolean oneByOne;
        private FoldItem fold;
        private S state;
        private RowWrite.Merged merged = new RowWrite.Merged();
        private int bytes;
        private @Nullable Commit last;

        private Run(Generation generation, StreamId stream, FoldItem fold, boolean oneByOne) {
            this.generation = generation;
            this.stream = stream;
            this.fold = fold;
            this.oneByOne = oneByOne;
            this.state = machine.initialState();
        }

        StreamId stream() {
            return stream;
        }

        /** The version that it has come to, written or not. */
        long position() {
            return last == null ? fold.pos() : last.last();
        }

        /** Whether something of it is written. */
        boolean begun() {
            return fold.rev() > 0;
        }

        /** Rows and totals not written yet. */
        RowWrite.Merged merged() {
            return merged;
        }

        /** The first fold item of a stream that nothing is written of. */
        FoldItem first() {
            return next();
        }

        private ApplyResult apply(NavigableMap<Long, Commit> delivered, boolean toHead) {
            try {
                start();
                if (toHead) {
                    store.read(stream, position(), Long.MAX_VALUE, this::step);
                }
                for (Commit commit : delivered.tailMap(position(), false).values()) {
                    deliver(commit);
                }
                save();
                if (toHead && fold.parked() != null) {
                    write(fold.parked(null), Map.of());
                }
                return new ApplyResult.Reached(fold.pos());
            } catch (Poison e) {
                return park(e.version, e);
            } catch (StoreFailure.Corrupted e) {
                return park(position() + 1, e);
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable | TransientFailure e) {
                save();
                throw e;
            }
        }

        /** Restores the state, and finishes a claim that somebody began. */
        private void start() {
            if (fold.machine() == machine.version()) {
                state = fold.stateOr(state);
            } else {
                remember();
            }
            if (fold.claim() > fold.pos()) {
                store.read(stream, fold.pos(), fold.claim(), commit -> claim(commit, stepOver(commit)));
            }
        }

        /** A changed handler steps again over what it has seen, for its state and without effects. */
        private void remember() {
            long position = fold.pos();
            store.read(stream, 0, position, commit -> {
                try {
                    for (Recorded<E> event : codec.decode(commit, machine.folds())) {
                        Step<S> step = machine.remember(state, event);
                        state = Objects.requireNonNull(step, "only handlers remember")
                                .state();
                    }
                } catch (RuntimeException e) {
                    throw new Poison(commit.version(), e);
                }
            });
            if (fold.rev() > 0) {
                write(fold.remembering(json(state), machine.version()), Map.of());
            }
        }

        private void deliver(Commit commit) {
            if (commit.version() > position() + 1) {
                store.read(stream, position(), commit.version() - 1, this::step);
            }
            if (commit.version() != position() + 1) {
                throw new StoreFailure.Corrupted("The stream " + stream + " has no event " + (position() + 1)
                        + " but its commit " + commit.version() + " was delivered");
            }
            step(commit);
        }

        /** Steps over one commit in memory; writes what came before it where both do not fit one transaction. */
        void step(Commit commit) {
            Stepped<S> stepped = stepOver(commit);
            int size = Generation.bytes(stepped.changes().writes());
            if (stepped.changes().size() > Generation.MAX_ROWS || size > Generation.MAX_BYTES) {
                claim(commit, stepped);
                return;
            }
            if (merged.sizeWith(stepped.changes()) > Generation.MAX_ROWS || bytes + size > Generation.MAX_BYTES) {
                save();
            }
            merge(stepped.changes());
            bytes += size;
            state = stepped.state();
            last = commit;
            if (oneByOne) {
                save();
            }
        }

        private void merge(RowWrite.Merged changes) {
            try {
                merged.addAll(changes);
            } catch (IllegalArgumentException e) {
                throw oneByOne ? new Poison(position() + 1, e) : new BatchRejected(e);
            }
        }

        private Stepped<S> stepOver(Commit commit) {
            try {
                S next = state;
                RowWrite.Merged changes = new RowWrite.Merged();
                for (Recorded<E> event : codec.decode(commit, machine.folds())) {
                    Step<S> step = machine.step(next, event);
                    next = step.state();
                    for (RowChange change : step.changes()) {
                        changes.add(change);
                    }
                }
                long totals = changes.writes().values().stream()
                        .filter(RowWrite.Add.class::isInstance)
                        .count();
                if (totals > MAX_TOTALS) {
                    throw new IllegalStateException("One commit adds to " + totals + " totals, more than the "
                            + MAX_TOTALS + " that one transaction can take");
                }
                return new Stepped<>(next, changes);
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable | TransientFailure e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw new Poison(commit.version(), e);
            }
        }

        /**
         * Writes a commit that does not fit a transaction: the fold item first names the target, then chunks of rows
         * follow, each only while the fold item stands unchanged, and the totals go with the last. Repeating any part of
         * it writes the same rows again.
         */
        private void claim(Commit commit, Stepped<S> stepped) {
            save();
            Map<RowKey, RowWrite> totals = new LinkedHashMap<>();
            Map<RowKey, RowWrite> rows = new LinkedHashMap<>();
            stepped.changes()
                    .writes()
                    .forEach((key, write) -> (write instanceof RowWrite.Add ? totals : rows).put(key, write));
            if (fold.claim() != commit.last()) {
                write(fold.claiming(commit.last()), Map.of());
            }
            for (Map<RowKey, RowWrite> chunk : chunks(rows)) {
                if (!refusing(() -> generation.writeClaimed(stream, fold.rev(), chunk), commit)) {
                    throw new StaleFoldItem();
                }
            }
            FoldItem done = fold.at(
                    commit,
                    json(stepped.state()),
                    machine.version(),
                    stepped.changes().own());
            if (!refusing(() -> generation.write(stream, fold, done, totals), commit)) {
                throw new StaleFoldItem();
            }
            // Not before: a failure of this write must not leave rows to save that no transaction takes.
            state = stepped.state();
            written(done);
        }

        private List<Map<RowKey, RowWrite>> chunks(Map<RowKey, RowWrite> rows) {
            List<Map<RowKey, RowWrite>> chunks = new ArrayList<>();
            Map<RowKey, RowWrite> chunk = new HashMap<>();
            int size = 0;
            for (Map.Entry<RowKey, RowWrite> row : rows.entrySet()) {
                int more = Generation.bytes(row.getKey(), row.getValue());
                if (chunk.size() == Generation.MAX_ROWS || (!chunk.isEmpty() && size + more > Generation.MAX_BYTES)) {
                    chunks.add(chunk);
                    chunk = new HashMap<>();
                    size = 0;
                }
                chunk.put(row.getKey(), row.getValue());
                size += more;
            }
            if (!chunk.isEmpty()) {
                chunks.add(chunk);
            }
            return chunks;
        }

        /** Writes what was stepped over since the last write, if anything. */
        void save() {
            if (last != null) {
                FoldItem next = next();
                Commit at = last;
                if (!refusing(() -> generation.write(stream, fold, next, merged.writes()), at)) {
                    throw new StaleFoldItem();
                }
                written(next);
            }
        }

        private FoldItem next() {
            return last == null ? fold : fold.at(last, json(state), machine.version(), merged.own());
        }

        private void write(FoldItem next, Map<RowKey, RowWrite> rows) {
            if (!generation.write(stream, fold, next, rows)) {
                throw new StaleFoldItem();
            }
            written(next);
        }

        private void written(FoldItem next) {
            fold = next.written();
            warm.written(generation, stream, fold);
            merged = new RowWrite.Merged();
            bytes = 0;
            last = null;
        }

        /** Tells rows that DynamoDB never takes, an item too large or a number too long, from trouble that passes. */
        private boolean refusing(BooleanSupplier write, Commit at) {
            try {
                return write.getAsBoolean();
            } catch (DynamoDbException e) {
                if (!isRefused(e)) {
                    throw e;
                }
                last = null;
                merged = new RowWrite.Merged();
                throw oneByOne || fold.claim() > 0
                        ? new Poison(
                                at.version(),
                                new IllegalStateException("DynamoDB refuses the rows: " + e.getMessage(), e))
                        : new BatchRejected(e);
            }
        }

        /** Writes what was stepped over before the trouble, then the trouble. */
        private ApplyResult park(long version, RuntimeException cause) {
            save();
            Parked before = fold.parked();
            Parked parked = new Parked(
                    version,
                    reason(cause),
                    before == null ? clock.instant() : before.at(),
                    Parked.Kind.POISON,
                    before == null ? 0 : before.tries() + 1,
                    null,
                    false);
            write(fold.parked(parked), Map.of());
            log(stream, parked);
            return new ApplyResult.Standing(parked);
        }
    }

    /** A step over one commit: the state after it, and what it changes. */
    private record Stepped<S>(S state, RowWrite.Merged changes) {}

    private LogLine line(String what) {
        return LogLine.of(what).with("machine", machine.name());
    }

    private void log(StreamId stream, Parked parked) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> line("parked")
                        .with("stream", stream.toString())
                        .with("version", parked.version())
                        .with("kind", parked.kind().name().toLowerCase(Locale.ROOT))
                        .with("reason", parked.reason())
                        .text());
    }

    private static boolean isRefused(DynamoDbException e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return code.equals("ValidationException") || e instanceof TransactionCanceledException;
    }

    private static String reason(Throwable e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return reason.length() <= 500 ? reason : reason.substring(0, 500);
    }

    private String json(S state) {
        try {
            return Json.mapper().writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The state of " + machine.name() + " has no JSON form", e);
        }
    }
}
