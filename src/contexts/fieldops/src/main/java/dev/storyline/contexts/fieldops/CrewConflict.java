package dev.storyline.contexts.fieldops;

/** A double booking that slipped through, from its discovery in the crew's story to its end in the job's. */
public sealed interface CrewConflict permits CrewCalendar.CrewDoubleBooked, CrewAssignment.CrewReleased {}
