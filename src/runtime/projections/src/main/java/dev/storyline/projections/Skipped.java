package dev.storyline.projections;

import java.time.Instant;

/**
 * A commit that a machine has stepped over because an operator said so. The names of the components are the storage format.
 *
 * @param stream the stream, {@code child#simo}
 * @param version the version of the first event of the commit
 * @param last the version of its last event
 * @param commit the id of the commit
 * @param at when it was skipped
 * @param actor who said so
 * @param reason why
 * @param cause why the stream was parked
 */
public record Skipped(
        String stream, long version, long last, String commit, Instant at, String actor, String reason, String cause) {}
