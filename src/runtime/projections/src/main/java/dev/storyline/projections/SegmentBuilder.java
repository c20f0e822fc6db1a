package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Builds one segment of a generation: reads one part of the event table, steps each stream in memory, and writes the
 * streams together. Interrupted and run again, it continues after the last commit that it wrote.
 */
final class SegmentBuilder {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int MAX_PARTS = 100;
    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final Source source;
    private final String part;
    private final Target target;
    private final Counter counter;
    private final Backoff backoff;
    private final Patience patience;

    private final List<GenerationWriter.Share> shares = new ArrayList<>();
    private final Set<RowKey> rowsOfShares = new HashSet<>();
    private int bytes;
    private @Nullable StreamRun<?, ?> run;
    private boolean leftToCatchUp;
    private EventScan.@Nullable After written;
    private EventScan.@Nullable After seen;

    /** Counts what a segment reads. */
    interface Counter {
        /** A commit is about to be stepped over. */
        void commit(Commit commit);

        /** A page of so many commits has been passed. */
        void page(int commits);
    }

    /** What a segment reads. */
    interface Source {
        /** The next page of commits, after this place; null to begin. */
        EventScan.ScanPage page(EventScan.@Nullable After after);
    }

    /**
     * One segment of the event table. A page has as many commits as the ceiling of read units grants in a second.
     *
     * @param scan the scan of the event table
     * @param segment which part of the table, from 0
     * @param of how many parts there are
     * @param meter knows the ceiling
     */
    static Source segment(EventScan scan, int segment, int of, RebuildMeter meter) {
        double[] unitsPerCommit = new double[1];
        return after -> {
            int most = meter.pageItems(unitsPerCommit[0], of, EventScan.PAGE_ITEMS);
            EventScan.ScanPage page = scan.page(segment, of, after, most);
            if (!page.items().isEmpty()) {
                unitsPerCommit[0] = page.units() / page.items().size();
            }
            return page;
        };
    }

    /**
     * What a segment writes.
     *
     * @param table keeps the progress of the segment
     * @param generation the new generation
     * @param applier steps single streams
     */
    record Target(ViewTable table, Generation generation, StreamApplier<?, ?> applier) {
        /** Brings a stream up to its head, one stream at a time, as every repair does. */
        ApplyResult catchUp(StreamId stream) {
            ApplyResult applied = applier.catchUp(generation, stream);
            if (applied instanceof ApplyResult.Unfinished) {
                throw new TransientFailure("The time was over before the stream " + stream + " was at its head", null);
            }
            return applied;
        }
    }

    /**
     * Builds one segment.
     *
     * @param part the name under which its progress is stored
     */
    SegmentBuilder(Source source, String part, Target target, Counter counter, Backoff backoff) {
        this.source = source;
        this.part = part;
        this.target = target;
        this.counter = counter;
        this.backoff = backoff;
        this.patience = new Patience(backoff);
    }

    /**
     * Builds the segment, or goes on building it.
     *
     * @return whether it is complete; otherwise the time of the function is over
     */
    boolean run() {
        String stored = target.table().progress(target.generation().number(), part);
        Mark mark = stored == null ? new Mark(null, 0, false) : Mark.read(stored);
        if (mark.done()) {
            return true;
        }
        EventScan.After after =
                mark.stream() == null ? null : new EventScan.After(StreamId.parse(mark.stream()), mark.version());
        do {
            EventScan.After from = after;
            EventScan.ScanPage page = patience.ask(() -> source.page(from));
            for (Map<String, AttributeValue> item : page.items()) {
                take(item);
            }
            counter.page(page.items().size());
            after = page.next();
        } while (after != null && !Deadline.current().isNear());
        if (after != null) {
            endPart();
            return false;
        }
        endStream();
        flush();
        store(new Mark(null, 0, true));
        return true;
    }

    /**
     * Writes what is in memory, also the beginning of a stream that is not complete: however long a stream is, each run
     * comes further. Its end is behind the stored mark, and catches up alone.
     */
    private void endPart() {
        StreamRun<?, ?> begun = run;
        flush();
        if (begun == null) {
            return;
        }
        try {
            if (leftToCatchUp) {
                patience.ask(() -> target.catchUp(begun.stream()));
            } else {
                begun.save();
            }
            written = seen;
            flush();
        } catch (StreamRun.StaleFoldItem | StreamRun.BatchRejected e) {
            LOG.log(System.Logger.Level.DEBUG, "The live feed writes the same stream", e);
        }
    }

