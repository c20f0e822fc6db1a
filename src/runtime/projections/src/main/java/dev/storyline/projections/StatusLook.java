package dev.storyline.projections;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks how a view or an event handler does, at a bounded price: at one page of the event table and the positions of its
 * streams. A small table is one page. Of a larger one each look takes another part.
 */
final class StatusLook {
    /** Below the commits of a page of the scan, because segments are not equally large. */
    private static final long COMMITS_OF_A_LOOK = 1_000;

    /** What is looked at each minute: some 13 read units for commits of half a KB, and the positions of their streams. */
    private static final int COMMITS_OF_A_GLANCE = 20;

    private static final int MOST_SEGMENTS = 1_000_000;

    /** The most streams whose first missing event is read. */
    private static final int MOST_READ = 25;

    private static final double UNITS_OF_A_FOLD = 0.5;

    private final ViewTable table;
    private final LiveGenerations generations;
    private final ParkedRegister register;
    private final EventStore store;
    private final EventScan scan;
    private final Clock clock;

    /** Which part was looked at last; 0 before the first. */
    private final AtomicLong glances = new AtomicLong();

    StatusLook(EngineContext<?, ?> context, LiveGenerations generations, EventScan scan) {
        this.table = context.table();
        this.generations = generations;
        this.register = new ParkedRegister(generations);
        this.store = context.store();
        this.scan = scan;
        this.clock = context.clock();
    }

    /** The streams that were looked at, and the oldest event that one of them misses. */
    private record Positions(
            long behind,
            long looked,
            boolean whole,
            @Nullable Instant oldest,
            double units) {}

    private static final class Waiting {
        private long passing;
        private long forPerson;
        private @Nullable Instant since;

        private void add(Parked parked) {
            if (!parked.waitsForOperator()) {
                passing++;
                return;
            }
            forPerson++;
            since = since == null || parked.at().isBefore(since) ? parked.at() : since;
        }
    }

    SliceStatus look() {
        Instant now = clock.instant();
        boolean outdated = generations.live().isEmpty();
        int served = table.generations().serving();
        Waiting waiting = new Waiting();
        register.forEach(entry -> {
            if (entry.place().generation() == served) {
                waiting.add(entry.parked());
            }
        });
        Positions positions =
                positions(table.generation(served), COMMITS_OF_A_LOOK, EventScan.PAGE_ITEMS, now.getEpochSecond());
        FeedPace.Told told = table.taken();
        return new SliceStatus(
                positions.oldest() == null
                        ? null
                        : Math.max(0, Duration.between(positions.oldest(), now).toMillis()),
                positions.behind(),
                positions.looked(),
                positions.whole(),
                waiting.passing,
                waiting.forPerson,
                waiting.since,
                outdated,
                told == null ? null : told.at(),
                told == null ? 0 : told.perSecond(now),
                positions.units());
    }

    /**
     * How long ago the first event was decided that a stream has not applied, of the streams of some twenty commits; null if
     * none is behind. Each call looks at others. Parked streams do not count.
     */
    @Nullable
    Duration oldestBehind() {
        // Part after part: by the second, whoever looks each minute would meet the same parts again and again.
        long minute = clock.instant().getEpochSecond() / 60;
        Positions positions = positions(
                table.generation(table.generations().serving()),
                COMMITS_OF_A_GLANCE,
                2 * COMMITS_OF_A_GLANCE,
                glances.updateAndGet(before -> before == 0 ? minute : before + 1));
        return positions.oldest() == null ? null : Duration.between(positions.oldest(), clock.instant());
    }

    /**
     * Looks at a part of the table.
     *
     * @param commits how many commits a part has
     * @param most the most commits that are read, because parts are not equally large
     * @param turn which part
     */
    private Positions positions(Generation generation, long commits, int most, long turn) {
        long segments = Math.clamp(1 + scan.size().commits() / commits, 1, MOST_SEGMENTS);
        int segment = (int) Math.floorMod(turn, segments);
        EventScan.Reaches page = scan.reaches(segment, (int) segments, null, most);
        Map<StreamId, Long> reaches = page.heads();
        Map<StreamId, FoldItem> folds = generation.reader().folds(reaches.keySet(), false);
        long behind = 0;
        Instant oldest = null;
        for (Map.Entry<StreamId, Long> reach : reaches.entrySet()) {
            if (!FoldItem.isBehind(folds.get(reach.getKey()), reach.getValue())) {
                continue;
            }
            // The first look was not consistent.
            FoldItem fold = generation.reader().fold(reach.getKey());
            if (FoldItem.isBehind(fold, reach.getValue())) {
                behind++;
                Instant missed = behind > MOST_READ ? null : firstMissed(reach.getKey(), fold == null ? 0 : fold.pos());
                oldest = oldest == null || (missed != null && missed.isBefore(oldest)) ? missed : oldest;
            }
        }
        return new Positions(
                behind,
                reaches.size(),
                segments == 1 && page.next() == null,
                oldest,
                page.units() + UNITS_OF_A_FOLD * reaches.size());
    }

    private @Nullable Instant firstMissed(StreamId stream, long position) {
        List<Commit> found = new ArrayList<>();
        store.read(stream, position, position + 1, found::add);
        return found.isEmpty() ? null : found.getFirst().at();
    }
}
