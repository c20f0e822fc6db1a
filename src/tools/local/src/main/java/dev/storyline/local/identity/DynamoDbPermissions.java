package dev.storyline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * The permissions that a call of DynamoDB needs, for requests of the SDK and requests on the wire. Both are read by the
 * names of the wire protocol. Of the attributes of items, conditions see the partition key of an event that is put.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">Actions,
 *     resources, and condition keys for Amazon DynamoDB</a>
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html">Using IAM with
 *     DynamoDB backup and restore</a>
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">Using IAM
 *     with DynamoDB transactions</a>
 */
public final class DynamoDbPermissions {
    private static final String TABLE = "arn:aws:dynamodb:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":table/";
    private static final String ACTION = "dynamodb:";

    /** The parts of transactions by their names in the protocol, and the actions that allow them. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry("ConditionCheck", ACTION + "ConditionCheckItem"),
            Map.entry("Put", ACTION + "PutItem"),
            Map.entry("Update", ACTION + "UpdateItem"),
            Map.entry("Delete", ACTION + "DeleteItem"),
            Map.entry("Get", ACTION + "GetItem"));

    /** What a restore needs on the new table. */
    private static final List<String> RESTORED =
            List.of("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem");

    private DynamoDbPermissions() {}

    /** The permissions that a request of the SDK needs. */
    public static List<Need> of(DynamoDbRequest request) {
        String name = request.getClass().getSimpleName();
        return of(name.substring(0, name.length() - "Request".length()), new Sdk(request));
    }

    /**
     * The permissions that a request on the wire needs.
     *
     * @param target the header {@code X-Amz-Target}, {@code DynamoDB_20120810.PutItem}
     * @param body the body of the request
     */
    public static List<Need> of(String target, JsonNode body) {
        return of(target.substring(target.lastIndexOf('.') + 1), new Wire(body));
    }

    private static List<Need> of(String operation, Fields request) {
        return switch (operation) {
            case "BatchGetItem", "BatchWriteItem" ->
                request.keys("RequestItems").stream()
                        .map(table -> new Need(ACTION + operation, table(table)))
                        .toList();
            case "TransactWriteItems", "TransactGetItems" -> parts(operation, request);
            case "RestoreTableToPointInTime" -> restore(operation, request);
            default -> List.of(new Need(ACTION + operation, resource(request), leadingKeys(request)));
        };
    }

    /** A restore needs the right on the table that is restored, and those to read and write the new one. */
    private static List<Need> restore(String operation, Fields request) {
        List<Need> needs = new ArrayList<>();
        needs.add(new Need(ACTION + operation, table(String.valueOf(request.text("SourceTableName")))));
        String target = table(String.valueOf(request.text("TargetTableName")));
        RESTORED.forEach(right -> needs.add(new Need(ACTION + right, target)));
        return needs;
    }

    /** A transaction is not an action itself: each of its parts must be allowed within this operation. */
    private static List<Need> parts(String operation, Fields request) {
        Map<String, String> enclosing = Map.of("dynamodb:EnclosingOperation", operation);
        Set<Need> needs = new LinkedHashSet<>();
        request.elements("TransactItems")
                .forEach(item -> PARTS.forEach(part -> {
                    Fields fields = item.part(part.getKey());
                    if (fields != null) {
                        Map<String, String> context = new HashMap<>(enclosing);
                        context.putAll(leadingKeys(fields));
                        needs.add(new Need(part.getValue(), resource(fields), context));
                    }
                }));
        return new ArrayList<>(needs);
    }

    /** The partition key of an item of an event table that is put, which is its stream. */
    private static Map<String, String> leadingKeys(Fields request) {
        String stream = request.attribute("Item", "stream");
        return stream == null ? Map.of() : Map.of("dynamodb:LeadingKeys", stream);
    }

    /** The ARN of the table, or of the index that is read; {@code *} where the request names no resource. */
    private static String resource(Fields request) {
        String table = request.text("TableName");
        if (table == null) {
            String stream = request.text("StreamArn");
            String other = stream == null ? request.text("ResourceArn") : stream;
            return other == null ? "*" : other;
        }
        String index = request.text("IndexName");
        return index == null ? table(table) : table(table) + "/index/" + index;
    }

    /** The ARN of a table, which requests give by name or by ARN. */
    private static String table(String name) {
        return name.startsWith("arn:") ? name : TABLE + name;
    }

    /** A structure of the protocol. Missing fields are null or empty. */
    private sealed interface Fields {
        @Nullable
        String text(String name);

        Set<String> keys(String name);

        Stream<? extends Fields> elements(String name);

        @Nullable
        Fields part(String name);

        /** The text of an attribute of an item; null if there is none. */
        @Nullable
        String attribute(String item, String name);
    }

    private record Sdk(SdkPojo pojo) implements Fields {
        private @Nullable Object value(String name) {
            SdkField<?> field = pojo.sdkFieldNameToField().get(name);
            return field == null ? null : field.getValueOrDefault(pojo);
        }

        @Override
        public @Nullable String text(String name) {
            return value(name) instanceof String text ? text : null;
        }

        @Override
        public Set<String> keys(String name) {
            Set<String> keys = new LinkedHashSet<>();
            if (value(name) instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> keys.add(String.valueOf(key)));
            }
            return keys;
        }

        @Override
        public Stream<Sdk> elements(String name) {
            return value(name) instanceof List<?> list
                    ? list.stream().map(SdkPojo.class::cast).map(Sdk::new)
                    : Stream.of();
        }

        @Override
        public @Nullable Fields part(String name) {
            return value(name) instanceof SdkPojo part ? new Sdk(part) : null;
        }

        @Override
        public @Nullable String attribute(String item, String name) {
            return value(item) instanceof Map<?, ?> map && map.get(name) instanceof AttributeValue attribute
                    ? attribute.s()
                    : null;
        }
    }

    private record Wire(JsonNode node) implements Fields {
        @Override
        public @Nullable String text(String name) {
            return node.path(name).textValue();
        }

        @Override
        public Set<String> keys(String name) {
            Set<String> keys = new LinkedHashSet<>();
            node.path(name).fieldNames().forEachRemaining(keys::add);
            return keys;
        }

        @Override
        public Stream<Wire> elements(String name) {
            return node.path(name).valueStream().map(Wire::new);
        }

        @Override
        public @Nullable Fields part(String name) {
            return node.has(name) ? new Wire(node.path(name)) : null;
        }

        @Override
        public @Nullable String attribute(String item, String name) {
            return node.path(item).path(name).path("S").textValue();
        }
    }
}
