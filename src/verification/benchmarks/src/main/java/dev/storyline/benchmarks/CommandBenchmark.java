package dev.storyline.benchmarks;

import dev.storyline.local.database.LocalDatabase;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Measures the speed and the cost of commands and deliveries, in one run against one in-memory DynamoDB Local. */
public final class CommandBenchmark {
    static final String EVENTS = "events";
    static final String NAUGHTY_LIST = "naughty-list";

    private CommandBenchmark() {}

    /**
     * Runs all benchmarks. {@code --seconds N} sets the duration of each contender of each case in each round; the
     * default is 3. {@code --events N} sets the number of rebuilt events; the default is a million.
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = option(arguments, "--seconds", 3);
        int events = option(arguments, "--events", 1_000_000);
        if (arguments.length % 2 != 0 || seconds < 1 || events < 1_000) {
            System.err.println(
                    "Usage: ./storyline bench [--seconds N] [--events M]   N is 1 or more, M is 1000 or more");
            System.exit(2);
        }
        System.out.printf(
                Locale.ROOT,
                "%d processors, Java %s, DynamoDB Local in memory in the same process, %d s per contender%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                seconds);
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            create(tables.client(), EVENTS, "stream", "version", ScalarAttributeType.N);
            create(tables.client(), Consistency.SCHEDULE, "pk", "sk", ScalarAttributeType.S);
            create(tables.client(), NAUGHTY_LIST, "pk", "sk", ScalarAttributeType.S);
            new Speed(tables.client(), seconds).print();
            System.out.println();
            new Cost(tables).print();
            System.out.println();
            new MetricCost(tables.client()).print();
            System.out.println();
            new Consistency(tables).print();
            System.out.println();
            new DeliveryBenchmark(tables, seconds).print();
            System.out.println();
            new RebuildBenchmark(tables, events).print();
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    /** Returns the option's value, or 0 if it is not a number or if there are unknown options. */
    private static int option(String[] arguments, String name, int otherwise) {
        int value = otherwise;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (!arguments[i].equals("--seconds") && !arguments[i].equals("--events")) {
                return 0;
            }
            if (arguments[i].equals(name)) {
                value = arguments[i + 1].matches("[1-9][0-9]{0,7}") ? Integer.parseInt(arguments[i + 1]) : 0;
            }
        }
        return value;
    }

    static void create(
            DynamoDbClient client, String table, String partition, String sort, ScalarAttributeType sortType) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        partitionKey -> partitionKey.attributeName(partition).attributeType(ScalarAttributeType.S),
                        sortKey -> sortKey.attributeName(sort).attributeType(sortType))
                .keySchema(
                        first -> first.attributeName(partition).keyType(KeyType.HASH),
                        second -> second.attributeName(sort).keyType(KeyType.RANGE)));
        client.waiter().waitUntilTableExists(request -> request.tableName(table));
    }
}
