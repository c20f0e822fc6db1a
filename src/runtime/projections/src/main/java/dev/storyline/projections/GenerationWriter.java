package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.DynamoDbFailures;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Writes fold items of one generation together with rows, all or nothing. */
final class GenerationWriter {
    /** Rows in one transaction, beside the fold item. */
    static final int MAX_ROWS = 99;

    /** Bytes in one transaction, below DynamoDB's 4 MB. */
    static final int MAX_BYTES = 3_500_000;

    private static final int LARGEST_ITEM = 400 * 1024;

    private final DynamoDbClient dynamo;
    private final String table;
    private final GenerationKeys keys;

    GenerationWriter(DynamoDbClient dynamo, String table, GenerationKeys keys) {
        this.dynamo = dynamo;
        this.table = table;
        this.keys = keys;
    }

    /**
     * Writes a fold item as its next revision together with rows, all or nothing.
     *
     * @param before the item as it was read
     * @param next the item to write, still with the revision it was read with
     * @return false if another invocation has written the fold item, or is writing one of the rows: read it again
     */
    boolean write(StreamId stream, FoldItem before, FoldItem next, Map<RowKey, RowWrite> rows) {
        List<TransactWriteItem> parts = new ArrayList<>();
        boolean parkedMoves = !Objects.equals(before.parked(), next.parked());
        if (rows.isEmpty() && !parkedMoves) {
            return put(stream, next);
        }
        parts.add(foldPart(stream, next));
        rows.forEach((key, write) -> parts.add(part(key, write)));
        if (parkedMoves) {
            parts.add(registered(stream, next.parked()));
        }
        return transact(parts);
    }

