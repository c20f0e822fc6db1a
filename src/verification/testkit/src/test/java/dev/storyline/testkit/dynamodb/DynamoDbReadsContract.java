package dev.storyline.testkit.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Queries, scans, projections and batches of reads. */
abstract class DynamoDbReadsContract extends DynamoDbContract {
    DynamoDbReadsContract(UnderTest dynamo) {
        super(dynamo);
    }

    private QueryRequest.Builder query(String table, String condition, AttributeValue... values) {
        Map<String, AttributeValue> named = new HashMap<>(Map.of(":pk", s("a")));
        for (int i = 0; i < values.length; i++) {
            named.put(":v" + i, values[i]);
        }
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#pk = :pk" + condition)
                .expressionAttributeNames(condition.isEmpty() ? Map.of("#pk", "pk") : Map.of("#pk", "pk", "#sk", "sk"))
                .expressionAttributeValues(named);
    }

    private static List<Integer> sorts(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> Integer.valueOf(requireNonNull(item.get("sk")).n()))
                .toList();
    }

    @Test
    void a_query_reads_a_range_of_one_partition_in_order() {
        String table = streamTable();
        for (int sort : new int[] {10, 2, -1, 7}) {
            put(table, item("a", sort));
            put(table, item("b", sort));
        }
        Map<QueryRequest.Builder, List<Integer>> expected = Map.of(
                query(table, ""), List.of(-1, 2, 7, 10),
                query(table, "").scanIndexForward(false), List.of(10, 7, 2, -1),
                query(table, " AND #sk > :v0", n(2)), List.of(7, 10),
                query(table, " AND #sk >= :v0", n(2)).scanIndexForward(false), List.of(10, 7, 2),
                query(table, " AND #sk < :v0", n(7)), List.of(-1, 2),
                query(table, " AND #sk <= :v0", n(7)), List.of(-1, 2, 7),
                query(table, " AND #sk = :v0", n(7)), List.of(7),
                query(table, " AND #sk BETWEEN :v0 AND :v1", n(0), n(7)), List.of(2, 7),
                query(table, " AND #sk BETWEEN :v0 AND :v1", n(3), n(3)), List.of());
        expected.forEach((query, sorts) -> {
            QueryResponse response = client().query(query.consistentRead(true).build());
            assertThat(sorts(response.items())).isEqualTo(sorts);
            assertThat(response.count()).isEqualTo(sorts.size());
            assertThat(response.hasLastEvaluatedKey()).isFalse();
        });
    }

    @Test
    void texts_are_in_the_order_of_their_bytes() {
        String table = viewTable();
        List<String> sorts = List.of("A", "B", "a", "aa", "z", "ä", "\u20ac", "\uff5e", "\uD83D\uDE00", "\uD83D\uDE01");
        sorts.reversed().forEach(sort -> put(table, row("a", sort)));

        assertThat(client().query(query(table, "").build()).items())
                .extracting(item -> requireNonNull(item.get("sk")).s())
                .isEqualTo(sorts);
    }

    @Test
    void a_query_that_cannot_be_is_refused() {
        String table = streamTable();
        assertInvalid(
                () -> client().query(query(table, " AND #sk > :v0", s("1")).build()));
        assertInvalid(() -> client().query(
                        query(table, " AND #sk BETWEEN :v0 AND :v1", n(2), n(1)).build()));
        assertInvalid(() -> client().query(query(table, "").limit(0).build()));
        assertInvalid(() ->
                client().query(query(table, "").exclusiveStartKey(key("b", 1)).build()));
        assertInvalid(() -> client().query(query(table, " AND #sk > :v0", n(3))
                .exclusiveStartKey(key("a", 2))
                .build()));
        assertInvalid(() -> client().query(query(table, " AND #sk > :v0", n(3))
                .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "x"))
                .build()));
    }

    @Test
    void a_limited_query_is_read_page_by_page() {
        String table = streamTable();
        IntStream.rangeClosed(1, 6).forEach(sort -> put(table, item("a", sort)));
        QueryRequest.Builder query = query(table, " AND #sk > :v0", n(1)).limit(2);
        QueryResponse first = client().query(query.build());
        QueryResponse second =
                client().query(query.exclusiveStartKey(first.lastEvaluatedKey()).build());
        QueryResponse third = client().query(
                        query.exclusiveStartKey(second.lastEvaluatedKey()).build());

        assertThat(sorts(first.items())).containsExactly(2, 3);
        assertThat(first.lastEvaluatedKey()).isEqualTo(key("a", 3));
        assertThat(sorts(second.items())).containsExactly(4, 5);
        assertThat(sorts(third.items())).containsExactly(6);
        assertThat(third.hasLastEvaluatedKey()).isFalse();
        assertThat(sorts(client().query(query(table, "")
                                .scanIndexForward(false)
                                .exclusiveStartKey(key("a", 3))
                                .build())
                        .items()))
                .containsExactly(2, 1);
    }

    @Test
    void a_full_page_does_not_know_that_it_is_the_last() {
        String table = streamTable();
        put(table, item("a", 1));
        put(table, item("a", 2));
        QueryResponse full = client().query(query(table, "").limit(2).build());
        QueryResponse after = client().query(query(table, "")
                .exclusiveStartKey(full.lastEvaluatedKey())
                .build());

        assertThat(full.lastEvaluatedKey()).isEqualTo(key("a", 2));
        assertThat(after.items()).isEmpty();
        assertThat(after.hasLastEvaluatedKey()).isFalse();
        assertThat(client().scan(scan -> scan.tableName(table).limit(2)).lastEvaluatedKey())
                .isEqualTo(key("a", 2));
    }

    @Test
    void a_page_ends_after_a_megabyte() {
        String table = streamTable();
        String large = "x".repeat(300 * 1024);
        IntStream.rangeClosed(1, 8).forEach(sort -> put(table, item("a", sort, "x", s(large))));
        QueryResponse first = client().query(query(table, "").build());
        QueryResponse second = client().query(query(table, "")
                .exclusiveStartKey(first.lastEvaluatedKey())
                .build());

        assertThat(sorts(first.items())).containsExactly(1, 2, 3, 4);
        assertThat(sorts(second.items())).containsExactly(5, 6, 7, 8);
        ScanResponse scan = client().scan(request ->
                request.tableName(table).projectionExpression("#sk").expressionAttributeNames(Map.of("#sk", "sk")));
        assertThat(sorts(scan.items())).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_projection_leaves_the_attributes_it_names() {
        String table = streamTable();
        put(table, item("a", 1, "x", n(1), "y", n(2)));
        Map<String, String> names = Map.of("#a", "x", "#b", "sk", "#c", "none");
        String expression = "#a, #b, #c";
        Map<String, AttributeValue> part = Map.of("x", n(1), "sk", n(1));

        assertThat(client().scan(request -> request.tableName(table)
                                .projectionExpression(expression)
                                .expressionAttributeNames(names))
                        .items())
                .containsExactly(part);
        assertThat(client().getItem(request -> request.tableName(table)
                                .key(key("a", 1))
                                .projectionExpression(expression)
                                .expressionAttributeNames(names))
                        .item())
                .isEqualTo(part);
        assertThat(client().query(query(table, "")
                                .projectionExpression("#x")
                                .expressionAttributeNames(Map.of("#pk", "pk", "#x", "x"))
                                .build())
                        .items())
                .containsExactly(Map.of("x", n(1)));
        assertThat(client().getItem(request -> request.tableName(table)
                                .key(key("a", 1))
                                .projectionExpression("#c")
                                .expressionAttributeNames(Map.of("#c", "none")))
                        .hasItem())
                .isTrue();
        assertInvalid(() -> client().scan(request -> request.tableName(table)
                .projectionExpression("#a, #b")
                .expressionAttributeNames(Map.of("#a", "x", "#b", "x"))));
    }

    private List<Map<String, AttributeValue>> scanAll(ScanRequest.Builder scan) {
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        ScanResponse page;
        do {
            page = client().scan(scan.build());
            all.addAll(page.items());
            scan.exclusiveStartKey(page.lastEvaluatedKey());
        } while (page.hasLastEvaluatedKey());
        return all;
    }

    @Test
    void a_scan_by_segments_and_pages_reads_every_item_once_and_each_partition_in_order() {
        String table = streamTable();
        for (int stream = 0; stream < 12; stream++) {
            for (int sort : new int[] {3, 1, 10, 2}) {
                put(table, item("stream#" + stream, sort));
            }
        }
        Map<String, List<Integer>> sorts = new HashMap<>();
        for (int segment = 0; segment < 3; segment++) {
            String before = "";
            for (Map<String, AttributeValue> item : scanAll(ScanRequest.builder()
                    .tableName(table)
                    .segment(segment)
                    .totalSegments(3)
                    .limit(5))) {
                String stream = requireNonNull(item.get("pk")).s();
                assertThat(sorts.containsKey(stream)).isEqualTo(stream.equals(before));
                sorts.computeIfAbsent(stream, absent -> new ArrayList<>())
                        .add(Integer.valueOf(requireNonNull(item.get("sk")).n()));
                before = stream;
            }
        }
        assertThat(sorts)
                .hasSize(12)
                .allSatisfy((stream, all) -> assertThat(all).containsExactly(1, 2, 3, 10));
        assertThat(scanAll(ScanRequest.builder().tableName(table).limit(7))).hasSize(48);
    }

    @Test
    void a_scan_goes_on_after_an_item_that_is_gone() {
        String table = streamTable();
        IntStream.rangeClosed(1, 4).forEach(sort -> put(table, item("a", sort)));
        client().deleteItem(delete -> delete.tableName(table).key(key("a", 2)));

        assertThat(sorts(client().scan(scan -> scan.tableName(table).exclusiveStartKey(key("a", 2)))
                        .items()))
                .containsExactly(3, 4);
    }

    @Test
    void a_scan_that_cannot_be_is_refused() {
        String table = streamTable();
        assertInvalid(
                () -> client().scan(scan -> scan.tableName(table).segment(2).totalSegments(2)));
        assertInvalid(() -> client().scan(scan -> scan.tableName(table).segment(0)));
        assertInvalid(() -> client().scan(scan -> scan.tableName(table).totalSegments(2)));
        assertInvalid(() -> client().scan(scan -> scan.tableName(table).limit(0)));
        assertInvalid(() -> client().scan(scan -> scan.tableName(table).exclusiveStartKey(Map.of("pk", s("a")))));
    }

    @Test
    void a_batch_gets_what_is_there() {
        String table = streamTable();
        String view = viewTable();
        put(table, item("a", 1, "x", n(1)));
        put(table, item("a", 2, "x", n(2)));
        put(view, row("a", "b"));
        var response = client().batchGetItem(request -> request.requestItems(Map.of(
                table,
                KeysAndAttributes.builder()
                        .consistentRead(true)
                        .keys(key("a", 1), key("a", 2), key("a", 3))
                        .build(),
                view,
                KeysAndAttributes.builder().keys(row("a", "b"), row("b", "b")).build())));

        assertThat(response.responses().get(table))
                .containsExactlyInAnyOrder(item("a", 1, "x", n(1)), item("a", 2, "x", n(2)));
        assertThat(response.responses().get(view)).containsExactly(row("a", "b"));
        assertThat(response.unprocessedKeys()).isEmpty();
    }

    @Test
    void a_batch_asks_for_each_key_once_and_a_hundred_at_most() {
        String table = streamTable();
        assertInvalid(() -> getAll(table, List.of(key("a", 1), key("a", 1))));
        assertInvalid(() -> getAll(
                table, IntStream.rangeClosed(1, 101).mapToObj(i -> key("a", i)).toList()));
        getAll(table, IntStream.rangeClosed(1, 100).mapToObj(i -> key("a", i)).toList());
    }

    private void getAll(String table, List<Map<String, AttributeValue>> keys) {
        client().batchGetItem(request -> request.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
    }
}
