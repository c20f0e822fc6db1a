package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rounds over all streams of an event table, which compare heads with positions, some segments of the table side by side.
 * A stored mark says how far a round has come, so that a round may take several invocations, and no stream is never looked
 * at. Whoever asks for a round while one is under way gets one more behind it, because the one under way may have passed
 * what it asks for. Memory holds, for each segment, the heads and the positions of one page.
 */
final class Reconciliation {
    /** How many parts of the event table are looked at side by side. */
    static final int SEGMENTS = 4;

    private final ViewTable table;
    private final Function<CapacityCeilings, Reading> reading;
    private final Clock clock;
    private final ParallelTasks tasks;

    /**
     * Rounds over the streams of one view or event handler.
     *
     * @param table has the mark
     * @param reading what a round reads, below ceilings
     */
    Reconciliation(ViewTable table, Function<CapacityCeilings, Reading> reading, Clock clock, ParallelTasks tasks) {
        this.table = table;
        this.reading = reading;
        this.clock = clock;
        this.tasks = tasks;
    }

    /** The heads and the positions. */
    record Reading(EventScan scan, LiveGenerations generations) {}

    /**
     * A round over all streams from now on. A round whose segments have one page each stores nothing.
     *
     * @param ceilings the most capacity that the looking consumes; what is healed is not held back
     * @param heal heals a stream, and says whether it is at its head now
     */
    Repair.Report begin(CapacityCeilings ceilings, Predicate<StreamId> heal) {
        ReconciliationMark mark = table.mark();
        if (mark == null || mark.done()) {
            ReconciliationMark first =
                    ReconciliationMark.beginning(SEGMENTS, clock.instant(), mark == null ? 0 : mark.rev());
            return new Round(reading.apply(ceilings), first, false, heal).run();
        }
        return new Round(reading.apply(ceilings), ask(), true, heal).run();
    }

    /** Stores that a whole round is to follow. */
    ReconciliationMark ask() {
        ReconciliationMark asked = null;
        while (asked == null) {
            ReconciliationMark mark = table.mark();
            asked = table.write(
                    mark == null || mark.done()
                            ? ReconciliationMark.beginning(SEGMENTS, clock.instant(), mark == null ? 0 : mark.rev())
                            : mark.askedAgain());
        }
        return asked;
    }

    /** The rest of a round that is not done. */
    Repair.Report goOn(CapacityCeilings ceilings, Predicate<StreamId> heal) {
        ReconciliationMark mark = table.mark();
        return mark == null || mark.done()
                ? new Repair.Report(0, 0, 0, 0, true, null)
                : new Round(reading.apply(ceilings), mark, true, heal).run();
    }

    /** One invocation's part of a round. */
    private final class Round {
        private final Reading from;
        private final Predicate<StreamId> heal;
        private ReconciliationMark mark;
        private boolean stored;
        private boolean unsaved;
        private boolean saving;

        /** Counts the changes of the mark that make pages under way worthless. */
        private int turns;

        Round(Reading from, ReconciliationMark mark, boolean stored, Predicate<StreamId> heal) {
            this.from = from;
            this.mark = mark;
            this.stored = stored;
            this.heal = heal;
        }

        Repair.Report run() {
            while (!mark.done() && !Deadline.current().isNear()) {
                List<Integer> open = mark.open();
                if (open.isEmpty()) {
                    ended();
                } else {
                    inParallel(open);
                }
            }
            if (mark.done() || stored || table.write(mark) != null) {
                return mark.report();
            }
            return ask().report();
        }

