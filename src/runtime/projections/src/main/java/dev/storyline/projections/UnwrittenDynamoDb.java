package dev.storyline.projections;

import dev.storyline.eventstore.CapacityUnits;
import dev.storyline.eventstore.ItemSize;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * The table of an estimate: it is empty, takes every write, keeps none, and counts what they would cost. The marks of
 * segments, which a rebuild writes with each transaction, count too.
 */
final class UnwrittenDynamoDb implements DynamoDbClient {
    private double units;
    private long items;
    private long bytes;

    /** The write units that were counted. */
    double units() {
        return units;
    }

    /** The items of transactions and puts that were counted. */
    long items() {
        return items;
    }

    /** The size of these items, without those that a transaction updates. */
    long bytes() {
        return bytes;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return GetItemResponse.builder().build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        units += ItemSize.writeUnits(ItemSize.bytes(request.item()));
        items += request.item().containsKey("rev") ? 1 : 0;
        bytes += ItemSize.bytes(request.item());
        return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        units += CapacityUnits.transaction(request.transactItems());
        items += request.transactItems().size();
        for (TransactWriteItem part : request.transactItems()) {
            bytes += part.put() == null ? 0 : ItemSize.bytes(part.put().item());
        }
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
