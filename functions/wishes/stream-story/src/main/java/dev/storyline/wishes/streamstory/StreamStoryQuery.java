package dev.storyline.wishes.streamstory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.Problem;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream as it was recorded, strongly consistent, some thousand events at a time. */
final class StreamStoryQuery {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int WINDOW = 1_000;

    private final EventStore store;

    StreamStoryQuery(EventStore store) {
        this.store = store;
    }

    /** The story, or null for a stream without events. */
    @Nullable
    StreamStory answer(StreamStory.Query query) {
        StreamId stream = stream(query.streamId());
        List<StreamStory.Event> events = new ArrayList<>();
        int[] bytes = {0};
        long from = after(query.after());
        long last = from;
        while (bytes[0] < MAX_BYTES) {
            long read = store.read(stream, last, last + WINDOW, commit -> bytes[0] += add(events, commit));
            if (read == last) {
                return last == 0 ? null : new StreamStory(stream.toString(), last, events, null);
            }
            last = read;
        }
        return new StreamStory(stream.toString(), last, events, last);
    }

    private static StreamId stream(String text) {
        try {
            return StreamId.parse(text);
        } catch (Id.InvalidId e) {
            throw Problem.malformed("path", "streamId", String.valueOf(e.getMessage()));
        }
    }

    private static long after(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,15}")) {
            throw Problem.malformed("query", "after", "must be a version, like 1000");
        }
        return Long.parseLong(text);
    }

    private static int add(List<StreamStory.Event> events, Commit commit) {
        int bytes = 0;
        long version = commit.version();
        for (StoredEvent event : commit.events()) {
            events.add(new StreamStory.Event(
                    event.type(),
                    version++,
                    commit.at(),
                    commit.meta().actor(),
                    commit.meta().causation(),
                    data(event)));
            bytes += event.data().length();
        }
        return bytes;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new StoreFailure.Corrupted("An event's data is no JSON", e);
        }
    }
}
