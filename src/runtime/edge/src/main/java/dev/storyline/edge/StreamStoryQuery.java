package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.EscapedJson;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as it was recorded, strongly consistent, in pages of whole commits. It knows no language of a context, so
 * it reads the streams of all. Each context has a slice of its own for it, because a function reads one event table only.
 */
public final class StreamStoryQuery {
    private static final long FEWEST_READ = 10;
    private static final long MOST_READ = 1_000;

    /** What an event takes beside its data. */
    private static final long FRAME_BYTES = 600;

    private final EventStore store;

    /** A query of the streams in a store. */
    public StreamStoryQuery(EventStore store) {
        this.store = store;
    }

    /** The story, or null for a stream without events. */
    public @Nullable StreamStory answer(StreamStory.Query query, PageSize size) {
        StreamId stream = stream(query);
        Page page = new Page(size, after(query.after()));
        while (!page.full) {
            long before = page.last;
            long read = read(stream, page);
            if (read == before) {
                return before == 0 ? null : new StreamStory(stream.toString(), before, page.events, null);
            }
        }
        return new StreamStory(stream.toString(), page.last, page.events, page.last);
    }

    private long read(StreamId stream, Page page) {
        try {
            return store.read(stream, page.last, page.last + page.window(), page::add);
        } catch (StoreFailure.Corrupted e) {
            if (page.events.isEmpty() && page.last > 0) {
                throw Problem.malformed("query", "after", "must be the 'next' of the page before");
            }
            throw e;
        }
    }

    /** Commits until they are as many, or as large, as a page takes. */
    private static final class Page {
        private final PageSize size;
        private final List<StreamStory.Event> events = new ArrayList<>();
        private long bytes;
        private long last;
        private boolean full;

        Page(PageSize size, long after) {
            this.size = size;
            this.last = after;
        }

        void add(Commit commit) {
            List<StreamStory.Event> more = events(commit);
            long moreBytes = more.stream()
                    .mapToLong(event -> FRAME_BYTES + EscapedJson.bytes(event.data()))
                    .sum();
            full |= !events.isEmpty()
                    && (events.size() + more.size() > size.rows() || bytes + moreBytes > size.bytes());
            if (!full) {
                events.addAll(more);
                bytes += moreBytes;
                last = commit.last();
            }
        }

        /** How many events to read next, judged by those before. */
        long window() {
            long left = events.isEmpty() ? FEWEST_READ : (size.bytes() - bytes) / (bytes / events.size());
            return Math.clamp(Math.min(left, (long) size.rows() - events.size() + 1), FEWEST_READ, MOST_READ);
        }
    }

    /**
     * The stream that a query is about.
     *
     * @throws Problem if the path does not name one
     */
    public static StreamId stream(StreamStory.Query query) {
        try {
            return StreamId.parse(query.streamId());
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

    private static List<StreamStory.Event> events(Commit commit) {
        List<StreamStory.Event> events = new ArrayList<>();
        long version = commit.version();
        for (StoredEvent event : commit.events()) {
            events.add(new StreamStory.Event(
                    event.type(),
                    version++,
                    commit.at(),
                    commit.meta().actor(),
                    commit.meta().causation(),
                    commit.meta().correlation(),
                    commit.id(),
                    data(event)));
        }
        return events;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new StoreFailure.Corrupted("An event's data is no JSON", e);
        }
    }
}
