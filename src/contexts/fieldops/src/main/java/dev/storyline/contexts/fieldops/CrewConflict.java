package dev.storyline.contexts.fieldops;

/** A double booking, from its discovery in the crew's stream to its end in the job's stream. */
public sealed interface CrewConflict permits CrewCalendar.CrewDoubleBooked, CrewAssignment.CrewReleased {}
