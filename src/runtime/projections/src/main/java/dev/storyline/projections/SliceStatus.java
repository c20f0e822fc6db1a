package dev.storyline.projections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a view or an event handler does.
 *
 * @param lagMillis how many milliseconds ago the first event was decided that a stream has not applied, of the stream that
 *     waits longest; null where no stream was found behind. Parked streams do not count.
 * @param behind how many streams were found behind
 * @param looked at how many streams the look has looked
 * @param whole whether these are all streams; otherwise they are a part that changes from look to look
 * @param passing how many streams are parked and go on by themselves
 * @param forPerson how many streams are parked until somebody acts
 * @param parkedSince when the one of them was parked that waits longest; null where none waits for somebody
 * @param outdated whether another version of the projection made the view, so that this one writes nothing
 * @param lastApplied when the feed last took commits; null if it has not taken any
 * @param commitsPerSecond how many it took in a second, in the last minute or since then
 * @param readUnits the read units of the event table that the look has used, and those of the fold items
 */
public record SliceStatus(
        @Nullable Long lagMillis,
        long behind,
        long looked,
        boolean whole,
        long passing,
        long forPerson,
        @Nullable Instant parkedSince,
        boolean outdated,
        @Nullable Instant lastApplied,
        double commitsPerSecond,
        double readUnits) {}
