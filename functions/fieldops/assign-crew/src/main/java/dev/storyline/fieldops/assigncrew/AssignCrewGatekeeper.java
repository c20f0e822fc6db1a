package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.Booking;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Reads the crew's schedule and its register, and refuses a conflict that it can see. The schedule may be a moment
 * behind: a conflict that it misses is found in the crew's stream, and resolved.
 */
final class AssignCrewGatekeeper implements Gatekeeper<AssignCrewRequest, AssignCrew> {
    /** The longest planned time of a job. A booking that began earlier has ended by now. */
    private static final BigDecimal LONGEST_JOB = BigDecimal.valueOf(1_000);

    static final Rule CREW_BUSY = Rule.forbids("crew-busy", "The crew is assigned to another job at that time.");
    static final Rule CREW_NOT_REGISTERED =
            Rule.forbids("crew-not-registered", "The crew has no rate on the day of the job; register it first.");

    private final StreamFold<PlannedJob, ?> jobs;
    private final StreamFold<CrewClass, ?> crews;
    private final View schedule;

    AssignCrewGatekeeper(StreamFold<PlannedJob, ?> jobs, StreamFold<CrewClass, ?> crews, View schedule) {
        this.jobs = jobs;
        this.crews = crews;
        this.schedule = schedule;
    }

    @Override
    public Gate<AssignCrew> gate(AssignCrewRequest request, CommandContext occasion) {
        PlannedJob job = jobs.state(FieldOps.stream(request.jobId()));
        Period period = job.period();
        LocalDate day = job.day();
        if (period == null || day == null) {
            return Gate.open(new AssignCrew(request.jobId(), request.crewId(), "", occasion.at()));
        }
        String rateClass = crews.state(FieldOps.stream(request.crewId())).on(day);
        if (rateClass == null) {
            return Gate.closed(CREW_NOT_REGISTERED);
        }
        if (isBusy(request.crewId(), period, request.jobId())) {
            return Gate.closed(CREW_BUSY);
        }
        return Gate.open(new AssignCrew(request.jobId(), request.crewId(), rateClass, occasion.at()));
    }

    private boolean isBusy(CrewId crew, Period period, JobId by) {
        String after = FieldOps.sortable(FieldOps.after(period.from(), LONGEST_JOB.negate()));
        while (after != null) {
            RowPage<Booking> page = schedule.rows(Booking.partition(crew), after, Booking.class);
            for (Booking booking : page.rows()) {
                if (!booking.start().isBefore(period.to())) {
                    return false;
                }
                boolean overlaps = period.overlaps(new Period(booking.start(), booking.end()));
                if (overlaps && !booking.completed() && !booking.jobId().equals(by)) {
                    return true;
                }
            }
            after = page.next();
        }
        return false;
    }
}
