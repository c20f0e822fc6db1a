package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.ItemJson;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.EventHandlerEngine;
import dev.storyline.projections.FeedPace;
import dev.storyline.projections.FeedRecord;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.ViewTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The feed endpoint of a projection or an event handler: a batch of the event table's change stream -> engine ->
 * partial batch response. It takes batches of DynamoDB Streams, of Kinesis Data Streams for DynamoDB, and of a queue to
 * which a {@link CommitDistributor} sends. The maintenance endpoint belongs to it, for everything that no delivery does.
 */
public final class FeedEndpoint {
    private final Measured measured;
    private final EventStore events;
    private final Function<List<FeedRecord>, List<String>> engine;
    private final FeedPace pace;
    private final MaintenanceEndpoint maintenance;

    private FeedEndpoint(
            Edge edge,
            Function<List<FeedRecord>, List<String>> engine,
            ViewTable table,
            MaintenanceEndpoint maintenance) {
        this.measured = new Measured(edge);
        this.events = edge.events();
        this.pace = new FeedPace(table, edge.clock());
        this.engine = engine;
        this.maintenance = maintenance;
    }

    /** The endpoint of the projection that owns the view in the table of the setting {@code VIEW_TABLE}. */
    public static <S, E> FeedEndpoint of(Edge edge, Language language, Projection<S, E> projection) {
        ViewTable view = edge.fed(projection.name());
        ProjectionEngine engine = ProjectionEngine.of(
                edge.events(), language, projection, view, edge.clock(), edge.backoff(), edge.tasks());
        return new FeedEndpoint(
                edge,
                engine::apply,
                view,
                new MaintenanceEndpoint(edge, engine.repair(edge.scan()), view, engine, engine));
    }

    /** The endpoint of an event handler, with positions and activation time in the table of {@code VIEW_TABLE}. */
    public static <S, E> FeedEndpoint of(Edge edge, Language language, EventHandler<S, E> handler) {
        ViewTable positions = edge.fed(handler.name());
        EventHandlerEngine engine = EventHandlerEngine.of(
                edge.events(),
                language,
                handler,
                positions,
                new EffectRunner(edge, language.context()),
                edge.clock(),
                edge.backoff(),
                edge.tasks());
        return new FeedEndpoint(
                edge,
                engine::apply,
                positions,
                new MaintenanceEndpoint(edge, engine.repair(edge.scan()), positions, engine, null));
    }

    /** Applies one batch. */
    public PartialBatchResponse handle(JsonNode batch) {
        return measured.invocation(() -> applied(batch));
    }

    private PartialBatchResponse applied(JsonNode batch) {
        List<FeedRecord> records = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (JsonNode record : batch.path("Records")) {
            FeedRecord read = record.has("kinesis")
                    ? kinesis(record.get("kinesis"))
                    : record.has("body") ? queued(record) : dynamo(record);
            try {
                if (!(read instanceof FeedRecord.Altered altered && isArchivers(altered))) {
                    records.add(read instanceof FeedRecord.Altered altered ? altered.alarming() : read);
                }
            } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
                again.add(read.sequence());
            }
        }
        Tally tally = Tally.current();
        if (!records.isEmpty()) {
            tally.add(Metric.BATCH_RECORDS, records.size());
        }
        tally.add(
                Metric.ALTERED_COMMITS,
                records.stream().filter(FeedRecord.Alarming.class::isInstance).count());
        again.addAll(engine.apply(records));
        tally.add(Metric.RETRIES, again.size());
        tell(records, Set.copyOf(again));
        return new PartialBatchResponse(
                again.stream().map(PartialBatchResponse.Failure::new).toList());
    }

    /** The archiver moves streams that have ended to the archive, and back. Whatever else is altered raises an alarm. */
    private boolean isArchivers(FeedRecord.Altered altered) {
        return events.isArchivers(altered.stream(), altered.version(), altered.removed());
    }

    private void tell(List<FeedRecord> records, Set<String> failed) {
        long taken = 0;
        Instant newest = Instant.EPOCH;
        for (FeedRecord record : records) {
            if (record instanceof FeedRecord.Inserted(String sequence, Commit commit) && !failed.contains(sequence)) {
                taken++;
                newest = commit.at().isAfter(newest) ? commit.at() : newest;
            }
        }
        pace.took(taken, newest);
    }

    /** Runs one maintenance operation; see {@link MaintenanceEndpoint}. */
    public JsonNode upkeep(JsonNode request) {
        return maintenance.handle(request);
    }

    private static FeedRecord kinesis(JsonNode envelope) {
        String sequence = envelope.path("sequenceNumber").asText();
        try {
            return record(sequence, Json.mapper().readTree(envelope.path("data").binaryValue()));
        } catch (IOException | IllegalArgumentException e) {
            return new FeedRecord.Alarming(sequence, "The record is not JSON");
        }
    }

    private static FeedRecord queued(JsonNode message) {
        String id = message.path("messageId").asText();
        try {
            return record(id, Json.mapper().readTree(message.path("body").asText()));
        } catch (IOException e) {
            return new FeedRecord.Alarming(id, "The message is not JSON");
        }
    }

    private static FeedRecord dynamo(JsonNode record) {
        return record(record.path("dynamodb").path("SequenceNumber").asText(), record);
    }

    private static FeedRecord record(String sequence, JsonNode change) {
        String kind = change.path("eventName").asText();
        JsonNode keys = change.path("dynamodb").path("Keys");
        if (!kind.equals("INSERT")) {
            return altered(sequence, kind, keys);
        }
        JsonNode image = change.path("dynamodb").path("NewImage");
        if (image.isMissingNode()) {
            return named(sequence, keys, "The record names its commit only");
        }
        try {
            return new FeedRecord.Inserted(sequence, CommitItem.read(ItemJson.item(image)));
        } catch (StoreFailure.Corrupted | IllegalArgumentException e) {
            return named(sequence, image.has("stream") ? image : keys, String.valueOf(e.getMessage()));
        }
    }

    private static FeedRecord altered(String sequence, String kind, JsonNode keys) {
        FeedRecord.Alarming alarming =
                new FeedRecord.Alarming(sequence, kind + " of " + keys + " in an append-only event table");
        try {
            return new FeedRecord.Altered(
                    sequence,
                    StreamId.parse(keys.path("stream").path("S").asText()),
                    Long.parseLong(keys.path("version").path("N").asText()),
                    kind.equals("REMOVE"),
                    alarming.trouble());
        } catch (IllegalArgumentException e) {
            return alarming;
        }
    }

    /** A record from which only the stream is known: the commit is read from the event table. */
    private static FeedRecord named(String sequence, JsonNode named, String trouble) {
        try {
            StreamId stream = StreamId.parse(named.path("stream").path("S").asText());
            return new FeedRecord.Unreadable(sequence, stream, trouble);
        } catch (IllegalArgumentException e) {
            return new FeedRecord.Alarming(sequence, trouble);
        }
    }
}
