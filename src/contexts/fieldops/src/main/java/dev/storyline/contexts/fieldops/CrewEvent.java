package dev.storyline.contexts.fieldops;

/** Everything that is recorded in the stream of one crew. */
public sealed interface CrewEvent extends FieldOpsEvent permits CrewRegistration, CrewCalendar, CrewWorkLog {
    /** The crew. */
    CrewId crewId();
}
