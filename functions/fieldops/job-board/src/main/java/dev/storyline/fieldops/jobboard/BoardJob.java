package dev.storyline.fieldops.jobboard;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.RowKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A job as it stands on the board.
 *
 * @param jobId names a job
 * @param state {@code open}, {@code assigned} or {@code completed}
 * @param plannedStart when it shall begin
 * @param customer who wants it done
 * @param siteAddress where
 * @param trade what kind of work
 * @param crews who does it
 */
public record BoardJob(
        JobId jobId,
        String state,
        Instant plannedStart,
        String customer,
        String siteAddress,
        String trade,
        List<CrewId> crews) {
    static BoardJob of(JobCreated created) {
        return new BoardJob(
                created.jobId(),
                "open",
                created.plannedStart(),
                created.customer(),
                created.siteAddress(),
                created.trade(),
                List.of());
    }

    BoardJob in(String other) {
        return new BoardJob(jobId, other, plannedStart, customer, siteAddress, trade, crews);
    }

    BoardJob with(List<CrewId> others) {
        return new BoardJob(jobId, "assigned", plannedStart, customer, siteAddress, trade, others);
    }

    /** The jobs of one region, day and state stand together. */
    static String partition(RegionId region, LocalDate day, String state) {
        return "board#" + region.value() + "#" + day + "#" + state;
    }

    /** Where its row is. */
    RowKey key(RegionId region, LocalDate day) {
        return new RowKey(partition(region, day, state), FieldOps.sortable(plannedStart) + "#" + jobId.value());
    }
}
