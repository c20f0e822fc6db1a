package dev.storyline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteStatement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What is added to DynamoDB Local's store, through the SDK. */
class SqliteStoreTest {
    private static final String TABLE = "things";

    @TempDir
    Path directory;

    /** DynamoDB Local must be the first to load the native library: a second copy in the process would crash it. */
    @BeforeAll
    static void load() {
        new SqliteStore(null, new CallMeter(), _ -> {}).close();
    }

    @Test
    void every_write_names_its_table_and_a_transaction_does_so_when_it_is_committed() {
        Queue<String> written = new ConcurrentLinkedQueue<>();
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory(written::add);
                DynamoDbClient client = client(dynamo)) {
            create(client);
            put(client, "a", "");
            assertThat(written).containsExactly(TABLE);
            client.deleteItem(request -> request.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS("a"))));
            assertThat(written).containsExactly(TABLE, TABLE);
            transact(client, UUID.randomUUID().toString(), List.of("b", "c"), "");
            assertThat(written).containsExactly(TABLE, TABLE, TABLE);
            assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(
                            TransactWriteItem.builder()
                                    .put(one -> one.tableName(TABLE).item(item("d", "")))
                                    .build(),
                            TransactWriteItem.builder()
                                    .put(one -> one.tableName(TABLE)
                                            .item(item("b", ""))
                                            .conditionExpression("attribute_not_exists(pk)"))
                                    .build())))
                    .hasMessageContaining("ConditionalCheckFailed");
            assertThat(written).hasSize(3);
        }
    }

    @Test
    void a_table_that_is_changed_or_made_again_is_known_as_it_is_now() {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(dynamo)) {
            create(client);
            put(client, "a", "first");
            client.updateTable(request -> request.tableName(TABLE)
                    .attributeDefinitions(one -> one.attributeName("text").attributeType(ScalarAttributeType.S))
                    .globalSecondaryIndexUpdates(update -> update.create(index -> index.indexName("byText")
                            .keySchema(one -> one.attributeName("text").keyType(KeyType.HASH))
                            .projection(all -> all.projectionType(ProjectionType.ALL)))));
            assertThatThrownBy(() -> client.putItem(request -> request.tableName(TABLE)
                            .item(Map.of("pk", AttributeValue.fromS("b"), "text", AttributeValue.fromN("1")))))
                    .hasMessageContaining("Type mismatch for Index Key");
            client.deleteTable(request -> request.tableName(TABLE));
            assertThatThrownBy(() -> put(client, "a", "second")).isInstanceOf(ResourceNotFoundException.class);
            create(client);
            assertThat(has(client, "a")).isFalse();
            client.putItem(request -> request.tableName(TABLE)
                    .item(Map.of("pk", AttributeValue.fromS("b"), "text", AttributeValue.fromN("1"))));
            assertThat(has(client, "b")).isTrue();
        }
    }

    @Test
    void transactions_and_reads_side_by_side_all_end() throws Exception {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(dynamo);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            create(client);
            List<Future<?>> all = new ArrayList<>();
            // Longer than the second for which the description of the table is kept.
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            for (int caller = 0; caller < 8; caller++) {
                String key = "caller " + caller;
                all.add(callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        transact(client, UUID.randomUUID().toString(), List.of(key, key + "'"), "");
                        has(client, key);
                    }
                }));
            }
            for (Future<?> one : all) {
                assertThat(one).succeedsWithin(Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void a_scan_gives_every_item_once_in_pages_of_a_megabyte() {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(dynamo)) {
            create(client);
            for (int i = 0; i < 700; i++) {
                put(client, "item " + i, "x".repeat(4_000));
            }
            List<Integer> pages = new ArrayList<>();
            List<String> found = new ArrayList<>();
            client.scanPaginator(request -> request.tableName(TABLE)).forEach(page -> {
                pages.add(page.count());
                page.items().forEach(item -> found.add(String.valueOf(item.get("pk"))));
            });
            assertThat(found).hasSize(700).doesNotHaveDuplicates();
            assertThat(pages).hasSize(3).allMatch(size -> size <= 262);
            List<Integer> asked = new ArrayList<>();
            client.scanPaginator(request -> request.tableName(TABLE).limit(100))
                    .forEach(page -> asked.add(page.count()));
            assertThat(asked.subList(0, 7)).containsOnly(100);
        }
    }

    @Test
    void the_log_is_moved_into_the_database_while_commits_go_on() throws IOException {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(directory);
                DynamoDbClient client = client(dynamo)) {
            create(client);
            Path database = directory.resolve("shared-local-instance.db");
            Path log = directory.resolve("shared-local-instance.db-wal");
            long logBefore = 0;
            int puts = 0;
            // Four kilobytes each: a thousand commits fill the log with four megabytes at least.
            while (puts < 20_000 && (Files.size(database) < 4_000_000 || Files.size(log) > logBefore)) {
                logBefore = Files.size(log);
                for (int i = 0; i < 100; i++) {
                    put(client, "item " + puts++, "x".repeat(4_000));
                }
            }
            assertThat(Files.size(database)).isGreaterThan(4_000_000);
            assertThat(Files.size(log)).as("the log, begun anew").isEqualTo(logBefore);
            assertThat(client.scanPaginator(request -> request.tableName(TABLE).consistentRead(true))
                            .items())
                    .hasSize(puts);
        }
    }

    @Test
    void the_time_with_work_covers_the_time_of_the_work() {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(dynamo)) {
            create(client);
            put(client, "a", "");
            assertThat(dynamo.occupied()).isGreaterThanOrEqualTo(work(dynamo).time());
        }
    }

    @Test
    void the_work_of_the_store_is_counted_for_each_access_key() {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
                DynamoDbClient client = client(dynamo)) {
            create(client);
            long before = work(dynamo).calls();
            put(client, "a", "");
            put(client, "b", "");
            assertThat(work(dynamo).calls()).isEqualTo(before + 2);
            assertThat(work(dynamo).time()).isPositive();
        }
    }

    private static EmbeddedDynamoDb.Work work(EmbeddedDynamoDb dynamo) {
        return Objects.requireNonNull(dynamo.work().get("test"), "the work for the key of the client");
    }

    @Test
    void stream_records_of_a_day_ago_are_removed_and_sequence_numbers_go_on() throws Exception {
        String last;
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(directory);
                DynamoDbClient client = client(dynamo)) {
            create(client);
            put(client, "old", "");
            last = records(dynamo, client).getLast().dynamodb().sequenceNumber();
        }
        Path file = directory.resolve("shared-local-instance.db");
        sql(file, """
                WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1200)
                INSERT INTO us SELECT StreamID, ShardID, SequenceNumber - n, CreationDateTime, StreamRecord, OperationType
                FROM us, more""");
        // 31 hours: DynamoDB Local removes records of 30 hours when it starts.
        sql(file, "UPDATE us SET CreationDateTime = CreationDateTime - 31 * 3600000");
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(directory);
                DynamoDbClient client = client(dynamo)) {
            put(client, "new", "");
            String next = records(dynamo, client).getLast().dynamodb().sequenceNumber();
            assertThat(next).isGreaterThan(last);
            assertThat(count(file, "us")).isEqualTo(2);
        }
        sql(file, "UPDATE us SET CreationDateTime = CreationDateTime - 25 * 3600000");
        sql(file, """
                WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1200)
                INSERT INTO us SELECT StreamID, ShardID, SequenceNumber - n, CreationDateTime, StreamRecord, OperationType
                FROM us, more WHERE SequenceNumber = (SELECT MIN(SequenceNumber) FROM us)""");
        sql(file, "UPDATE tr SET CreationDateTime = CreationDateTime - 25 * 3600000");
        SqliteStore store = new SqliteStore(file.toFile(), new CallMeter(), table -> {});
        store.removeOld();
        store.close();
        assertThat(count(file, "us")).isEqualTo(1);
    }

    @Test
    void a_transaction_without_room_on_the_disk_fails_and_its_retry_writes_everything() throws Exception {
        Path disk = directory.resolve("disk");
        Files.createDirectories(disk);
        assumeThat(mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()))
                .as("this test may mount a small file system")
                .isTrue();
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(disk);
                DynamoDbClient client = client(dynamo)) {
            create(client);
            String large = "x".repeat(30_000);
            int[] full = {0};
            assertThatThrownBy(() -> {
                        for (; full[0] < 200; full[0]++) {
                            transact(client, token(full[0]), List.of("left" + full[0], "right" + full[0]), large);
                        }
                    })
                    .isInstanceOf(SdkException.class);
            assertThat(mount("-o", "remount,size=30m", disk.toString())).isTrue();
            for (int number = 0; number < full[0]; number++) {
                assertThat(has(client, "left" + number)).isTrue();
                assertThat(has(client, "right" + number)).isTrue();
            }
            assertThat(has(client, "left" + full[0]))
                    .isEqualTo(has(client, "right" + full[0]))
                    .isFalse();
            transact(client, token(full[0]), List.of("left" + full[0], "right" + full[0]), large);
            assertThat(has(client, "left" + full[0])).isTrue();
            assertThat(has(client, "right" + full[0])).isTrue();
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    private static boolean mount(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String token(int number) {
        return "transaction-" + number;
    }

    private static void transact(DynamoDbClient client, String token, List<String> keys, String text) {
        client.transactWriteItems(request -> request.clientRequestToken(token)
                .transactItems(keys.stream()
                        .map(key -> TransactWriteItem.builder()
                                .put(one -> one.tableName(TABLE).item(item(key, text)))
                                .build())
                        .toList()));
    }

    private static boolean has(DynamoDbClient client, String key) {
        return client.getItem(request -> request.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS(key))))
                .hasItem();
    }

    private static void put(DynamoDbClient client, String key, String text) {
        client.putItem(request -> request.tableName(TABLE).item(item(key, text)));
    }

    private static Map<String, AttributeValue> item(String key, String text) {
        return Map.of("pk", AttributeValue.fromS(key), "text", AttributeValue.fromS(text));
    }

    private static void create(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(one -> one.attributeName("pk").attributeType(ScalarAttributeType.S))
                .keySchema(one -> one.attributeName("pk").keyType(KeyType.HASH))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    }

    private static List<Record> records(EmbeddedDynamoDb dynamo, DynamoDbClient client) {
        try (DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build()) {
            String arn = client.describeTable(request -> request.tableName(TABLE))
                    .table()
                    .latestStreamArn();
            String shard = streams.describeStream(request -> request.streamArn(arn))
                    .streamDescription()
                    .shards()
                    .getLast()
                    .shardId();
            String iterator = streams.getShardIterator(request ->
                            request.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            List<Record> all = new ArrayList<>();
            List<Record> page;
            do {
                String from = iterator;
                var response = streams.getRecords(request -> request.shardIterator(from));
                page = response.records();
                all.addAll(page);
                iterator = response.nextShardIterator();
            } while (!page.isEmpty());
            return all;
        }
    }

    private static void sql(Path file, String statement) throws Exception {
        SQLiteConnection connection = new SQLiteConnection(file.toFile());
        try {
            connection.open(false).setBusyTimeout(60_000).exec(statement);
        } finally {
            connection.dispose();
        }
    }

    private static int count(Path file, String table) throws Exception {
        SQLiteConnection connection = new SQLiteConnection(file.toFile());
        try {
            SQLiteStatement count =
                    connection.open(false).setBusyTimeout(60_000).prepare("SELECT COUNT(*) FROM " + table);
            count.step();
            return count.columnInt(0);
        } finally {
            connection.dispose();
        }
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    }

    private static DynamoDbClient client(EmbeddedDynamoDb dynamo) {
        URI endpoint = dynamo.endpoint();
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }
}
