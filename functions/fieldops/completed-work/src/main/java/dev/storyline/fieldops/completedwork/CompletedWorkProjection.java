package dev.storyline.fieldops.completedwork;

import dev.storyline.contexts.fieldops.CrewAssignment;
import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.EquipmentCharge;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row for each completed job under the day of its completion, whose hours count in the total of that day. */
final class CompletedWorkProjection implements Projection<CompletedWorkProjection.State, JobEvent> {
    /**
     * The job so far.
     *
     * @param job null before it is created
     * @param done null before it is completed
     */
    record State(@Nullable Ordered job, @Nullable Standing done) {}

    /**
     * What a completed job shows of its creation.
     *
     * @param timeZone the time zone that tells the day of its completion
     */
    record Ordered(JobId jobId, RegionId regionId, String timeZone, String customer, String trade) {
        static Ordered of(JobCreated created) {
            return new Ordered(
                    created.jobId(), created.regionId(), created.timeZone(), created.customer(), created.trade());
        }
    }

    /**
     * The job's row.
     *
     * @param day the day under which it stands, whatever the rules of the time zone have become since
     */
    record Standing(LocalDate day, CompletedJob row) {
        RowKey key(Ordered job) {
            return row.key(job.regionId(), day);
        }
    }

    @Override
    public String name() {
        return "completed-work";
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null);
    }

    @Override
    public Step<State> step(State state, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created -> Step.to(new State(Ordered.of(created), null));
            case JobCompleted completed -> completed(state, completed);
            case CompletionCorrected corrected -> corrected(state, corrected);
            case JobCancelled _ -> Step.to(state);
            case JobBilling _ -> Step.to(state);
            case CrewAssignment _ -> Step.to(state);
            case JobScheduling _ -> Step.to(state);
            case EquipmentCharge _ -> Step.to(state);
        };
    }

    private static Step<State> completed(State state, JobCompleted completed) {
        Ordered job = state.job();
        return job == null
                ? Step.to(state)
                : shown(
                        job,
                        state.done(),
                        FieldOps.day(completed.at(), job.timeZone()),
                        completed.at(),
                        completed.work());
    }

    /** A correction changes neither the time nor the day of the completion. */
    private static Step<State> corrected(State state, CompletionCorrected corrected) {
        Ordered job = state.job();
        Standing done = state.done();
        return job == null || done == null
                ? Step.to(state)
                : shown(job, done, done.day(), done.row().completedAt(), corrected.work());
    }

    private static Step<State> shown(
            Ordered job, @Nullable Standing before, LocalDate day, Instant at, List<CrewWork> work) {
        CompletedJob row = new CompletedJob(job.jobId(), at, job.customer(), job.trade(), CrewHours.of(work));
        return shown(job, before, new Standing(day, row));
    }

    /** Puts the row and its hours in their place, after what stood there for the job before. */
    private static Step<State> shown(Ordered job, @Nullable Standing before, Standing after) {
        Step<State> step = Step.to(new State(job, after));
        if (before != null) {
            step = counted(step.remove(before.key(job)), job, before, BigDecimal.ONE.negate());
        }
        return counted(step.put(after.key(job), after.row()), job, after, BigDecimal.ONE);
    }

    private static Step<State> counted(Step<State> step, Ordered job, Standing what, BigDecimal times) {
        return step.add(
                CompletedJob.total(job.regionId(), what.day()),
                Map.of("hours", what.row().hours().multiply(times)));
    }
}