    private void take(Map<String, AttributeValue> item) {
        EventScan.After at = EventScan.place(item);
        if (at == null) {
            return;
        }
        if (run == null || !run.stream().equals(at.stream())) {
            endStream();
            run = target.applier().begin(target.generation(), at.stream());
            leftToCatchUp = false;
        }
        seen = at;
        if (leftToCatchUp) {
            return;
        }
        try {
            Commit commit = CommitItem.read(item);
            counter.commit(commit);
            if (commit.version() == run.position() + 1) {
                run.step(commit);
            } else {
                leftToCatchUp = true;
            }
        } catch (StreamRun.StaleFoldItem
                | StreamRun.BatchRejected
                | StreamRun.PoisonCommit
                | StoreFailure.Corrupted
                | IllegalArgumentException e) {
            leftToCatchUp = true;
        }
    }

    /** The stream in memory is complete: it is written with other streams, or catches up alone. */
    private void endStream() {
        StreamRun<?, ?> ended = run;
        run = null;
        if (ended == null) {
            return;
        }
        if (leftToCatchUp || ended.begun()) {
            finishAlone(ended);
            return;
        }
        Map<RowKey, RowWrite> rows = ended.merged().writes();
        Set<RowKey> more = new HashSet<>(rowsOfShares);
        more.addAll(rows.keySet());
        int size = GenerationWriter.bytes(rows);
        if (shares.size() + 1 + more.size() > MAX_PARTS || bytes + size > GenerationWriter.MAX_BYTES) {
            flush();
            more = new HashSet<>(rows.keySet());
        }
        rowsOfShares.addAll(more);
        bytes += size;
        shares.add(new GenerationWriter.Share(ended.stream(), ended.next(), rows));
        written = seen;
    }

    private void finishAlone(StreamRun<?, ?> ended) {
        try {
            if (!leftToCatchUp) {
                ended.save();
                written = seen;
                return;
            }
        } catch (StreamRun.StaleFoldItem | StreamRun.BatchRejected e) {
            LOG.log(System.Logger.Level.DEBUG, "The live feed writes the same stream", e);
        }
        patience.ask(() -> target.catchUp(ended.stream()));
        written = seen;
    }

    /** Writes the collected streams; those that cannot be written together catch up one by one. */
    private void flush() {
        for (int tries = 1; !shares.isEmpty() && tries <= MAX_TRIES; tries++) {
            Set<StreamId> alone = begin();
            if (alone == null) {
                backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            } else if (alone.isEmpty()) {
                shares.clear();
            } else {
                alone.forEach(stream -> patience.ask(() -> target.catchUp(stream)));
                shares.removeIf(share -> alone.contains(share.stream()));
            }
        }
        shares.forEach(share -> patience.ask(() -> target.catchUp(share.stream())));
        shares.clear();
        rowsOfShares.clear();
        bytes = 0;
        if (written != null) {
            store(new Mark(written.stream().toString(), written.version(), false));
        }
    }

    /** The streams that must catch up one by one, empty if all are written, null if the write must be tried again. */
    private @Nullable Set<StreamId> begin() {
        try {
            return target.generation().writer().begin(shares);
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
            return null;
        } catch (DynamoDbException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "DynamoDB rejects the rows of several streams; each is written alone",
                    e);
            Set<StreamId> all = new HashSet<>();
            shares.forEach(share -> all.add(share.stream()));
            return all;
        }
    }

    private void store(Mark mark) {
        target.table().progress(target.generation().number(), part, mark.text());
    }

    /** The progress of a segment: everything up to this commit is written, or the whole segment. Stored as JSON. */
    record Mark(@Nullable String stream, long version, boolean done) {
        static Mark read(String text) {
            try {
                return Json.mapper().readValue(text, Mark.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The stored progress of a rebuild cannot be read: " + text, e);
            }
        }

        String text() {
            return Json.mapper().valueToTree(this).toString();
        }
    }
}
