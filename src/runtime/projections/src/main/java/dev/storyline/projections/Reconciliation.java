package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rounds over all streams of an event table, which compare heads with positions. A stored mark says how far a round has
 * come, so that a round may take several invocations, and no stream is never looked at. Whoever asks for a round while
 * one is under way gets one more behind it, because the one under way may have passed what it asks for.
 */
final class Reconciliation {
    private final ViewTable table;
    private final LiveGenerations generations;
    private final EventScan scan;
    private final Clock clock;

    Reconciliation(ViewTable table, LiveGenerations generations, EventScan scan, Clock clock) {
        this.table = table;
        this.generations = generations;
        this.scan = scan;
        this.clock = clock;
    }

    /**
     * How far a round has come. Stored under the names of these components, each write conditional on {@code rev}.
     *
     * @param stream the stream of the last commit that was looked at; null at the beginning
     * @param version the version of this commit
     * @param again whether another round must follow
     * @param done whether the round is complete
     * @param at when the round began
     * @param streams how many streams were examined
     * @param behind how many of them had missed events
     * @param healed how many of those came to their heads
     * @param readUnits the read units of the event table
     * @param rev counts the writes; 0 for a mark that does not exist yet
     */
    record Mark(
            @Nullable String stream,
            long version,
            boolean again,
            boolean done,
            Instant at,
            long streams,
            long behind,
            long healed,
            double readUnits,
            long rev) {
        static Mark beginning(Instant at, long rev) {
            return new Mark(null, 0, false, false, at, 0, 0, 0, 0, rev);
        }

        Mark askedAgain() {
            return new Mark(stream, version, true, done, at, streams, behind, healed, readUnits, rev);
        }

        /** Streams that are still behind are found again, so they are not counted twice. */
        Mark startedAgain(Instant now) {
            return new Mark(null, 0, false, false, now, 0, healed, healed, readUnits, rev);
        }

        Mark written() {
            return new Mark(stream, version, again, done, at, streams, behind, healed, readUnits, rev + 1);
        }

        private Repair.Report report() {
            return new Repair.Report(streams, behind, healed, readUnits, done, null);
        }
    }

    /**
     * A round over all streams from now on. A round that one invocation completes stores nothing.
     *
     * @param heal heals a stream, and says whether it is at its head now
     */
    Repair.Report begin(Predicate<StreamId> heal) {
        Mark mark = table.mark();
        if (mark == null || mark.done()) {
            return run(Mark.beginning(clock.instant(), mark == null ? 0 : mark.rev()), false, heal);
        }
        return run(ask(), true, heal);
    }

    /** Stores that a whole round is to follow. */
    Mark ask() {
        Mark asked = null;
        while (asked == null) {
            Mark mark = table.mark();
            asked = table.write(
                    mark == null || mark.done()
                            ? Mark.beginning(clock.instant(), mark == null ? 0 : mark.rev())
                            : mark.askedAgain());
        }
        return asked;
    }

    /** The rest of a round that is not done. */
    Repair.Report goOn(Predicate<StreamId> heal) {
        Mark mark = table.mark();
        return mark == null || mark.done() ? new Repair.Report(0, 0, 0, 0, true, null) : run(mark, true, heal);
    }

    private Repair.Report run(Mark from, boolean stored, Predicate<StreamId> heal) {
        Mark mark = from;
        boolean isStored = stored;
        while (!mark.done()) {
            Mark next = Deadline.current().isNear() ? null : page(mark, heal);
            if (next == null) {
                return isStored || table.write(mark) != null ? mark.report() : ask().report();
            }
            if (next.done() && !isStored) {
                return next.report();
            }
            Mark written = table.write(next);
            mark = written == null ? joined(mark) : written;
            isStored = true;
        }
        return mark.report();
    }

    /**
     * The mark of another invocation. What it has looked at need not be looked at again, if its round is the same one, or
     * the one that follows; otherwise it may have looked too early.
     */
    private Mark joined(Mark mine) {
        Mark other = table.mark();
        boolean counts = other != null
                && (other.at().equals(mine.at()) || (mine.again() && other.at().isAfter(mine.at())));
        return other != null && counts ? other : ask();
    }

    /** Looks at one page; null if the time is over before all of its streams are healed. */
    private @Nullable Mark page(Mark mark, Predicate<StreamId> heal) {
        EventScan.After after =
                mark.stream() == null ? null : new EventScan.After(StreamId.parse(mark.stream()), mark.version());
        EventScan.Reaches page = scan.reaches(0, 1, after);
        Map<StreamId, Long> reaches = new HashMap<>();
        page.reaches().forEach(reach -> reaches.merge(reach.stream(), reach.version(), Math::max));
        List<Generation> live = generations.live();
        long behind = 0;
        long healed = 0;
        for (StreamId stream : behind(live, reaches)) {
            if (Deadline.current().isNear()) {
                return null;
            }
            behind++;
            healed += heal.test(stream) ? 1 : 0;
        }
        EventScan.After next = page.next();
        Mark looked = new Mark(
                next == null ? null : next.stream().toString(),
                next == null ? 0 : next.version(),
                mark.again(),
                next == null,
                mark.at(),
                mark.streams() + reaches.size(),
                mark.behind() + behind,
                mark.healed() + healed,
                mark.readUnits() + page.units(),
                mark.rev());
        return looked.done() && looked.again() ? looked.startedAgain(clock.instant()) : looked;
    }

    /** The streams whose position in any generation is before their head, without the parked ones. */
    private static Set<StreamId> behind(List<Generation> live, Map<StreamId, Long> reaches) {
        Set<StreamId> behind = new LinkedHashSet<>();
        for (Generation generation : live) {
            Map<StreamId, FoldItem> folds = generation.reader().folds(reaches.keySet(), false);
            reaches.forEach((stream, version) -> {
                if (isBehind(folds.get(stream), version)) {
                    behind.add(stream);
                }
            });
        }
        return behind;
    }

    private static boolean isBehind(@Nullable FoldItem fold, long version) {
        return fold == null || (fold.standing() == null && fold.pos() < version);
    }
}
