package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import java.util.List;

/**
 * Records what operators do to a slice, as events of its context: who, when, what and why. Each slice has a stream of its
 * own, {@code operator#child-wishes}. No language has these events, so all machines pass over them.
 */
final class OperatorJournal {
    /** The category of the streams. */
    static final String CATEGORY = "operator";

    /** An operator whose command names nobody: somebody who invokes the function by hand. */
    private static final String SOMEBODY = "operator";

    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = 4_000_000;
    private static final long LONGEST_PAUSE_NANOS = 120_000_000;

    private final Edge edge;
    private final StreamId stream;

    OperatorJournal(Edge edge) {
        this.edge = edge;
        String slice = edge.slice();
        this.stream = new StreamId(CATEGORY, slice.substring(slice.indexOf('/') + 1));
    }

    /** Who gave a command. */
    static String actor(JsonNode request) {
        String actor = request.path("actor").asText();
        return actor.isBlank() ? SOMEBODY : actor;
    }

    /**
     * Records an action.
     *
     * @param request the operator's command: {@code id}, {@code actor}, {@code reason}
     * @param what what is done: {@code action} and its details
     * @throws StoreFailure if the event table does not take it
     */
    void record(JsonNode request, ObjectNode what) {
        String reason = request.path("reason").asText();
        if (!reason.isBlank()) {
            what.put("reason", reason);
        }
        EventStore events = edge.events();
        String id = StoredEvent.OPERATED + "→"
                + request.path("id").asText(edge.clock().instant().toString());
        List<StoredEvent> event = List.of(new StoredEvent(StoredEvent.OPERATED, 1, false, Json.text(what)));
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            long next = events.head(stream) + 1;
            Commit commit = new Commit(
                    stream,
                    next,
                    id,
                    edge.clock().instant(),
                    event,
                    new CommitMetadata(actor(request), id, null, null, null));
            if (events.append(commit) instanceof EventStore.AppendResult.Appended) {
                return;
            }
            edge.backoff().backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw new StoreFailure.Unavailable(new IllegalStateException(
                "Others wrote to the stream " + stream + " in each of " + MAX_TRIES + " tries"));
    }
}
