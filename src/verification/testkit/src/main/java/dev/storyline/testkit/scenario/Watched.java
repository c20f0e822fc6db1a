package dev.storyline.testkit.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A DynamoDB client that reports which tables are read. */
final class Watched {
    private Watched() {}

    static DynamoDbClient reads(DynamoDbClient dynamo, Consumer<String> table) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                Watched.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length == 1) {
                        switch (arguments[0]) {
                            case GetItemRequest get -> table.accept(get.tableName());
                            case QueryRequest query -> table.accept(query.tableName());
                            case BatchGetItemRequest batch ->
                                batch.requestItems().keySet().forEach(table);
                            case null, default -> {
                                // All other calls are writes, or not requests.
                            }
                        }
                    }
                    try {
                        return method.invoke(dynamo, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
