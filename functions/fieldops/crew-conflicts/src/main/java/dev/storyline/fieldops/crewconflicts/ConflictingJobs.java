package dev.storyline.fieldops.crewconflicts;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.kernel.RowKey;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Two jobs for one time of a crew.
 *
 * @param crewId the crew
 * @param jobId the job whose work was logged later, or from which the crew was released
 * @param otherJob the other job
 * @param from the first moment of an open overlap; otherwise null
 * @param hours how long an open overlap is; otherwise null
 * @param at when it was recorded
 */
public record ConflictingJobs(
        CrewId crewId,
        JobId jobId,
        JobId otherJob,
        @Nullable Instant from,
        @Nullable BigDecimal hours,
        Instant at) {
    /** Hours that overlap. */
    static final String OPEN = "open";

    /** Hours that overlapped until they were corrected. */
    static final String SETTLED = "settled";

    /** A double booking that was resolved: the crew was released from one of both jobs. */
    static final String RELEASED = "released";

    /** The conflicts in one state stand together, crew by crew. */
    static String partition(String state) {
        return "conflicts#" + state;
    }

    /** The key of the row of two jobs in a state. */
    static RowKey key(String state, CrewId crew, JobId job, JobId other) {
        return new RowKey(partition(state), crew.value() + "#" + job.value() + "#" + other.value());
    }

    /** The key of its row. */
    RowKey key(String state) {
        return key(state, crewId, jobId, otherJob);
    }
}
