package dev.storyline.benchmarks;

import dev.storyline.eventstore.ItemSize;
import dev.storyline.local.database.LocalDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Counts the requests to DynamoDB, including retries and failed conditions, and the units that AWS bills for them.
 * Requests that are under way at the same time are one round trip.
 */
final class Calls implements ExecutionInterceptor {
    private int underWay;
    private int trips;
    private int queries;
    private int gets;
    private int puts;
    private int transactions;
    private int others;
    private double readUnits;
    private int writeUnits;

    /** The titles of the columns of {@link #toString}. */
    static final String TITLES = String.format(
            "%5s %5s %6s %4s %4s %9s %6s %8s %8s",
            "trips", "calls", "Query", "Get", "Put", "Transact", "other", "RCU", "WCU");

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution context, ExecutionAttributes executionAttributes) {
        if (underWay++ == 0) {
            trips++;
        }
    }

    @Override
    public synchronized void onExecutionFailure(
            Context.FailedExecution context, ExecutionAttributes executionAttributes) {
        underWay--;
    }

    @Override
    public synchronized void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
        switch (context.request()) {
            case QueryRequest _ -> queries++;
            case GetItemRequest _ -> gets++;
            case PutItemRequest put -> {
                puts++;
                // AWS bills a put with a failed condition like a successful one.
                writeUnits += ItemSize.writeUnits(ItemSize.bytes(put.item()));
            }
            case TransactWriteItemsRequest transaction -> {
                transactions++;
                // Costs twice the price of the same writes alone. The benchmarks' totals are smaller than 1 KB.
                transaction
                        .transactItems()
                        .forEach(part -> writeUnits += part.put() == null
                                ? 2
                                : 2
                                        * ItemSize.writeUnits(
                                                ItemSize.bytes(part.put().item())));
            }
            default -> others++;
        }
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes executionAttributes) {
        underWay--;
        if (context.request() instanceof QueryRequest query && context.response() instanceof QueryResponse response) {
            readUnits += units(Boolean.TRUE.equals(query.consistentRead()), response.items());
        }
        if (context.request() instanceof GetItemRequest get && context.response() instanceof GetItemResponse response) {
            readUnits += units(Boolean.TRUE.equals(get.consistentRead()), List.of(response.item()));
        }
        if (context.response() instanceof BatchGetItemResponse response) {
            add(response);
        }
    }

    private void add(BatchGetItemResponse response) {
        response.responses()
                .values()
                .forEach(items -> items.forEach(item -> readUnits += ItemSize.strongReadUnits(ItemSize.bytes(item))));
    }

    private static double units(boolean strong, List<Map<String, AttributeValue>> items) {
        int units = ItemSize.strongReadUnits(
                items.stream().mapToInt(ItemSize::bytes).sum());
        return strong ? units : units / 2.0;
    }

    /** Returns a client whose calls this object counts. */
    DynamoDbClient on(LocalDatabase tables) {
        return on(tables, Duration.ZERO);
    }

    /** Returns such a client whose calls each take so much longer, as over a network. */
    DynamoDbClient on(LocalDatabase tables, Duration latency) {
        ExecutionInterceptor network = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (latency.isPositive()) {
                    LockSupport.parkNanos(latency.toNanos());
                }
            }
        };
        return DynamoDbClient.builder()
                .endpointOverride(tables.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(tables.http())
                .overrideConfiguration(
                        override -> override.addExecutionInterceptor(this).addExecutionInterceptor(network))
                .build();
    }

    synchronized int transactions() {
        return transactions;
    }

    synchronized int all() {
        return queries + gets + puts + transactions + others;
    }

    synchronized double readUnits() {
        return readUnits;
    }

    synchronized int puts() {
        return puts;
    }

    synchronized int writeUnits() {
        return writeUnits;
    }

    synchronized void reset() {
        trips = 0;
        queries = 0;
        gets = 0;
        puts = 0;
        transactions = 0;
        others = 0;
        readUnits = 0;
        writeUnits = 0;
    }

    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "%5d %5d %6d %4d %4d %9d %6d %8.1f %8d",
                trips,
                all(),
                queries,
                gets,
                puts,
                transactions,
                others,
                readUnits,
                writeUnits);
    }
}
