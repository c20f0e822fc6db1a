package dev.storyline.eventstore;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The client of throttled work: waits before each call, counts its units, and tells its throttle who is throttled. */
final class ThrottledDynamoDb implements DynamoDbClient {
    private static final String THROTTLING = "Throttling";

    private final DynamoDbClient dynamo;
    private final CapacityThrottle throttle;

    /** What a call of each kind cost last: what the next one is expected to cost. */
    private final Map<Class<?>, Double> lastCost = new ConcurrentHashMap<>();

    ThrottledDynamoDb(DynamoDbClient dynamo, CapacityThrottle throttle) {
        this.dynamo = dynamo;
        this.throttle = throttle;
    }

    private <Q extends DynamoDbRequest, B extends DynamoDbRequest.Builder & SdkBuilder<B, Q>, A> A read(
            B asked, Function<Q, A> send, ToDoubleFunction<A> cost, Function<A, Boolean> complete) {
        CapacityBudget budget = throttle.reads();
        Q request = watched(asked, budget);
        double expected = lastCost.getOrDefault(request.getClass(), 1.0);
        throttle.reserve(budget, expected);
        double units = 0;
        try {
            A answer = send.apply(request);
            units = cost.applyAsDouble(answer);
            lastCost.put(request.getClass(), units);
            giveWayUnless(complete.apply(answer), budget);
            return answer;
        } catch (RuntimeException e) {
            giveWayUnless(!DynamoDbFailures.isThrottle(e), budget);
            throw e;
        } finally {
            throttle.settle(budget, expected, units);
        }
    }

    private <Q extends DynamoDbRequest, B extends DynamoDbRequest.Builder & SdkBuilder<B, Q>, A> A write(
            B asked, double expected, Function<Q, A> send, ToDoubleFunction<A> cost, Function<A, Boolean> complete) {
        CapacityBudget budget = throttle.writes();
        Q request = watched(asked, budget);
        throttle.reserve(budget, expected);
        double units = 0;
        try {
            A answer = send.apply(request);
            units = cost.applyAsDouble(answer);
            giveWayUnless(complete.apply(answer), budget);
            return answer;
        } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
            // AWS bills a write whose condition fails.
            units = expected;
            giveWayUnless(!DynamoDbFailures.isThrottle(e), budget);
            throw e;
        } catch (RuntimeException e) {
            giveWayUnless(!DynamoDbFailures.isThrottle(e), budget);
            throw e;
        } finally {
            throttle.settle(budget, expected, units);
        }
    }

    private void giveWayUnless(boolean wellServed, CapacityBudget budget) {
        if (!wellServed) {
            throttle.giveWay(budget);
        }
    }

    /** The SDK repeats throttled calls by itself, and tells only its metrics. */
    private <Q extends DynamoDbRequest, B extends DynamoDbRequest.Builder & SdkBuilder<B, Q>> Q watched(
            B asked, CapacityBudget budget) {
        AwsRequestOverrideConfiguration own = asked.overrideConfiguration();
        AwsRequestOverrideConfiguration.Builder both =
                own == null ? AwsRequestOverrideConfiguration.builder() : own.toBuilder();
        asked.overrideConfiguration(both.addMetricPublisher(new Watch(budget)).build());
        return asked.build();
    }

    private final class Watch implements MetricPublisher {
        private final CapacityBudget budget;
        private final AtomicBoolean told = new AtomicBoolean();

        Watch(CapacityBudget budget) {
            this.budget = budget;
        }

        @Override
        public void publish(MetricCollection call) {
            boolean throttled = call.children().stream()
                    .anyMatch(attempt ->
                            attempt.metricValues(CoreMetric.ERROR_TYPE).contains(THROTTLING));
            if (throttled && !told.getAndSet(true)) {
                throttle.giveWay(budget);
            }
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return dynamo.describeTable(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return read(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                dynamo::getItem,
                answer -> CapacityUnits.larger(
                        CapacityUnits.read(List.of(answer.item()), request.consistentRead()),
                        answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return read(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                dynamo::batchGetItem,
                answer -> CapacityUnits.larger(CapacityUnits.read(request, answer), answer.consumedCapacity()),
                answer -> answer.unprocessedKeys().isEmpty());
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return read(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                dynamo::query,
                answer -> CapacityUnits.larger(
                        CapacityUnits.read(answer.items(), request.consistentRead()), answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        return read(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                dynamo::scan,
                answer -> CapacityUnits.larger(
                        CapacityUnits.read(answer.items(), request.consistentRead()), answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        double units = CapacityUnits.put(request.item());
        return write(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                units,
                dynamo::putItem,
                answer -> CapacityUnits.larger(units, answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        double units = CapacityUnits.update(request.key(), request.expressionAttributeValues());
        return write(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                units,
                dynamo::updateItem,
                answer -> CapacityUnits.larger(units, answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return write(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                1,
                dynamo::deleteItem,
                answer -> CapacityUnits.larger(1, answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        double units = CapacityUnits.written(request.requestItems().values());
        return write(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                units,
                dynamo::batchWriteItem,
                answer -> CapacityUnits.larger(
                        units - CapacityUnits.written(answer.unprocessedItems().values()), answer.consumedCapacity()),
                answer -> answer.unprocessedItems().isEmpty());
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        double units = CapacityUnits.transaction(request.transactItems());
        return write(
                request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL),
                units,
                dynamo::transactWriteItems,
                answer -> CapacityUnits.larger(units, answer.consumedCapacity()),
                _ -> true);
    }

    @Override
    public String serviceName() {
        return dynamo.serviceName();
    }

    /** Does nothing: whoever made the client closes it. */
    @Override
    public void close() {
        // See above.
    }
}
