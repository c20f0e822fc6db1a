package dev.storyline.fieldops.keepcrewcalendar;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Claims the period of a job in the stream of each of its crews, which alone sees all jobs of the crew. */
final class KeepCrewCalendar implements EventHandler<KeepCrewCalendar.Job, JobEvent> {
    /**
     * The period and the crews of the job.
     *
     * @param plannedStart the planned start; null before it is created
     * @param estimatedHours the estimated hours of work
     * @param crews the assigned crews, 20 at most
     */
    record Job(@Nullable Instant plannedStart, BigDecimal estimatedHours, List<CrewId> crews) {
        Job with(CrewId crew) {
            List<CrewId> more = new ArrayList<>(crews);
            more.add(crew);
            return new Job(plannedStart, estimatedHours, more);
        }

        Job without(CrewId crew) {
            return new Job(
                    plannedStart,
                    estimatedHours,
                    crews.stream().filter(other -> !other.equals(crew)).toList());
        }

        @Nullable
        Period period() {
            return plannedStart == null ? null : new Period(plannedStart, FieldOps.after(plannedStart, estimatedHours));
        }
    }

    @Override
    public String name() {
        return "keep-crew-calendar";
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public Job initialState() {
        return new Job(null, BigDecimal.ZERO, List.of());
    }

    @Override
    public Reaction<Job> on(Job job, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created ->
                Reaction.to(new Job(created.plannedStart(), created.estimatedHours(), job.crews()));
            case CrewAssigned assigned -> {
                Job next = job.with(assigned.crewId());
                yield claim(next, List.of(assigned.crewId()), next.period(), event);
            }
            case CrewUnassigned unassigned ->
                claim(job.without(unassigned.crewId()), List.of(unassigned.crewId()), null, event);
            case CrewReleased released ->
                claim(job.without(released.crewId()), List.of(released.crewId()), null, event);
            case JobRescheduled moved -> {
                Job next = new Job(moved.plannedStart(), job.estimatedHours(), job.crews());
                yield claim(next, job.crews(), next.period(), event);
            }
            case JobCompleted _, JobCancelled _ ->
                claim(new Job(job.plannedStart(), job.estimatedHours(), List.of()), job.crews(), null, event);
            case EquipmentCharged _ -> Reaction.to(job);
        };
    }

    /** Claims the period for each crew; without a period, the crew is free again. */
    private static Reaction<Job> claim(
            Job next, List<CrewId> crews, @Nullable Period period, Recorded<JobEvent> event) {
        JobId job = event.event().jobId();
        List<Effect> effects = new ArrayList<>();
        for (CrewId crew : crews) {
            effects.add(new Effect.Dispatch(
                    "claim-crew-" + effects.size(),
                    "claim-crew",
                    FieldOps.stream(crew),
                    new ClaimCrew(
                            crew,
                            job,
                            period == null ? null : period.from(),
                            period == null ? null : period.to(),
                            event.at())));
        }
        return new Reaction<>(next, effects);
    }
}
