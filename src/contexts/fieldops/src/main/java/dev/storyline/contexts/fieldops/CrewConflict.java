package dev.storyline.contexts.fieldops;

/**
 * A conflict between two jobs of a crew: a double booking, from its discovery in the crew's stream to its end in the job's
 * stream; or hours that two jobs tell for one time, until a correction settles them.
 */
public sealed interface CrewConflict
        permits CrewCalendar.CrewDoubleBooked,
                CrewAssignment.CrewReleased,
                CrewWorkLog.CrewHoursOverlapped,
                CrewWorkLog.CrewHoursSettled {}
