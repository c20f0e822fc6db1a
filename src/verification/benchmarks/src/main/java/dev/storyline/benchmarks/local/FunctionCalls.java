package dev.storyline.benchmarks.local;

import dev.storyline.eventstore.ItemSize;
import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts the calls that functions of the local cloud make to the database, and the units that AWS bills for them, by
 * contexts. The SDK finds this class by a file on the class path, and makes one for each client. Updates, deletions and
 * copies in indexes count as if their items had 1 KB at most; scans are not counted.
 */
public final class FunctionCalls implements ExecutionInterceptor {
    private static final String FILE = "software/amazon/awssdk/global/handlers/execution.interceptors";
    private static final String FUNCTIONS = "Credential=" + LocalDatabase.FUNCTIONS + "/";
    private static final Map<String, Tally> BY_CONTEXT = new TreeMap<>();

    /**
     * Calls and their units.
     *
     * @param invocations the invocations of functions
     * @param calls the calls of functions to the database, with retries
     * @param read read units
     * @param written write units
     */
    record Tally(long invocations, int calls, double read, double written) {
        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(Tally more) {
            return new Tally(
                    invocations + more.invocations, calls + more.calls, read + more.read, written + more.written);
        }

        Tally since(Tally before) {
            return plus(new Tally(-before.invocations, -before.calls, -before.read, -before.written));
        }
    }

    /** Writes the file by which the SDK finds this class, and returns the folder for the class path. */
    static Path registration(Path work) throws IOException {
        Path folder = work.resolve("interceptors");
        Path file = folder.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, FunctionCalls.class.getName() + "\n");
        return folder;
    }

    /** All contexts with their tallies, in one line. */
    static String told(Map<String, Long> invocations) {
        Map<String, Tally> all = new TreeMap<>();
        invocations.forEach((context, count) -> all.put(context, new Tally(count, 0, 0, 0)));
        synchronized (BY_CONTEXT) {
            BY_CONTEXT.forEach((context, tally) -> all.merge(context, tally, Tally::plus));
        }
        return all.entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s %d %d %.1f %.1f",
                        one.getKey(),
                        one.getValue().invocations(),
                        one.getValue().calls(),
                        one.getValue().read(),
                        one.getValue().written()))
                .collect(Collectors.joining(";"));
    }

    static Map<String, Tally> parse(String told) {
        Map<String, Tally> all = new TreeMap<>();
        for (String one : told.isEmpty() ? new String[0] : told.split(";")) {
            String[] words = one.split(" ");
            all.put(
                    words[0],
                    new Tally(
                            Long.parseLong(words[1]),
                            Integer.parseInt(words[2]),
                            Double.parseDouble(words[3]),
                            Double.parseDouble(words[4])));
        }
        return all;
    }

    private static void add(String table, Tally more) {
        String[] parts = table.split("-");
        synchronized (BY_CONTEXT) {
            BY_CONTEXT.merge(parts.length > 2 ? parts[2] : table, more, Tally::plus);
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        boolean ours = context.httpRequest()
                .firstMatchingHeader("Authorization")
                .filter(header -> header.contains(FUNCTIONS))
                .isPresent();
        if (ours) {
            calls(context.request());
        }
    }

    private static void calls(SdkRequest request) {
        switch (request) {
            case QueryRequest query -> add(query.tableName(), new Tally(0, 1, 0, 0));
            case GetItemRequest get -> add(get.tableName(), new Tally(0, 1, 0, 0));
            case BatchGetItemRequest batch ->
                batch.requestItems().keySet().stream()
                        .findFirst()
                        .ifPresent(table -> add(table, new Tally(0, 1, 0, 0)));
            case PutItemRequest put ->
                // AWS bills a put with a failed condition like a successful one.
                add(put.tableName(), new Tally(0, 1, 0, ItemSize.writeUnits(ItemSize.bytes(put.item()))));
            case UpdateItemRequest update -> add(update.tableName(), new Tally(0, 1, 0, 1));
            case DeleteItemRequest delete -> add(delete.tableName(), new Tally(0, 1, 0, 1));
            case TransactWriteItemsRequest transaction -> {
                add(table(transaction.transactItems().getFirst()), new Tally(0, 1, 0, 0));
                // Costs twice the price of the same writes alone.
                transaction.transactItems().forEach(part -> add(table(part), new Tally(0, 0, 0, 2.0 * units(part))));
            }
            default -> {}
        }
    }

    private static int units(TransactWriteItem part) {
        return part.put() == null
                ? 1
                : ItemSize.writeUnits(ItemSize.bytes(part.put().item()));
    }

    private static String table(TransactWriteItem part) {
        if (part.put() != null) {
            return part.put().tableName();
        }
        if (part.update() != null) {
            return part.update().tableName();
        }
        return part.delete() != null
                ? part.delete().tableName()
                : part.conditionCheck().tableName();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        boolean ours = context.httpRequest()
                .firstMatchingHeader("Authorization")
                .filter(header -> header.contains(FUNCTIONS))
                .isPresent();
        if (!ours) {
            return;
        }
        if (context.request() instanceof QueryRequest query && context.response() instanceof QueryResponse response) {
            read(query.tableName(), query.consistentRead(), response.items().stream());
        }
        if (context.request() instanceof GetItemRequest get && context.response() instanceof GetItemResponse response) {
            read(get.tableName(), get.consistentRead(), Stream.of(response.item()));
        }
        if (context.request() instanceof BatchGetItemRequest batch
                && context.response() instanceof BatchGetItemResponse response) {
            response.responses().forEach((table, items) -> {
                KeysAndAttributes asked = batch.requestItems().get(table);
                boolean consistent = asked != null && Boolean.TRUE.equals(asked.consistentRead());
                items.forEach(item -> read(table, consistent, Stream.of(item)));
            });
        }
    }

    private static void read(String table, Boolean consistent, Stream<Map<String, AttributeValue>> items) {
        int units = ItemSize.strongReadUnits(items.mapToInt(ItemSize::bytes).sum());
        add(table, new Tally(0, 0, Boolean.TRUE.equals(consistent) ? units : units / 2.0, 0));
    }
}
