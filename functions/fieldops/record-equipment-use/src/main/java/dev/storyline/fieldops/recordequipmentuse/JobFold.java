package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.kernel.Fold;

/** Whether a job may still be charged. */
final class JobFold implements Fold<JobFold.Job, JobEvent> {
    /** How far a job is. */
    enum Job {
        UNKNOWN,
        OPEN,
        COMPLETED,
        CANCELLED
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public Job initialState() {
        return Job.UNKNOWN;
    }

    @Override
    public Job evolve(Job job, JobEvent event) {
        return switch (event) {
            case JobCreated _ -> Job.OPEN;
            case JobCompleted _ -> Job.COMPLETED;
            case JobCancelled _ -> Job.CANCELLED;
            case CrewAssigned _, CrewUnassigned _, CrewReleased _, JobRescheduled _, EquipmentCharged _ -> job;
        };
    }
}
