package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the heads of all streams with their positions in a new generation, before it is served. A stream that is
 * missing or behind is brought to its head; what the live feed has lost meanwhile is found here. Interrupted, it goes on
 * after the last page.
 *
 * <p>Half a read unit for each 4 KB of the event table and for each stream.
 */
final class HeadCount {
    private final EventScan scan;
    private final SegmentBuilder.Target target;
    private final RebuildMeter meter;
    private final Patience patience;
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();

    HeadCount(EventScan scan, SegmentBuilder.Target target, RebuildMeter meter, Patience patience) {
        this.scan = scan;
        this.target = target;
        this.meter = meter;
        this.patience = patience;
    }

    /** The streams that were compared. */
    long streams() {
        return streams.get();
    }

    /** How many of them were missing or behind. */
    long behind() {
        return behind.get();
    }

    private static String part(int segment) {
        return "heads-" + segment;
    }

    /** Forgets how far an earlier comparison has come: it may be long ago. */
    void beginAnew(int segments) {
        for (int segment = 0; segment < segments; segment++) {
            if (target.table().progress(target.generation().number(), part(segment)) != null) {
                store(segment, new SegmentBuilder.Mark(null, 0, false));
            }
        }
    }

    /**
     * Compares one segment, or goes on with it.
     *
     * @return whether it is complete; otherwise the time of the function is over
     */
    boolean run(int segment, int of) {
        String stored = target.table().progress(target.generation().number(), part(segment));
        SegmentBuilder.Mark mark =
                stored == null ? new SegmentBuilder.Mark(null, 0, false) : SegmentBuilder.Mark.read(stored);
        while (!mark.done()) {
            if (Deadline.current().isNear()) {
                return false;
            }
            EventScan.After after =
                    mark.stream() == null ? null : new EventScan.After(StreamId.parse(mark.stream()), mark.version());
            EventScan.Reaches page = patience.ask(() -> scan.reaches(segment, of, after));
            compare(page);
            EventScan.After next = page.next();
            mark = next == null
                    ? new SegmentBuilder.Mark(null, 0, true)
                    : new SegmentBuilder.Mark(next.stream().toString(), next.version(), false);
            store(segment, mark);
            meter.page(page.commits());
        }
        return true;
    }

    private void store(int segment, SegmentBuilder.Mark mark) {
        target.table().progress(target.generation().number(), part(segment), mark.text());
    }

    private void compare(EventScan.Reaches page) {
        Map<StreamId, Long> heads = page.heads();
        Map<StreamId, FoldItem> folds =
                patience.ask(() -> target.generation().reader().folds(heads.keySet(), false));
        heads.forEach((stream, head) -> {
            if (FoldItem.isBehind(folds.get(stream), head)) {
                behind.incrementAndGet();
                ApplyResult applied = patience.ask(() -> target.catchUp(stream));
                if (applied instanceof ApplyResult.Reached(long version) && version < head) {
                    throw new Rebuild.Failed("The new view is at version " + version + " of the stream " + stream
                            + ", whose head is at " + head + ": the event table has a gap there.");
                }
            }
        });
        streams.addAndGet(heads.size());
    }
}
