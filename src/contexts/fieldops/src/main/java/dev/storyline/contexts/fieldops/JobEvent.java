package dev.storyline.contexts.fieldops;

/** Everything that is recorded in the stream of one job. */
public sealed interface JobEvent extends FieldOpsEvent
        permits JobLifecycle, CrewAssignment, JobScheduling, EquipmentCharge, JobBilling {
    /** The job. */
    JobId jobId();
}
