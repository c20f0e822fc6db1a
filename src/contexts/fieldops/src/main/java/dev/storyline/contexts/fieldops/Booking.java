package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.RowKey;
import java.time.Instant;

/**
 * The period that a job needs of a crew: a row of the crew schedule, also read by the gatekeeper of assign-crew.
 *
 * @param crewId the crew
 * @param jobId the job
 * @param rateClass the rate class of the crew on this job
 * @param start the planned start of the job
 * @param end the planned end; the crew may begin another job at that moment
 * @param completed whether the job is completed, so that the crew is free
 */
public record Booking(CrewId crewId, JobId jobId, String rateClass, Instant start, Instant end, boolean completed) {
    /** The declared name of the projection that writes the schedule. */
    public static final String PROJECTION = "crew-schedule";

    /** The bookings of one crew stand together, the earliest first. */
    public static String partition(CrewId crew) {
        return "crew#" + crew.value();
    }

    /** The key of the row. */
    public RowKey key() {
        return new RowKey(partition(crewId), FieldOps.sortable(start) + "#" + jobId.value());
    }
}
