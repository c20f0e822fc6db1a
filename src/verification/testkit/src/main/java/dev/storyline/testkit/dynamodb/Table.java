package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.unsupported;
import static dev.storyline.testkit.dynamodb.Refusals.validation;

import dev.storyline.eventstore.ItemSize;
import dev.storyline.testkit.dynamodb.Expressions.Range;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The items of one table, by partition key in hash order and then by sort key, and the log of their changes. */
final class Table {
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int LONGEST_PARTITION_KEY = 2048;
    private static final int LONGEST_SORT_KEY = 1024;

    private final CreateTableRequest created;
    private final KeyAttribute partition;
    private final @Nullable KeyAttribute sort;
    private final boolean logged;
    private final TreeMap<SortPosition, TreeMap<Key, Map<String, AttributeValue>>> partitions = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long count;

    Table(CreateTableRequest request) {
        this.created = request;
        this.partition = Objects.requireNonNull(keyAttribute(request, KeyType.HASH, LONGEST_PARTITION_KEY));
        this.sort = keyAttribute(request, KeyType.RANGE, LONGEST_SORT_KEY);
        this.logged = request.streamSpecification() != null
                && Boolean.TRUE.equals(request.streamSpecification().streamEnabled());
        if (logged && request.streamSpecification().streamViewType() != StreamViewType.NEW_IMAGE) {
            throw unsupported(request.streamSpecification().toString());
        }
    }

    private static @Nullable KeyAttribute keyAttribute(CreateTableRequest request, KeyType type, int longest) {
        for (KeySchemaElement element : request.keySchema()) {
            if (element.keyType() == type) {
                String name = element.attributeName();
                for (AttributeDefinition definition : request.attributeDefinitions()) {
                    if (definition.attributeName().equals(name)) {
                        return new KeyAttribute(name, definition.attributeType(), longest);
                    }
                }
            }
        }
        if (type == KeyType.HASH) {
            throw validation("No Hash Key specified in schema. All Dynamo DB tables must have exactly one hash key");
        }
        return null;
    }

    /** A key attribute as the table declares it; {@code longest} is in bytes of UTF-8. */
    private record KeyAttribute(String name, ScalarAttributeType type, int longest) {
        KeyAttribute {
            if (type != ScalarAttributeType.S && type != ScalarAttributeType.N) {
                throw unsupported("a key of type " + type);
            }
        }

        Key of(@Nullable AttributeValue value) {
            if (value == null) {
                throw validation("One of the required keys was not given a value: " + name);
            }
            if (type == ScalarAttributeType.N && value.n() != null) {
                return Key.number(value.n());
            }
            if (type == ScalarAttributeType.N || value.s() == null) {
                throw validation("Type mismatch for key " + name + " expected: " + type);
            }
            if (value.s().isEmpty()) {
                throw validation(
                        "The AttributeValue for a key attribute cannot contain an empty string value. Key: " + name);
            }
            if (ItemSize.bytes(Map.of("", value)) > longest) {
                throw validation("The size of the key " + name + " has exceeded the limit of " + longest + " bytes");
            }
            return Key.text(value.s());
        }
    }

    /** The position of a partition key in hash order. */
    private record SortPosition(int hash, Key key) implements Comparable<SortPosition> {
        private static final Comparator<SortPosition> ORDER = Comparator.<SortPosition>comparingLong(
                        place -> Integer.toUnsignedLong(place.hash))
                .thenComparing(SortPosition::key);

        static SortPosition of(Key key) {
            return new SortPosition(key.hash(), key);
        }

        int segment(int of) {
            return (int) ((Integer.toUnsignedLong(hash) * of) >>> Integer.SIZE);
        }

        @Override
        public int compareTo(SortPosition other) {
            return ORDER.compare(this, other);
        }
    }

    /** The key of an item. */
    record ItemKey(Key partition, Key sort) {}

    /**
     * The result of one query or scan.
     *
     * @param last the key from which the next page continues; null after the last page
     */
    record QueryPage(
            List<Map<String, AttributeValue>> items,
            @Nullable Map<String, AttributeValue> last,
            int bytes) {}

    TableDescription description() {
        TableDescription.Builder description = TableDescription.builder()
                .tableName(created.tableName())
                .tableStatus(TableStatus.ACTIVE)
                .keySchema(created.keySchema())
                .attributeDefinitions(created.attributeDefinitions())
                .itemCount(count);
        if (logged) {
            description
                    .streamSpecification(created.streamSpecification())
                    .latestStreamArn("simulated:" + created.tableName());
        }
        return description.build();
    }

    String name() {
        return created.tableName();
    }

    boolean isKey(String attribute) {
        return attribute.equals(partition.name) || (sort != null && attribute.equals(sort.name));
    }

    /** Returns the key of a request, which must contain exactly the key attributes. */
    ItemKey exactKey(Map<String, AttributeValue> key) {
        if (key.size() != (sort == null ? 1 : 2)) {
            throw validation("The provided key element does not match the schema");
        }
        return keyOf(key);
    }

