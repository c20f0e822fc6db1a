package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Builds a view anew, from the whole history, beside the one that is served; live feed and queries go on. Interrupted at
 * any line and run again, it goes on where it was.
 *
 * <p>The new generation is announced first, so that the live feed writes it too. When every function that may not know
 * of the announcement has ended, segments of the event table are scanned side by side, consistently: whatever a scan does
 * not see is appended later, and delivered to functions that know of both. So one scan is enough, and no second one need
 * compare all heads. The commits of a stream are stepped in memory and written with those of other streams, a hundred
 * parts in a transaction; a stream that the live feed has met already, or that is too large, goes the way of every
 * repair. Then the new generation is served. It can only be made from a projection: no effect can happen here.
 *
 * <p>Costs a read unit for each started 4 KB of the event table, and the writes of the view.
 */
public final class Rebuild {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int MAX_PARTS = 100;
    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;
    private static final long FIRST_PATIENCE_NANOS = 50_000_000;
    private static final long LONGEST_PATIENCE_NANOS = 4_000_000_000L;

    private final StreamEngine<?, ?> engine;
    private final EventScan scan;
    private final Plan plan;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final DoubleAdder units = new DoubleAdder();
    private final long startedAt = System.nanoTime();

    Rebuild(StreamEngine<?, ?> engine, EventScan scan, Plan plan) {
        this.engine = engine;
        this.scan = scan;
        this.plan = plan;
    }

    /**
     * How to go about it.
     *
     * @param segments how many parts of the event table are read side by side, 1 to 64; an interrupted rebuild goes on
     *     with the number it began with
     * @param readUnits the most read units of the event table in a second; 0 for no ceiling
     * @param settle the longest that a function of the live feed may run, which may not know of the announcement
     * @param keep whether the generation served before stays, written by the live feed, to switch back to
     * @param progress hears of the progress, from any thread
     */
    public record Plan(int segments, int readUnits, Duration settle, boolean keep, Consumer<Progress> progress) {
        public Plan {
            if (segments < 1 || segments > 64) {
                throw new IllegalArgumentException("A rebuild has 1 to 64 segments, not " + segments);
            }
            if (readUnits < 0) {
                throw new IllegalArgumentException("A ceiling of read units is not negative");
            }
        }
    }

    /**
     * How far it has come.
     *
     * @param doing what is being done, a few words
     * @param events the events read by this run
     * @param commits the commits read by this run
     * @param ofCommits how many commits the table has, as far as is known; 0 where it is not
     * @param elapsed since this run began
     */
    public record Progress(String doing, long events, long commits, long ofCommits, Duration elapsed) {}

    /**
     * What came of it.
     *
     * @param generation the generation that is served now
     * @param events the events read by this run
     * @param readUnits what reading them took of the event table
     */
    public record Built(int generation, long events, double readUnits) {}

    /** The new generation is not served, because it cannot be; the old one still is. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** The rebuild was cut off; run again, it goes on where it was. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(Throwable cause) {
            super("The rebuild was cut off; run again, it goes on where it was: " + cause.getMessage(), cause);
        }
    }

    /**
     * Builds, compares, switches, and deletes what was served before.
     *
     * @throws Failed if the new generation cannot be served; the old one still is
     */
    public Built run() {
        GenerationPointer pointer = announce();
        if (pointer.building() != null) {
            int number = other(pointer);
            Generation generation = engine.table().generation(number);
            build(generation, pointer);
            compare(generation, engine.table().generation(pointer.serving()));
            pointer = update(now -> switched(now, number));
        }
        clean(pointer);
        return new Built(pointer.serving(), events.get(), units.sum());
    }

    /** Serves what was built; null where another run of the same rebuild has done so already. */
    private @Nullable GenerationPointer switched(GenerationPointer now, int number) {
        if (now.building() != null && Objects.equals(now.other(), number)) {
            return now.switched(plan.keep());
        }
        if (now.serving() == number) {
            return null;
        }
        throw new Failed("Another rebuild, of another version of the projection, has begun meanwhile and goes on.");
    }

    /** Serves the generation again that was kept when the last rebuild ended. */
    public Built back() {
        GenerationPointer pointer = update(now -> {
            if (now.other() == null || now.building() != null) {
                throw new Failed("There is no generation to switch back to: the last rebuild did not keep it.");
            }
            return now.switched(true);
        });
        return new Built(pointer.serving(), 0, 0);
    }

    private static int other(GenerationPointer pointer) {
        return Objects.requireNonNull(pointer.other(), "a generation beside the served one");
    }

    private interface Change {
        @Nullable
        GenerationPointer of(GenerationPointer now);
    }

