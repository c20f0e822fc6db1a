package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * A double-booked crew was released from the later one of its two jobs. A public event of the context fieldops; its
 * contract is in the context's folder.
 *
 * @param crewId the crew
 * @param releasedFrom the job that the crew left
 * @param inFavourOf the job that keeps the crew
 * @param at the time of the event
 */
@EventType("CrewConflictResolved")
record CrewConflictResolved(CrewId crewId, JobId releasedFrom, JobId inFavourOf, Instant at) {}
