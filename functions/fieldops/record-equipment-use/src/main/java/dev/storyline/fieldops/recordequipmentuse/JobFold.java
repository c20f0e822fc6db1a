package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** Whether a job may still be charged, and the lines that it was charged for. */
final class JobFold implements Fold<JobFold.Job, JobEvent> {
    /** The progress of a job. */
    enum Progress {
        UNKNOWN,
        OPEN,
        COMPLETED,
        CANCELLED
    }

    /** One line of the bill; a rate without the zeros at its end, so that equal ones are equal. */
    record Line(EquipmentId equipmentId, BigDecimal amount, String currency) {
        static Line of(EquipmentId equipment, Money rate) {
            return new Line(equipment, rate.amount().stripTrailingZeros(), rate.currency());
        }
    }

    /**
     * A job.
     *
     * @param progress its progress
     * @param timeZone the time zone of its region; UTC before it is created
     * @param lines the lines that it was charged for, as many as the rule allows
     */
    record Job(Progress progress, String timeZone, Set<Line> lines) {
        Job {
            lines = Set.copyOf(lines);
        }

        Job in(Progress other) {
            return new Job(other, timeZone, lines);
        }

        Job with(Line line) {
            Set<Line> more = new HashSet<>(lines);
            more.add(line);
            return new Job(progress, timeZone, more);
        }

        /** The day in the region at that moment. */
        LocalDate today(Instant at) {
            return FieldOps.day(at, timeZone);
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public Job initialState() {
        return new Job(Progress.UNKNOWN, "UTC", Set.of());
    }

    @Override
    public Job evolve(Job job, JobEvent event) {
        return switch (event) {
            case JobCreated created -> new Job(Progress.OPEN, created.timeZone(), job.lines());
            case JobCompleted _ -> job.in(Progress.COMPLETED);
            case JobCancelled _ -> job.in(Progress.CANCELLED);
            case EquipmentCharged charged -> job.with(Line.of(charged.equipmentId(), charged.hourlyRate()));
            case CrewAssigned _,
                    CrewUnassigned _,
                    CrewReleased _,
                    CompletionCorrected _,
                    JobRescheduled _,
                    JobBilling _ -> job;
        };
    }
}
