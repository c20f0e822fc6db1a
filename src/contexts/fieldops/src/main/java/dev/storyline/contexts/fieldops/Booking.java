package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.RowKey;
import java.time.Instant;

/**
 * A crew's time that a job needs: a row of the crew schedule, also read by the gatekeeper of assign-crew.
 *
 * @param crewId whose time
 * @param jobId for which job
 * @param rateClass in which class it works there
 * @param start when the job begins
 * @param end when it ends; at that moment the crew may begin another one
 * @param completed whether the job is done, so that the time is free for others
 */
public record Booking(CrewId crewId, JobId jobId, String rateClass, Instant start, Instant end, boolean completed) {
    /** The declared name of the projection that writes the schedule. */
    public static final String PROJECTION = "crew-schedule";

    /** The bookings of one crew stand together, the earliest first. */
    public static String partition(CrewId crew) {
        return "crew#" + crew.value();
    }

    /** Where it stands. */
    public RowKey key() {
        return new RowKey(partition(crewId), FieldOps.sortable(start) + "#" + jobId.value());
    }
}
