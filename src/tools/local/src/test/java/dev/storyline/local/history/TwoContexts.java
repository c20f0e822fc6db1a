package dev.storyline.local.history;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.database.LocalDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The event tables of two contexts on a DynamoDB Local that all tests share. */
final class TwoContexts {
    private static final LocalDatabase DATABASE = LocalDatabase.open(null);
    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final Map<String, String> names = Map.of("shop", table(), "depot", table());
    final EventTables tables = new EventTables(DATABASE.client(), names);

    private static String table() {
        String name = "events-" + UUID.randomUUID();
        DATABASE.client()
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                                one -> one.attributeName("version").attributeType(ScalarAttributeType.N))
                        .keySchema(
                                one -> one.attributeName("stream").keyType(KeyType.HASH),
                                one -> one.attributeName("version").keyType(KeyType.RANGE)));
        return name;
    }

    /** What a commit says of its command. */
    record Meta(
            String id,
            String actor,
            String correlation,
            @Nullable String causation,
            @Nullable String request) {
        static Meta byHand(String key) {
            return new Meta(key, "ada", key, null, "hash-" + key);
        }
    }

    /** Appends events that are written as {@code Type {json}}, one second after the other. */
    void happened(String context, String stream, long version, Meta meta, String... events) {
        new DynamoDbEventStore(DATABASE.client(), Objects.requireNonNull(names.get(context)))
                .append(new Commit(
                        StreamId.parse(stream),
                        version,
                        meta.id(),
                        NOON.plusSeconds(version),
                        Arrays.stream(events)
                                .map(event -> event.split(" ", 2))
                                .map(parts -> new StoredEvent(parts[0], 1, false, parts[1]))
                                .toList(),
                        new CommitMetadata(meta.actor(), meta.correlation(), meta.causation(), meta.request(), null)));
    }
}
