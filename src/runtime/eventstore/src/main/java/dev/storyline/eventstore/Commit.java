package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.List;

/**
 * The events that one command appended to one stream: one item of the event table. After NEventStore and Equinox.
 *
 * @param stream the stream
 * @param version the version of the first event, from 1
 * @param id the command's id as it is stored, see {@link CommandId}
 * @param at the time of the decision
 * @param events the events in order, at least one
 * @param meta the metadata of the command
 */
public record Commit(
        StreamId stream, long version, String id, Instant at, List<StoredEvent> events, CommitMetadata meta) {
    public Commit {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A commit in " + stream + " has no events");
        }
        if (version < 1) {
            throw new IllegalArgumentException("A version counts from 1, not from " + version);
        }
    }

    /** The version of the last event. */
    public long last() {
        return version + events.size() - 1;
    }
}
