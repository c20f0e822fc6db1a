package dev.storyline.projections;

import java.util.ArrayList;
import java.util.List;

/**
 * How a view, or the positions of an event handler, stand to a restored event table.
 *
 * @param streams the streams of the restored table that were folded
 * @param behind how many of them have events that the position has not reached: nothing to worry about, a feed catches up
 * @param ahead how many streams have a position that the restored table does not reach
 * @param foreign how many have another commit at their position than the restored table: another history
 * @param differing how many have other rows than their events amount to; shared totals are not compared
 * @param unreadable how many cannot be folded to their end
 * @param skipped how many differ or cannot be folded, and have a commit that an operator skipped; they are counted here only
 * @param first the first streams that are ahead, foreign, differing or unreadable
 * @param next where the next part begins; empty after the last one
 */
public record RestoreFindings(
        long streams,
        long behind,
        long ahead,
        long foreign,
        long differing,
        long unreadable,
        long skipped,
        List<Deviation> first,
        String next) {
    /** The most streams that are named. */
    static final int SHOWN = 10;

    public RestoreFindings {
        first = List.copyOf(first);
    }

    /**
     * A stream that was found.
     *
     * @param stream the stream
     * @param what {@code ahead}, {@code foreign}, {@code differing} or {@code unreadable}
     * @param sentence what exactly
     */
    public record Deviation(String stream, String what, String sentence) {}

    /** The counts while they grow. Thread-safe. */
    static final class Count {
        private final List<Deviation> first = new ArrayList<>();
        private long streams;
        private long behind;
        private long ahead;
        private long foreign;
        private long differing;
        private long unreadable;
        private long skipped;

        synchronized void folded() {
            streams++;
        }

        synchronized void behind() {
            behind++;
        }

        synchronized void skipped() {
            skipped++;
        }

        synchronized void found(Deviation finding) {
            switch (finding.what()) {
                case "ahead" -> ahead++;
                case "foreign" -> foreign++;
                case "differing" -> differing++;
                default -> unreadable++;
            }
            if (first.size() < SHOWN) {
                first.add(finding);
            }
        }

        synchronized RestoreFindings next(String next) {
            return new RestoreFindings(streams, behind, ahead, foreign, differing, unreadable, skipped, first, next);
        }
    }
}
