package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.Fold;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The planned period of a job, folded from the job's stream.
 *
 * @param plannedStart the planned start; null before it is created
 * @param estimatedHours the estimated hours of work
 * @param timeZone the time zone that tells its days
 */
record PlannedJob(@Nullable Instant plannedStart, BigDecimal estimatedHours, String timeZone) {
    static final Fold<PlannedJob, JobEvent> FOLD = new Fold<>() {
        @Override
        public Class<JobEvent> folds() {
            return JobEvent.class;
        }

        @Override
        public PlannedJob initialState() {
            return new PlannedJob(null, BigDecimal.ZERO, "");
        }

        @Override
        public PlannedJob evolve(PlannedJob job, JobEvent event) {
            return switch (event) {
                case JobCreated created ->
                    new PlannedJob(created.plannedStart(), created.estimatedHours(), created.timeZone());
                case JobRescheduled moved -> new PlannedJob(moved.plannedStart(), job.estimatedHours(), job.timeZone());
                case CrewAssigned _,
                        CrewUnassigned _,
                        CrewReleased _,
                        JobCompleted _,
                        CompletionCorrected _,
                        JobCancelled _,
                        EquipmentCharged _,
                        JobBilling _ -> job;
            };
        }
    };

    /** The planned period; null before the job is created. */
    @Nullable
    Period period() {
        return plannedStart == null ? null : new Period(plannedStart, FieldOps.after(plannedStart, estimatedHours));
    }

    /** The day on which it begins; null before it is created. */
    @Nullable
    LocalDate day() {
        return plannedStart == null ? null : FieldOps.day(plannedStart, timeZone);
    }
}
