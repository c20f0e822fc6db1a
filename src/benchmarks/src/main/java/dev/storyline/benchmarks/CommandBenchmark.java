package dev.storyline.benchmarks;

import dev.storyline.local.LocalCloud;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Measures, in one run against one DynamoDB Local in memory, how fast a command is and what it costs. */
public final class CommandBenchmark {
    static final String EVENTS = "events";
    static final String NAUGHTY_LIST = "naughty-list";

    private CommandBenchmark() {}

    /** Runs everything. {@code --seconds N}: how long each contender of each case is measured; 3 if nothing is said. */
    public static void main(String[] arguments) throws Exception {
        int seconds = seconds(arguments);
        if (seconds < 1) {
            System.err.println("Usage: ./storyline bench [--seconds N]   N is 1 or more");
            System.exit(2);
        }
        System.out.printf(
                Locale.ROOT,
                "%d processors, Java %s, DynamoDB Local in memory in the same process, %d s per contender%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                seconds);
        try (LocalCloud.Tables tables = LocalCloud.Tables.open(null)) {
            create(tables.client(), EVENTS, "stream", "version", ScalarAttributeType.N);
            create(tables.client(), NAUGHTY_LIST, "pk", "sk", ScalarAttributeType.S);
            new Speed(tables.client(), seconds).print();
            System.out.println();
            new Cost(tables).print();
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    /** The option's value, or 0 if the arguments are none that this program knows. */
    private static int seconds(String[] arguments) {
        if (arguments.length == 0) {
            return 3;
        }
        boolean known =
                arguments.length == 2 && arguments[0].equals("--seconds") && arguments[1].matches("[1-9][0-9]{0,3}");
        return known ? Integer.parseInt(arguments[1]) : 0;
    }

    private static void create(
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