    /** Returns the key of an item in its stored form. */
    ItemKey keyOf(Map<String, AttributeValue> item) {
        return new ItemKey(
                partition.of(item.get(partition.name)), sort == null ? Key.NONE : sort.of(item.get(sort.name)));
    }

    private Map<String, AttributeValue> keyAttributes(Map<String, AttributeValue> item) {
        TreeMap<String, AttributeValue> key = new TreeMap<>(item);
        key.keySet().removeIf(name -> !isKey(name));
        return CanonicalValues.kept(key);
    }

    Key partitionKey(String attribute, AttributeValue value) {
        if (!attribute.equals(partition.name)) {
            throw validation("Query condition missed key schema element: " + partition.name);
        }
        return partition.of(value);
    }

    Key sortKey(String attribute, AttributeValue value) {
        if (sort == null || !attribute.equals(sort.name)) {
            throw validation("Query key condition not supported");
        }
        return sort.of(value);
    }

    /** Returns the item, or an empty map if there is none. */
    Map<String, AttributeValue> get(ItemKey key) {
        TreeMap<Key, Map<String, AttributeValue>> items = partitions.get(SortPosition.of(key.partition));
        return items == null ? Map.of() : items.getOrDefault(key.sort, Map.of());
    }

    /** Puts the item, or removes the existing one if the given item is empty. A write that changes nothing is not logged. */
    void set(ItemKey key, Map<String, AttributeValue> item) {
        SortPosition place = SortPosition.of(key.partition);
        Map<String, AttributeValue> before = get(key);
        if (item.equals(before)) {
            return;
        }
        if (item.isEmpty()) {
            TreeMap<Key, Map<String, AttributeValue>> items = Objects.requireNonNull(partitions.get(place));
            items.remove(key.sort);
            if (items.isEmpty()) {
                partitions.remove(place);
            }
            count--;
        } else {
            partitions.computeIfAbsent(place, absent -> new TreeMap<>()).put(key.sort, item);
            count += before.isEmpty() ? 1 : 0;
        }
        if (logged) {
            String event = item.isEmpty() ? "REMOVE" : before.isEmpty() ? "INSERT" : "MODIFY";
            changes.add(new Change(
                    changes.size() + 1,
                    event,
                    keyAttributes(item.isEmpty() ? before : item),
                    item.isEmpty() ? null : item));
        }
    }

    /** Returns the changes after the one with this number. The numbers have no gaps, so the number is also a list index. */
    List<Change> changes(long after) {
        if (!logged) {
            throw new IllegalArgumentException("The table " + name() + " has no stream");
        }
        return List.copyOf(changes.subList((int) Math.min(after, changes.size()), changes.size()));
    }

    QueryPage query(
            Key partitionKey, Range range, boolean forward, @Nullable Map<String, AttributeValue> after, int limit) {
        ItemKey start = after == null ? null : exactKey(CanonicalValues.kept(after));
        if (start != null && (!start.partition.equals(partitionKey) || !range.contains(start.sort))) {
            throw validation("The provided starting key is outside query boundaries based on provided conditions");
        }
        TreeMap<Key, Map<String, AttributeValue>> items = partitions.get(SortPosition.of(partitionKey));
        if (items == null) {
            return new QueryPage(List.of(), null, 0);
        }
        NavigableMap<Key, Map<String, AttributeValue>> inRange = range.of(items);
        NavigableMap<Key, Map<String, AttributeValue>> directed = forward ? inRange : inRange.descendingMap();
        return page(
                (start == null ? directed : directed.tailMap(start.sort, false))
                        .values()
                        .iterator(),
                limit);
    }

    QueryPage scan(int segment, int of, @Nullable Map<String, AttributeValue> after, int limit) {
        if (after == null) {
            return page(scan(segment, of, partitions), limit);
        }
        ItemKey start = exactKey(CanonicalValues.kept(after));
        SortPosition place = SortPosition.of(start.partition);
        if (place.segment(of) != segment) {
            throw validation("The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                    + " ExclusiveStartKey with correct Segment. TotalSegments: " + of + " Segment: " + segment);
        }
        TreeMap<SortPosition, NavigableMap<Key, Map<String, AttributeValue>>> rest =
                new TreeMap<>(partitions.tailMap(place, true));
        rest.computeIfPresent(place, (same, items) -> items.tailMap(start.sort, false));
        return page(scan(segment, of, rest), limit);
    }

    private static Iterator<Map<String, AttributeValue>> scan(
            int segment, int of, Map<SortPosition, ? extends Map<Key, Map<String, AttributeValue>>> partitions) {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getKey().segment(of) == segment)
                .flatMap(entry -> entry.getValue().values().stream())
                .iterator();
    }

    /** Reads one page. A full page names its last key even if nothing follows, because DynamoDB does not look ahead. */
    private QueryPage page(Iterator<Map<String, AttributeValue>> from, int limit) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        int bytes = 0;
        while (from.hasNext()) {
            Map<String, AttributeValue> item = from.next();
            items.add(item);
            bytes += ItemSize.bytes(item);
            if (items.size() == limit || bytes >= PAGE_BYTES) {
                return new QueryPage(items, keyAttributes(item), bytes);
            }
        }
        return new QueryPage(items, null, bytes);
    }
}
