package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild will read and write, estimated from the description of the event table and from a sample of its commits
 * that the projection was stepped through.
 *
 * @param exact whether the sample was the whole table, so that everything is counted
 * @param sampledCommits the commits of the sample
 * @param sampledStreams the streams of the sample
 * @param commits the commits of the table; on AWS the description is some hours old
 * @param bytes the size of the table
 * @param streams the streams
 * @param events the events
 * @param items the rows and positions that the new generation will have, about: a row of several streams counts each time
 * @param readUnits the read units: one scan of all commits, a comparison of all heads, and the positions of all streams
 * @param writeUnits the write units: the new generation, and the deletion of the old one
 * @param waitSeconds how long the rebuild waits for functions and queries that began before
 */
public record RebuildEstimate(
        boolean exact,
        long sampledCommits,
        long sampledStreams,
        long commits,
        long bytes,
        long streams,
        long events,
        long items,
        long readUnits,
        long writeUnits,
        long waitSeconds) {
    /**
     * How long the rebuild takes at these ceilings, without the time that it waits: a lower bound, because DynamoDB or
     * the function may be slower.
     *
     * @return the seconds; null if there is no ceiling, so that nothing but DynamoDB and the function bound it
     */
    public @Nullable Long seconds(CapacityCeilings ceilings) {
        Long reading = ceilings.readUnits() == null ? null : readUnits / ceilings.readUnits() + 1;
        Long writing = ceilings.writeUnits() == null ? null : writeUnits / ceilings.writeUnits() + 1;
        if (reading == null || writing == null) {
            return reading == null ? writing : reading;
        }
        return Math.max(reading, writing);
    }
}
