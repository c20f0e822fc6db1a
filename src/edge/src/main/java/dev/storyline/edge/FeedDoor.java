package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.projections.EventHandlerEngine;
import dev.storyline.projections.FeedRecord;
import dev.storyline.projections.ProjectionEngine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The door of a projection or of an event handler: a batch of the event table's change stream -> engine -> partial batch
 * response. Takes batches
 * of DynamoDB Streams and of Kinesis Data Streams for DynamoDB alike.
 */
public final class FeedDoor {
    private final Function<List<FeedRecord>, List<String>> engine;

    private FeedDoor(Function<List<FeedRecord>, List<String>> engine) {
        this.engine = engine;
    }

    /** A door for the projection that owns the view in the table that {@code VIEW_TABLE} names. */
    public static <S, E> FeedDoor of(Edge edge, Language language, Projection<S, E> projection) {
        ProjectionEngine<S, E> engine = new ProjectionEngine<>(
                edge.events(), language, projection, edge.view("VIEW_TABLE", projection.name()), edge.clock());
        return new FeedDoor(engine::apply);
    }

    /**
     * A door for an event handler, whose positions are in the table that {@code VIEW_TABLE} names.
     *
     * @param effects where its effects go
     * @param birth effects of older commits are dropped
     */
    public static <S, E> FeedDoor of(
            Edge edge,
            Language language,
            EventHandler<S, E> handler,
            EventHandlerEngine.Effects effects,
            Instant birth) {
        EventHandlerEngine engine = EventHandlerEngine.of(
                edge.events(),
                language,
                handler,
                edge.view("VIEW_TABLE", handler.name()),
                effects,
                birth,
                edge.clock());
        return new FeedDoor(engine::apply);
    }

    /** Applies one batch. */
    public FeedReply handle(JsonNode batch) {
        List<FeedRecord> records = new ArrayList<>();
        for (JsonNode record : batch.path("Records")) {
            records.add(record.has("kinesis") ? kinesis(record.get("kinesis")) : dynamo(record));
        }
        return new FeedReply(
                engine.apply(records).stream().map(FeedReply.Failure::new).toList());
    }

    private static FeedRecord kinesis(JsonNode envelope) {
        String sequence = envelope.path("sequenceNumber").asText();
        try {
            return record(sequence, Json.mapper().readTree(envelope.path("data").binaryValue()));
        } catch (IOException e) {
            return FeedRecord.troubled(sequence, "A record that is no JSON");
        }
    }

    private static FeedRecord dynamo(JsonNode record) {
        return record(record.path("dynamodb").path("SequenceNumber").asText(), record);
    }

    private static FeedRecord record(String sequence, JsonNode change) {
        String kind = change.path("eventName").asText();
        if (!kind.equals("INSERT")) {
            return FeedRecord.troubled(
                    sequence, kind + " of " + change.path("dynamodb").path("Keys") + " in an append-only event table");
        }
        try {
            return FeedRecord.inserted(
                    sequence, CommitItem.read(item(change.path("dynamodb").path("NewImage"))));
        } catch (StoreFailure.Corrupted | IllegalArgumentException e) {
            return FeedRecord.troubled(sequence, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, AttributeValue> item(JsonNode image) {
        Map<String, AttributeValue> item = new HashMap<>();
        image.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode typed) {
        Map.Entry<String, JsonNode> value = typed.properties().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("An attribute value without a type"));
        return switch (value.getKey()) {
            case "S" -> AttributeValue.fromS(value.getValue().asText());
            case "N" -> AttributeValue.fromN(value.getValue().asText());
            case "BOOL" -> AttributeValue.fromBool(value.getValue().asBoolean());
            case "NULL" -> AttributeValue.fromNul(true);
            case "M" -> AttributeValue.fromM(item(value.getValue()));
            case "L" -> {
                List<AttributeValue> elements = new ArrayList<>();
                value.getValue().forEach(element -> elements.add(value(element)));
                yield AttributeValue.fromL(elements);
            }
            default -> throw new IllegalArgumentException("An attribute value of type " + value.getKey());
        };
    }
}
