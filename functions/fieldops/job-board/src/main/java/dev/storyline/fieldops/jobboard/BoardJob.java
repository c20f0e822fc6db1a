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
import java.util.stream.Stream;

/**
 * A job as it stands on the board.
 *
 * @param jobId the job
 * @param state {@code open}, {@code assigned}, {@code completed} or {@code cancelled}
 * @param plannedStart the planned start
 * @param customer the customer
 * @param siteAddress the address of the site
 * @param trade the kind of work
 * @param crews the assigned crews, 20 at most
 */
public record BoardJob(
        JobId jobId,
        String state,
        Instant plannedStart,
        String customer,
        String siteAddress,
        String trade,
        List<CrewId> crews) {
    /** Stands for the jobs in all states. */
    static final String ALL = "all";

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

    BoardJob at(Instant start) {
        return new BoardJob(jobId, state, start, customer, siteAddress, trade, crews);
    }

    BoardJob with(CrewId crew) {
        return by(Stream.concat(crews.stream(), Stream.of(crew)).toList());
    }

    BoardJob without(CrewId crew) {
        return by(crews.stream().filter(other -> !other.equals(crew)).toList());
    }

    /** A job without a crew is open. */
    private BoardJob by(List<CrewId> who) {
        return new BoardJob(
                jobId, who.isEmpty() ? "open" : "assigned", plannedStart, customer, siteAddress, trade, who);
    }

    /** The jobs of one region and day stand together, in one state or in {@link #ALL} states. */
    static String partition(RegionId region, LocalDate day, String state) {
        return "board#" + region.value() + "#" + day + "#" + state;
    }

    /** The keys of its two rows: among the jobs in its state, and among all jobs of the day. */
    List<RowKey> keys(RegionId region, LocalDate day) {
        String sort = FieldOps.sortable(plannedStart) + "#" + jobId.value();
        return List.of(new RowKey(partition(region, day, state), sort), new RowKey(partition(region, day, ALL), sort));
    }
}
