package dev.storyline.projections;

import dev.storyline.common.Backoff;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of an event table: a few segments of it are built as in a rebuild, by the same code, into a table that
 * is none, which counts what is written. It reads 2,000 commits or 4 MB about, whatever the size of the table, and changes
 * nothing.
 */
final class RebuildSample implements SegmentBuilder.Counter {
    private static final int PARTS = 4;
    private static final int COMMITS_OF_A_PART = 500;
    private static final int PAGES_OF_A_PART = 4;
    private static final int MOST_SEGMENTS = 1_000_000;
    private static final int PAGE_BYTES = 4096;

    private final EventScan scan;
    private final EngineContext<?, ?> context;
    private final Backoff backoff;
    private final Set<StreamId> streams = new HashSet<>();
    private long commits;
    private long events;
    private double readUnits;
    private boolean cut;

    RebuildSample(EventScan scan, EngineContext<?, ?> context, Backoff backoff) {
        this.scan = scan;
        this.context = context;
        this.backoff = backoff;
    }

    /** Counts the streams and events of a page before they are stepped. */
    @Override
    public void commit(Commit commit) {
        streams.add(commit.stream());
        events += commit.events().size();
    }

    @Override
    public void page(int more) {
        commits += more;
    }

    /**
     * Samples the table.
     *
     * @param waits how long the rebuild will wait
     */
    RebuildEstimate estimate(Duration waits) {
        EventScan.TableSize size = scan.size();
        int segments = Math.clamp(size.commits() / COMMITS_OF_A_PART, 1, MOST_SEGMENTS);
        int parts = Math.min(PARTS, segments);
        UnwrittenDynamoDb nowhere = new UnwrittenDynamoDb();
        EngineContext<?, ?> writing = context.unwritten(nowhere);
        SegmentBuilder.Target target =
                new SegmentBuilder.Target(writing.table(), writing.table().generation(0), new StreamApplier<>(writing));
        for (int part = 0; part < parts; part++) {
            int segment = (int) ((long) segments * part / parts);
            // A sample that ends inside a segment leaves a stream that is not complete; a small table is read whole.
            int pages = segments == 1 ? PARTS * PAGES_OF_A_PART : PAGES_OF_A_PART;
            new SegmentBuilder(pages(segment, segments, pages), "sample-" + part, target, this, backoff).run();
        }
        boolean exact = segments <= parts && !cut;
        double times = exact || commits == 0 ? 1 : Math.max(size.commits(), commits) / (double) commits;
        long all = exact ? commits : Math.max(size.commits(), commits);
        long allStreams = Math.round(streams.size() * times);
        double bytes = Math.max((double) size.bytes(), readUnits * times * PAGE_BYTES);
        // A consistent scan, then heads and positions at half the price; and the old and the new view, where the old
        // one is
        // looked for to delete it.
        double reads = bytes / PAGE_BYTES * 1.5 + allStreams / 2.0 + nowhere.bytes() * times / PAGE_BYTES;
        // What is written is deleted one day: so is the old generation, which is taken to be as large.
        double writes = (nowhere.units() + nowhere.items()) * times;
        return new RebuildEstimate(
                exact,
                commits,
                streams.size(),
                all,
                Math.round(bytes),
                allStreams,
                Math.round(events * times),
                Math.round(nowhere.items() * times),
                (long) Math.ceil(reads),
                (long) Math.ceil(writes),
                waits.toSeconds());
    }

    private SegmentBuilder.Source pages(int segment, int of, int most) {
        int[] pages = new int[1];
        return after -> {
            EventScan.ScanPage page = scan.page(segment, of, after, COMMITS_OF_A_PART);
            readUnits += page.units();
            boolean over = ++pages[0] >= most && page.next() != null;
            cut |= over;
            return over ? ended(page) : page;
        };
    }

    private static EventScan.ScanPage ended(EventScan.ScanPage page) {
        EventScan.@Nullable After none = null;
        return new EventScan.ScanPage(List.copyOf(page.items()), none, page.units());
    }
}