    /** Changes the pointer item; a change to null leaves it as it is. */
    private GenerationPointer update(Change change) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            GenerationPointer now = engine.table().generations();
            GenerationPointer next = change.of(now);
            if (next == null) {
                return now;
            }
            if (engine.table().write(next)) {
                return engine.table().generations();
            }
            engine.pace().backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw new Failed("Others keep changing which generations the view has. Is another rebuild running?");
    }

    /**
     * The pointer with a generation to build: one that this version of the projection began, or a new one. None to build
     * where the last rebuild has switched already and was interrupted in its cleaning.
     */
    private GenerationPointer announce() {
        int version = engine.machine().version();
        return update(now -> {
            if (now.rev() == 0) {
                return announced(now.begunBy(version));
            }
            if (now.other() == null) {
                return announced(now);
            }
            if (now.building() == null) {
                boolean onlyToClean = !now.kept() && now.machine(now.serving(), version) == version;
                return onlyToClean ? null : announced(now.dropping());
            }
            return now.machine(other(now), version) == version ? null : announced(now.dropping());
        });
    }

    private GenerationPointer announced(GenerationPointer pointer) {
        return pointer.announcing(engine.machine().version(), engine.clock().instant(), plan.segments());
    }

    /** Deletes what is not served, when nobody can be reading or writing it any more. */
    private void clean(GenerationPointer switched) {
        GenerationPointer pointer = switched.other() == null || switched.kept()
                ? switched
                : update(now -> now.other() == null || now.building() != null ? null : now.dropping());
        if (pointer.dropped().isEmpty()) {
            return;
        }
        report("waiting for the functions that use the old one", 0);
        waitUntil(engine.clock().instant().plus(plan.settle()));
        for (int gone : pointer.dropped()) {
            patiently(() -> {
                engine.table().delete(gone);
                return gone;
            });
            update(now -> now.without(gone));
        }
    }

    private void build(Generation generation, GenerationPointer pointer) {
        long all = scan.commits();
        report("waiting for the functions that began before", all);
        waitUntil(Objects.requireNonNull(pointer.building()).plus(plan.settle()));
        sideBySide(pointer.segments(), segment -> new Segment(generation, segment, pointer.segments(), all).run());
    }

    /** A view that stands still where the one before goes on is no better one. */
    private static void compare(Generation generation, Generation served) {
        Set<String> before = new HashSet<>();
        served.parked().forEach(one -> before.add(one.stream()));
        List<String> parked = generation.parked().stream()
                .map(Generation.Standing::stream)
                .filter(stream -> !before.contains(stream))
                .toList();
        if (!parked.isEmpty()) {
            throw new Failed("The new view stands still at " + parked.size() + " streams at which the old one goes on: "
                    + String.join(", ", parked.subList(0, Math.min(3, parked.size())))
                    + ". Repair the slice, redrive them, and run the rebuild again.");
        }
    }

    /** Asks again, later each time, where DynamoDB cannot do its part at once. */
    private <T> T patiently(Supplier<T> request) {
        for (int tries = 1; ; tries++) {
            try {
                return request.get();
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
                engine.pace().backOff(tries, FIRST_PATIENCE_NANOS, LONGEST_PATIENCE_NANOS);
            }
        }
    }

    /** Works on all segments at the same time; one that fails does not stop the others, but the whole fails then. */
    private void sideBySide(int segments, IntConsumer work) {
        Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            int segment = i;
            tasks.add(() -> {
                try {
                    work.accept(segment);
                } catch (RuntimeException | Error e) {
                    troubles.add(e);
                }
            });
        }
        engine.pace().sideBySide(tasks);
        for (Throwable trouble : troubles) {
            throw new Interrupted(trouble);
        }
    }

    private void waitUntil(Instant then) {
        while (engine.clock().instant().isBefore(then)) {
            engine.pace()
                    .pause(Math.min(
                            LONGEST_PAUSE_NANOS,
                            Duration.between(engine.clock().instant(), then).toNanos() + 1));
        }
    }

    private void report(String doing, long all) {
        plan.progress()
                .accept(new Progress(
                        doing, events.get(), commits.get(), all, Duration.ofNanos(System.nanoTime() - startedAt)));
    }

    /** Lets no more be read than the ceiling allows, over all segments and since the beginning. */
    private void keepUnder(double more) {
        units.add(more);
        if (plan.readUnits() > 0) {
            long due = startedAt + (long) (units.sum() / plan.readUnits() * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                engine.pace().pause(left);
            }
        }
    }

    /** One part of the event table: streams in the order of the scan, each stepped in memory, written together. */
    private final class Segment {
        private final Generation generation;
        private final int segment;
        private final int of;
        private final long all;
        private final List<Generation.Share> shares = new ArrayList<>();
        private final Set<RowKey> totals = new HashSet<>();
        private int bytes;
        private StreamEngine<?, ?>.@Nullable Run run;
        private boolean handedOver;
        private EventScan.@Nullable After written;
        private EventScan.@Nullable After seen;

        Segment(Generation generation, int segment, int of, long all) {
            this.generation = generation;
            this.segment = segment;
            this.of = of;
            this.all = all;
        }

        void run() {
            String done = engine.table().progress(generation.number(), segment);
            Mark mark = done == null ? new Mark(null, 0, false) : Mark.read(done);
            if (mark.done()) {
                return;
            }
            EventScan.After after =
                    mark.stream() == null ? null : new EventScan.After(StreamId.parse(mark.stream()), mark.version());
            do {
                EventScan.After from = after;
                EventScan.ScanPage page = patiently(() -> scan.page(segment, of, from));
                keepUnder(page.units());
                for (Map<String, AttributeValue> item : page.items()) {
                    take(item);
                }
                commits.addAndGet(page.items().size());
                report("reading", all);
                after = page.next();
            } while (after != null);
            endStream();
            flush();
            engine.table().progress(generation.number(), segment, new Mark(null, 0, true).text());
        }

        private void take(Map<String, AttributeValue> item) {
            EventScan.After at = EventScan.place(item);
            if (at == null) {
                return;
            }
            if (run == null || !run.stream().equals(at.stream())) {
                endStream();
                run = engine.begin(generation, at.stream());
                handedOver = false;
            }
            seen = at;
            if (handedOver) {
                return;
            }
            try {
                Commit commit = CommitItem.read(item);
                events.addAndGet(commit.events().size());
                if (commit.version() == run.position() + 1) {
                    run.step(commit);
                } else {
                    handedOver = true;
                }
            } catch (StreamEngine.StaleFoldItem
                    | StreamEngine.BatchRejected
                    | StreamEngine.Poison
                    | StoreFailure.Corrupted
                    | IllegalArgumentException e) {
                handedOver = true;
            }
        }

        /** The stream in memory is complete: it goes with others, or the way of every repair. */
        private void endStream() {
            StreamEngine<?, ?>.Run ended = run;
            run = null;
            if (ended == null) {
                return;
            }
            if (handedOver || ended.begun()) {
                finish(ended);
                return;
            }
            Set<RowKey> more = new HashSet<>(totals);
            more.addAll(ended.merged().writes().keySet());
            int size = Generation.bytes(ended.merged().writes());
            if (shares.size() + 1 + more.size() > MAX_PARTS || bytes + size > Generation.MAX_BYTES) {
                flush();
                more = new HashSet<>(ended.merged().writes().keySet());
            }
            totals.addAll(more);
            bytes += size;
            shares.add(new Generation.Share(
                    ended.stream(), ended.first(), ended.merged().writes()));
            written = seen;
        }

        private void finish(StreamEngine<?, ?>.Run ended) {
            try {
                if (!handedOver) {
                    ended.save();
                    written = seen;
                    return;
                }
            } catch (StreamEngine.StaleFoldItem | StreamEngine.BatchRejected e) {
                LOG.log(System.Logger.Level.DEBUG, "Somebody else writes the stream too", e);
            }
            patiently(() -> engine.catchUp(generation, ended.stream()));
            written = seen;
        }

        /** Null where it must be tried again; rows that DynamoDB does not take are found stream by stream. */
        private @Nullable Set<StreamId> begin() {
            try {
                return generation.begin(shares);
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
                return null;
            } catch (DynamoDbException e) {
                LOG.log(System.Logger.Level.DEBUG, "Streams that cannot be written together", e);
                Set<StreamId> all = new HashSet<>();
                shares.forEach(share -> all.add(share.stream()));
                return all;
            }
        }

        private void flush() {
            for (int tries = 1; !shares.isEmpty() && tries <= MAX_TRIES; tries++) {
                Set<StreamId> there = begin();
                if (there == null) {
                    engine.pace().backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
                } else if (there.isEmpty()) {
                    shares.clear();
                } else {
                    there.forEach(stream -> patiently(() -> engine.catchUp(generation, stream)));
                    shares.removeIf(share -> there.contains(share.stream()));
                }
            }
            shares.forEach(share -> patiently(() -> engine.catchUp(generation, share.stream())));
            shares.clear();
            totals.clear();
            bytes = 0;
            if (written != null) {
                engine.table()
                        .progress(
                                generation.number(),
                                segment,
                                new Mark(written.stream().toString(), written.version(), false).text());
            }
        }
    }

    /** How far a segment has come: after this commit, or all the way. */
    record Mark(@Nullable String stream, long version, boolean done) {
        static Mark read(String text) {
            try {
                return Json.mapper().readValue(text, Mark.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The progress of a rebuild cannot be read: " + text, e);
            }
        }

        String text() {
            return Json.mapper().valueToTree(this).toString();
        }
    }
}
