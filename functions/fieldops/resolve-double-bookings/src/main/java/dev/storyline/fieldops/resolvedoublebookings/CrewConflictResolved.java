package dev.storyline.fieldops.resolvedoublebookings;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.kernel.EventType;
import java.time.Instant;

/**
 * A crew had been assigned to two jobs at once, and was released from the later one. What the context fieldops promises
 * to others; the contract is in the context's folder.
 *
 * @param crewId names a crew
 * @param releasedFrom names a job
 * @param inFavourOf names a job
 * @param at when
 */
@EventType("CrewConflictResolved")
record CrewConflictResolved(CrewId crewId, JobId releasedFrom, JobId inFavourOf, Instant at) {}
