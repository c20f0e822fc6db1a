package dev.storyline.local.database;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Copies an event table as it was at a moment. Commits never change, so these are the commits that were decided until then.
 * A commit that somebody removed does not come back: that takes the backups of AWS, or a copy of the data directory.
 */
public final class TableCopy {
    private static final int MOST_WRITES = 25;

    private TableCopy() {}

    /**
     * Copies a table into a new one.
     *
     * @param until the moment; null for everything
     * @return how many commits were copied
     * @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException if there is no such table
     * @throws software.amazon.awssdk.services.dynamodb.model.ResourceInUseException if the new table is there already
     */
    public static long copy(
            DynamoDbClient from, String table, DynamoDbClient to, String target, @Nullable Instant until) {
        TableDescription described =
                from.describeTable(request -> request.tableName(table)).table();
        to.createTable(create -> create.tableName(target)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(described.attributeDefinitions())
                .keySchema(described.keySchema()));
        to.waiter().waitUntilTableExists(request -> request.tableName(target));
        long copied = 0;
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> begin = after;
            ScanResponse page = from.scan(scan ->
                    scan.tableName(table).consistentRead(true).exclusiveStartKey(begin.isEmpty() ? null : begin));
            List<WriteRequest> writes = page.items().stream()
                    .filter(item -> until == null || isBefore(item, until))
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            for (int at = 0; at < writes.size(); at += MOST_WRITES) {
                write(to, target, writes.subList(at, Math.min(writes.size(), at + MOST_WRITES)));
            }
            copied += writes.size();
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!after.isEmpty());
        return copied;
    }

    /** What is no commit is copied: a restore takes everything. */
    private static boolean isBefore(Map<String, AttributeValue> item, Instant until) {
        AttributeValue at = item.get("at");
        try {
            return at == null || at.s() == null || !Instant.parse(at.s()).isAfter(until);
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static void write(DynamoDbClient to, String target, List<WriteRequest> writes) {
        List<WriteRequest> open = new ArrayList<>(writes);
        while (!open.isEmpty()) {
            Map<String, List<WriteRequest>> request = Map.of(target, open);
            BatchWriteItemResponse response = to.batchWriteItem(batch -> batch.requestItems(request));
            open = new ArrayList<>(response.unprocessedItems().getOrDefault(target, List.of()));
        }
    }
}
