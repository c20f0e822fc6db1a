package dev.storyline.local.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.operator.StreamName;
import java.util.function.Consumer;

/** The story of one stream as it was recorded, strongly consistent. A long stream is never in memory as a whole. */
public final class StreamHistory {
    private static final long WINDOW = 1_000;

    private final EventTables tables;

    /** The stories in these tables. */
    public StreamHistory(EventTables tables) {
        this.tables = tables;
    }

    /**
     * Tells the events of a stream, in order.
     *
     * @param teller gets each event: {@code context}, {@code stream}, {@code version}, {@code type}, {@code schema}, {@code
     *     at}, {@code actor}, {@code command}, {@code correlation}, {@code causation} where an event led to it, {@code rule}
     *     and {@code sentence} where a rejection recorded it, and {@code data}
     * @return the version of the last event that was told
     * @throws LocalCloudException if the stream does not have the version, or no event yet at the instant
     */
    public long tell(StreamName stream, Moment until, Consumer<ObjectNode> teller) {
        EventStore events = tables.events(stream.context());
        Teller telling = new Teller(stream.context(), until, teller);
        long before;
        long read = 0;
        do {
            before = read;
            read = read(events, stream, telling, before);
        } while (read > before && !telling.over);
        if (until instanceof Moment.Version(long version) && version != Long.MAX_VALUE && telling.told < version) {
            throw new LocalCloudException(
                    "The stream " + stream + " has " + telling.told + " events, and no version " + version + ".");
        }
        if (until instanceof Moment.Time(var instant) && telling.told == 0) {
            throw new LocalCloudException("The stream " + stream + " had no events at " + instant + ".");
        }
        return telling.told;
    }

    /** What stands in the table or in the archive and is no history is said in a sentence. */
    private static long read(EventStore events, StreamName stream, Teller telling, long before) {
        try {
            return events.read(stream.stream(), before, telling.window(before), telling::add);
        } catch (StoreFailure.Corrupted e) {
            throw new LocalCloudException(e.getMessage() + ".", e);
        }
    }

    private static final class Teller {
        private final String context;
        private final Moment until;
        private final Consumer<ObjectNode> teller;
        private long told;
        private boolean over;

        Teller(String context, Moment until, Consumer<ObjectNode> teller) {
            this.context = context;
            this.until = until;
            this.teller = teller;
        }

        /** The last version that is read next. */
        long window(long after) {
            return switch (until) {
                case Moment.Version(long version) -> Math.min(version, after + WINDOW);
                case Moment.Time _ -> after + WINDOW;
            };
        }

        void add(Commit commit) {
            over |= until instanceof Moment.Time(var instant) && commit.at().isAfter(instant);
            long version = commit.version();
            for (StoredEvent event : commit.events()) {
                boolean later = until instanceof Moment.Version(long last) && version > last;
                if (!over && !later) {
                    told = version;
                    teller.accept(event(context, commit, event, version));
                }
                version++;
            }
        }
    }

    static ObjectNode event(String context, Commit commit, StoredEvent event, long version) {
        ObjectNode told = Json.mapper()
                .createObjectNode()
                .put("context", context)
                .put("stream", commit.stream().toString())
                .put("version", version)
                .put("type", event.type())
                .put("schema", event.schema())
                .put("at", commit.at().toString())
                .put("actor", commit.meta().actor())
                .put("command", commit.id())
                .put("correlation", commit.meta().correlation());
        if (commit.meta().causation() != null) {
            told.put("causation", commit.meta().causation());
        }
        if (commit.meta().rejection() != null) {
            told.put("rule", commit.meta().rejection().rule())
                    .put("sentence", commit.meta().rejection().sentence());
        }
        return told.set("data", data(event));
    }

    static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            // What was recorded is told, whatever it is.
            return TextNode.valueOf(event.data());
        }
    }
}
