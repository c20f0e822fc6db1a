package dev.storyline.fieldops.keepcrewcalendar;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Claims the period of a job in the stream of each of its crews, which alone sees all jobs of the crew. When the job is
 * completed or corrected, logs there what it took of the crew's time.
 */
final class KeepCrewCalendar implements EventHandler<KeepCrewCalendar.Job, JobEvent> {
    /**
     * The period and the crews of the job.
     *
     * @param plannedStart the planned start; null before it is created
     * @param estimatedHours the estimated hours of work
     * @param crews the assigned crews, 20 at most
     * @param worked the crews whose work is logged, 20 at most
     */
    record Job(@Nullable Instant plannedStart, BigDecimal estimatedHours, List<CrewId> crews, List<CrewId> worked) {
        Job with(CrewId crew) {
            List<CrewId> more = new ArrayList<>(crews);
            more.add(crew);
            return new Job(plannedStart, estimatedHours, more, worked);
        }

        Job without(CrewId crew) {
            return new Job(
                    plannedStart,
                    estimatedHours,
                    crews.stream().filter(other -> !other.equals(crew)).toList(),
                    worked);
        }

        /** The job that is over and claims nobody any more. */
        Job over(Collection<CrewId> who) {
            return new Job(plannedStart, estimatedHours, List.of(), List.copyOf(who));
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

    /** Version 2 remembers whose work is logged. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public Job initialState() {
        return new Job(null, BigDecimal.ZERO, List.of(), List.of());
    }

    @Override
    public Reaction<Job> on(Job job, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created ->
                Reaction.to(new Job(created.plannedStart(), created.estimatedHours(), job.crews(), job.worked()));
            case CrewAssigned assigned -> {
                Job next = job.with(assigned.crewId());
                yield claim(next, List.of(assigned.crewId()), next.period(), event);
            }
            case CrewUnassigned unassigned ->
                claim(job.without(unassigned.crewId()), List.of(unassigned.crewId()), null, event);
            case CrewReleased released ->
                claim(job.without(released.crewId()), List.of(released.crewId()), null, event);
            case JobRescheduled moved -> {
                Job next = new Job(moved.plannedStart(), job.estimatedHours(), job.crews(), job.worked());
                yield claim(next, job.crews(), next.period(), event);
            }
            case JobCompleted completed -> worked(job, completed.work(), event);
            case CompletionCorrected corrected -> worked(job, corrected.work(), event);
            case JobCancelled _ -> claim(job.over(job.worked()), job.crews(), null, event);
            case EquipmentCharged _, JobBilling _ -> Reaction.to(job);
        };
    }

    /** Frees the crews that are still claimed, logs the work, and takes back that of crews which have none any more. */
    private static Reaction<Job> worked(Job job, List<CrewWork> work, Recorded<JobEvent> event) {
        Map<CrewId, List<CrewWork>> told =
                work.stream().collect(Collectors.groupingBy(CrewWork::crewId, LinkedHashMap::new, Collectors.toList()));
        Map<CrewId, List<Period>> periods = new LinkedHashMap<>();
        told.forEach((crew, parts) -> periods.put(crew, List.of(together(parts))));
        job.worked().forEach(crew -> periods.putIfAbsent(crew, List.of()));
        Reaction<Job> freed = claim(job.over(told.keySet()), job.crews(), null, event);
        List<Effect> effects = new ArrayList<>(freed.effects());
        periods.forEach((crew, when) -> effects.add(new Effect.Dispatch(
                "log-crew-work-" + (effects.size() - freed.effects().size()),
                "log-crew-work",
                FieldOps.stream(crew),
                new LogCrewWork(crew, event.event().jobId(), when))));
        return new Reaction<>(freed.state(), effects);
    }

    /** The whole work of a crew: its parts differ in the rate and follow one another without a break. */
    private static Period together(List<CrewWork> parts) {
        Instant from = parts.stream()
                .map(CrewWork::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        BigDecimal hours = parts.stream().map(CrewWork::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Period(from, FieldOps.after(from, hours));
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