    /**
     * Writes a fold item that has stepped over a commit as its next revision, with the record of the skip.
     *
     * @return false if another invocation has written the fold item: read it again
     */
    boolean skip(StreamId stream, FoldItem next, Skipped skipped) {
        return transact(List.of(
                foldPart(stream, next),
                registered(stream, next.parked()),
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(recorded(skipped)))
                        .build()));
    }

    /** Records a skip of another generation in this one, whose rebuild passes over the commit too. */
    void honour(Skipped skipped) {
        DynamoDbFailures.call(() -> dynamo.putItem(put -> put.tableName(table).item(recorded(skipped))));
    }

    private Map<String, AttributeValue> recorded(Skipped skipped) {
        Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(AttributeValues.fields(skipped)));
        item.putAll(keys.skipped(skipped.stream(), skipped.version()));
        return item;
    }

    /** The part of one stream in a transaction with other streams. */
    record Share(StreamId stream, FoldItem next, Map<RowKey, RowWrite> rows) {}

    /**
     * Writes the first fold items of several streams with their rows and summed totals, all or nothing.
     *
     * @return empty if everything was written; else nothing was written: the streams that have a fold item already, or
     *     null if another invocation is writing one of the rows
     */
    @Nullable
    Set<StreamId> begin(List<Share> shares) {
        List<TransactWriteItem> parts = new ArrayList<>();
        RowWrite.Merged all = new RowWrite.Merged();
        for (Share share : shares) {
            parts.add(foldPart(share.stream(), share.next()));
            share.rows().forEach(all::add);
        }
        all.writes().forEach((key, write) -> parts.add(part(key, write)));
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request -> request.transactItems(parts)));
            return Set.of();
        } catch (TransactionCanceledException e) {
            rethrowRejected(e);
            Set<StreamId> there = new HashSet<>();
            for (int i = 0; i < Math.min(shares.size(), e.cancellationReasons().size()); i++) {
                if ("ConditionalCheckFailed"
                        .equals(e.cancellationReasons().get(i).code())) {
                    there.add(shares.get(i).stream());
                }
            }
            return there.isEmpty() ? null : there;
        }
    }

    /** Writes some rows of an oversized commit, if the fold item still has this revision. */
    boolean writeUnmoved(StreamId stream, long rev, Map<RowKey, RowWrite> rows) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(keys.fold(stream))
                        .conditionExpression(unchanged(rev))
                        .expressionAttributeNames(unchangedNames(rev))
                        .expressionAttributeValues(unchangedValues(rev)))
                .build());
        rows.forEach((key, write) -> parts.add(part(key, write)));
        return transact(parts);
    }

    /** The most bytes that these rows can take in a write, without the fold item. */
    static int bytes(Map<RowKey, RowWrite> rows) {
        if (rows.size() * (long) LARGEST_ITEM <= MAX_BYTES) {
            return 0;
        }
        int bytes = 0;
        for (Map.Entry<RowKey, RowWrite> row : rows.entrySet()) {
            bytes += bytes(row.getKey(), row.getValue());
        }
        return bytes;
    }

    static int bytes(RowKey key, RowWrite write) {
        int keyBytes = 2 * (key.partition().length() + key.sort().length()) + 32;
        return keyBytes
                + switch (write) {
                    case RowWrite.Put(ObjectNode fields) -> ItemSize.bytes(AttributeValues.item(fields));
                    case RowWrite.Set(ObjectNode fields) -> ItemSize.bytes(AttributeValues.item(fields));
                    case RowWrite.Remove() -> 0;
                    case RowWrite.Add(Map<String, BigDecimal> amounts) -> 64 * amounts.size();
                };
    }

    private boolean put(StreamId stream, FoldItem next) {
        long rev = next.rev();
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(next.written().item(keys.fold(stream)))
                .conditionExpression(unchanged(rev))
                .expressionAttributeNames(unchangedNames(rev))
                .expressionAttributeValues(unchangedValues(rev));
        try {
            DynamoDbFailures.call(() -> dynamo.putItem(put.build()));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            return false;
        }
    }

    private boolean transact(List<TransactWriteItem> parts) {
        try {
            DynamoDbFailures.call(() -> dynamo.transactWriteItems(request -> request.transactItems(parts)));
            return true;
        } catch (TransactionCanceledException e) {
            rethrowRejected(e);
            return false;
        }
    }

    private static void rethrowRejected(TransactionCanceledException e) {
        if (e.cancellationReasons().stream().map(CancellationReason::code).anyMatch("ValidationError"::equals)) {
            throw e;
        }
    }

    private TransactWriteItem foldPart(StreamId stream, FoldItem next) {
        long rev = next.rev();
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(next.written().item(keys.fold(stream)))
                        .conditionExpression(unchanged(rev))
                        .expressionAttributeNames(unchangedNames(rev))
                        .expressionAttributeValues(unchangedValues(rev)))
                .build();
    }

    /** Thanks to the register, parked streams are found without a scan. */
    private TransactWriteItem registered(StreamId stream, @Nullable Parked parked) {
        Map<String, AttributeValue> key = keys.parked(stream);
        if (parked == null) {
            return TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table).key(key))
                    .build();
        }
        Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(
                AttributeValues.fields(new GenerationReader.ParkedEntry(stream.toString(), parked))));
        item.putAll(key);
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    private static String unchanged(long rev) {
        return rev == 0 ? "attribute_not_exists(#pk)" : "#rev = :rev";
    }

    private static Map<String, String> unchangedNames(long rev) {
        return rev == 0 ? Map.of("#pk", ViewTable.PARTITION) : Map.of("#rev", "rev");
    }

    private static @Nullable Map<String, AttributeValue> unchangedValues(long rev) {
        return rev == 0 ? null : Map.of(":rev", AttributeValue.fromN(Long.toString(rev)));
    }

    private TransactWriteItem part(RowKey key, RowWrite write) {
        return switch (write) {
            case RowWrite.Put(ObjectNode fields) -> {
                Map<String, AttributeValue> item = new HashMap<>(AttributeValues.item(fields));
                item.putAll(keys.row(key));
                yield TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item))
                        .build();
            }
            case RowWrite.Remove() ->
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(keys.row(key)))
                        .build();
            case RowWrite.Set(ObjectNode fields) -> update(key, "SET ", " = ", AttributeValues.item(fields));
            case RowWrite.Add(Map<String, BigDecimal> amounts) -> {
                Map<String, AttributeValue> values = new HashMap<>();
                amounts.forEach((name, amount) -> values.put(name, AttributeValue.fromN(amount.toPlainString())));
                yield update(key, "ADD ", " ", values);
            }
        };
    }

    private TransactWriteItem update(RowKey key, String verb, String link, Map<String, AttributeValue> attributes) {
        List<String> parts = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> {
            int n = parts.size();
            parts.add("#a" + n + link + ":a" + n);
            names.put("#a" + n, name);
            values.put(":a" + n, value);
        });
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(keys.row(key))
                        .updateExpression(verb + String.join(", ", parts))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }
}
