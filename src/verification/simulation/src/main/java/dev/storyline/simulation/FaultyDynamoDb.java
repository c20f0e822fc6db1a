package dev.storyline.simulation;

import dev.storyline.testkit.dynamodb.Refusals;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The DynamoDB client of one instance. Before each call, other actors may run; each call may fail. */
final class FaultyDynamoDb implements InvocationHandler {
    /** Writes that the SDK repeats without a token by which DynamoDB could recognize the repetition. */
    private static final Set<String> PLAIN_WRITES = Set.of("putItem", "updateItem", "deleteItem");

    private final SimulatedDynamoDb dynamo;
    private final Instance instance;
    private final Consumer<List<String>> written;

    private FaultyDynamoDb(SimulatedDynamoDb dynamo, Instance instance, Consumer<List<String>> written) {
        this.dynamo = dynamo;
        this.instance = instance;
        this.written = written;
    }

    /**
     * Creates the client of an instance.
     *
     * @param written is called after each write, with the partition keys of the items that were put
     */
    static DynamoDbClient of(SimulatedDynamoDb dynamo, Instance instance, Consumer<List<String>> written) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                new FaultyDynamoDb(dynamo, instance, written));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof DynamoDbRequest request) {
            return call(method, request);
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        return perform(method, arguments);
    }

    private @Nullable Object perform(Method method, @Nullable Object @Nullable ... arguments) throws Throwable {
        try {
            return method.invoke(dynamo, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable Object call(Method method, DynamoDbRequest request) throws Throwable {
        String name = method.getName();
        String table = table(request);
        instance.step(name + table);
        if (instance.closed(table) || instance.strikes(Fault.THROTTLE)) {
            throw Refusals.throttled();
        }
        if (instance.strikes(Fault.TIMEOUT_BEFORE)) {
            throw SdkClientException.create("The request was never sent");
        }
        if (request instanceof TransactWriteItemsRequest transaction && instance.strikes(Fault.CONFLICT)) {
            throw Refusals.cancelled(conflict(transaction.transactItems().size()));
        }
        Object answer = perform(method, request);
        boolean writes = !name.startsWith("get")
                && !name.startsWith("batchGet")
                && !name.equals("query")
                && !name.equals("scan")
                && !name.startsWith("describe");
        if (writes) {
            written.accept(put(request));
        }
        if (PLAIN_WRITES.contains(name) && instance.strikes(Fault.SENT_AGAIN)) {
            instance.scheduler().travel();
            answer = perform(method, request);
        }
        instance.done();
        if (instance.strikes(Fault.TIMEOUT_AFTER)) {
            throw SdkClientException.create("The answer was lost");
        }
        return answer;
    }

    private static List<String> put(DynamoDbRequest request) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        if (request instanceof PutItemRequest put) {
            items.add(put.item());
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            transaction.transactItems().stream()
                    .filter(part -> part.put() != null)
                    .forEach(part -> items.add(part.put().item()));
        }
        return items.stream()
                .map(item -> item.get("pk"))
                .filter(Objects::nonNull)
                .map(AttributeValue::s)
                .toList();
    }

    private static String table(DynamoDbRequest request) {
        if (request instanceof TransactWriteItemsRequest transaction) {
            return table(transaction.transactItems().getFirst());
        }
        if (request instanceof BatchGetItemRequest batch) {
            return batch.requestItems().keySet().iterator().next();
        }
        return request.getValueForField("TableName", String.class).orElse("");
    }

    private static String table(TransactWriteItem part) {
        if (part.put() != null) {
            return part.put().tableName();
        }
        if (part.update() != null) {
            return part.update().tableName();
        }
        return part.delete() == null
                ? part.conditionCheck().tableName()
                : part.delete().tableName();
    }

    private static List<CancellationReason> conflict(int parts) {
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            reasons.add(CancellationReason.builder()
                    .code(i == 0 ? "TransactionConflict" : "None")
                    .build());
        }
        return reasons;
    }
}