        private void inParallel(List<Integer> open) {
            List<RuntimeException> failures = new ArrayList<>();
            int turn = turns;
            int of = mark.places().size();
            List<Runnable> all = new ArrayList<>();
            for (int segment : open) {
                all.add(() -> {
                    try {
                        segment(segment, of, turn);
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                });
            }
            tasks.runAll(all);
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }

        /** Passes pages of a segment until it is complete, the time is over, or the mark is another one. */
        private void segment(int segment, int of, int turn) {
            ReconciliationMark.SegmentPlace place = place(segment, turn);
            while (place != null && !Deadline.current().isNear()) {
                LookedAt page = look(segment, of, place);
                place = page == null ? null : passed(segment, turn, page);
            }
        }

        /** Where a segment stands; null if it is complete, or the round is another one. */
        private synchronized ReconciliationMark.@Nullable SegmentPlace place(int segment, int turn) {
            return turn != turns || mark.places().get(segment).done()
                    ? null
                    : mark.places().get(segment);
        }

        private ReconciliationMark.@Nullable SegmentPlace passed(int segment, int turn, LookedAt page) {
            synchronized (this) {
                if (turn != turns) {
                    return null;
                }
                mark = mark.passed(segment, page.next(), page.streams(), page.behind(), page.healed(), page.units());
                unsaved = true;
                if (page.next().done() && !stored) {
                    return null;
                }
            }
            save();
            return place(segment, turn);
        }

        /**
         * Writes the mark, unless another segment is at it: that one then writes what has changed meanwhile, too. No lock
         * is held during a call: a thread that waits for it could not go on meanwhile.
         */
        private void save() {
            for (ReconciliationMark next = unsaved(); next != null; next = unsaved()) {
                boolean called = false;
                try {
                    ReconciliationMark written = table.write(next);
                    ReconciliationMark other = written == null ? joined(next) : null;
                    called = true;
                    saved(written, other);
                } finally {
                    if (!called) {
                        saved(null, null);
                    }
                }
            }
        }

        private synchronized @Nullable ReconciliationMark unsaved() {
            if (saving || !unsaved) {
                return null;
            }
            saving = true;
            unsaved = false;
            stored = true;
            return mark;
        }

        /** The mark was written, or is that of another invocation now, or neither if both are null. */
        private synchronized void saved(@Nullable ReconciliationMark written, @Nullable ReconciliationMark other) {
            saving = false;
            if (written != null) {
                mark = mark.written(written.rev());
            } else if (other != null) {
                mark = other;
                turns++;
                unsaved = false;
            } else {
                unsaved = true;
            }
        }

        /** All segments are complete. */
        private void ended() {
            mark = mark.again() ? mark.startedAgain(SEGMENTS, clock.instant()) : mark.ended();
            turns++;
            unsaved = true;
            if (stored) {
                save();
            }
        }

        /** Looks at one page; null if the time is over before all of its streams are healed. */
        private @Nullable LookedAt look(int segment, int of, ReconciliationMark.SegmentPlace place) {
            EventScan.Reaches page = from.scan().reaches(segment, of, place.after());
            Map<StreamId, Long> reaches = page.heads();
            List<Generation> live = from.generations().live();
            long behind = 0;
            long healed = 0;
            for (StreamId stream : behind(live, reaches)) {
                if (Deadline.current().isNear()) {
                    return null;
                }
                behind++;
                healed += heal.test(stream) ? 1 : 0;
            }
            return new LookedAt(
                    ReconciliationMark.SegmentPlace.behind(page.next()), reaches.size(), behind, healed, page.units());
        }
    }

    /** What was found on a page, and where the next one begins. */
    private record LookedAt(
            ReconciliationMark.SegmentPlace next, long streams, long behind, long healed, double units) {}

    /**
     * The mark of another invocation. What it has looked at need not be looked at again, if its round is the same one, or
     * the one that follows; otherwise it may have looked too early.
     */
    private ReconciliationMark joined(ReconciliationMark mine) {
        ReconciliationMark other = table.mark();
        boolean counts = other != null
                && (other.at().equals(mine.at()) || (mine.again() && other.at().isAfter(mine.at())));
        return other != null && counts ? other : ask();
    }

    /** The streams whose position in any generation is before their head, without the parked ones. */
    private static Set<StreamId> behind(List<Generation> live, Map<StreamId, Long> reaches) {
        Set<StreamId> behind = new LinkedHashSet<>();
        for (Generation generation : live) {
            Map<StreamId, FoldItem> folds = generation.reader().folds(reaches.keySet(), false);
            reaches.forEach((stream, version) -> {
                if (FoldItem.isBehind(folds.get(stream), version)) {
                    behind.add(stream);
                }
            });
        }
        return behind;
    }
}
