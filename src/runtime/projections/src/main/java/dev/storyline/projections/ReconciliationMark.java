package dev.storyline.projections;

import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a round of reconciliation has come. Stored under the names of these components, each write conditional on {@code
 * rev}.
 *
 * @param places how far each segment has come; there are as many segments as places. A round that an older version of
 *     Storyline began has none, and one segment
 * @param stream the stream of the last commit that such an older round looked at; null in all others
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
record ReconciliationMark(
        @Nullable List<SegmentPlace> places,
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
    ReconciliationMark {
        places = places == null ? List.of(new SegmentPlace(stream, version, done)) : List.copyOf(places);
        stream = null;
        version = 0;
    }

    @Override
    public List<SegmentPlace> places() {
        return places == null ? List.of() : places;
    }

    /**
     * How far a segment has come.
     *
     * @param stream the stream of the last commit that was looked at; null at the beginning and at the end
     * @param version the version of this commit
     * @param done whether the segment is complete
     */
    record SegmentPlace(@Nullable String stream, long version, boolean done) {
        static final SegmentPlace BEGINNING = new SegmentPlace(null, 0, false);

        /** Behind a page after which the next one begins there; null if it was the last one. */
        static SegmentPlace behind(EventScan.@Nullable After next) {
            return next == null
                    ? new SegmentPlace(null, 0, true)
                    : new SegmentPlace(next.stream().toString(), next.version(), false);
        }

        EventScan.@Nullable After after() {
            return stream == null ? null : new EventScan.After(StreamId.parse(stream), version);
        }
    }

    static ReconciliationMark beginning(int segments, Instant at, long rev) {
        return round(Collections.nCopies(segments, SegmentPlace.BEGINNING), false, at, 0, 0, 0, 0, rev);
    }

    private static ReconciliationMark round(
            List<SegmentPlace> places,
            boolean again,
            Instant at,
            long streams,
            long behind,
            long healed,
            double readUnits,
            long rev) {
        return new ReconciliationMark(places, null, 0, again, false, at, streams, behind, healed, readUnits, rev);
    }

    /** The segments that are not complete. */
    List<Integer> open() {
        return IntStream.range(0, places().size())
                .filter(segment -> !places().get(segment).done())
                .boxed()
                .toList();
    }

    ReconciliationMark askedAgain() {
        return round(places(), true, at, streams, behind, healed, readUnits, rev);
    }

    /** A segment has come so far. */
    ReconciliationMark passed(
            int segment, SegmentPlace next, long moreStreams, long moreBehind, long moreHealed, double moreUnits) {
        List<SegmentPlace> moved = new ArrayList<>(places());
        moved.set(segment, next);
        return round(
                moved,
                again,
                at,
                streams + moreStreams,
                behind + moreBehind,
                healed + moreHealed,
                readUnits + moreUnits,
                rev);
    }

    /** Streams that are still behind are found again, so they are not counted twice. */
    ReconciliationMark startedAgain(int segments, Instant now) {
        return round(
                Collections.nCopies(segments, SegmentPlace.BEGINNING), false, now, 0, healed, healed, readUnits, rev);
    }

    /** All segments are complete, and no other round follows. */
    ReconciliationMark ended() {
        return new ReconciliationMark(places(), null, 0, again, true, at, streams, behind, healed, readUnits, rev);
    }

    ReconciliationMark written() {
        return written(rev + 1);
    }

    /** The same, of which this revision is stored, or an earlier state of it. */
    ReconciliationMark written(long revision) {
        return new ReconciliationMark(places(), null, 0, again, done, at, streams, behind, healed, readUnits, revision);
    }

    Repair.Report report() {
        return new Repair.Report(streams, behind, healed, readUnits, done, null);
    }
}
