package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.onlyKnown;
import static dev.storyline.testkit.dynamodb.Refusals.validation;

import dev.storyline.eventstore.ItemSize;
import dev.storyline.testkit.dynamodb.Table.ItemKey;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The write of one item: a put, an update, a delete or a condition check, alone or as part of a batch or transaction. A
 * request and the corresponding part of a transaction have members of the same names, so one reader reads both.
 *
 * @param table the table of the item
 * @param at finds the item's key, and refuses a key that does not fit the table; in a transaction, only this part fails
 *     then
 * @param condition whether an item may be written; an absent item is an empty map
 * @param change maps the item before the write to the item after the write; an empty map means no item
 * @param shown whether a failed condition returns the existing item
 */
record Write(
        Table table,
        Supplier<ItemKey> at,
        Predicate<Map<String, AttributeValue>> condition,
        UnaryOperator<Map<String, AttributeValue>> change,
        boolean shown) {
    private static final Set<String> KNOWN = Set.of(
            "TableName",
            "Key",
            "Item",
            "ConditionExpression",
            "UpdateExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValues",
            "ReturnValuesOnConditionCheckFailure",
            "ReturnConsumedCapacity");

    /**
     * Reads a request, or a part of one.
     *
     * @param tables finds a table by its name
     */
    static Write of(SdkPojo request, Function<String, Table> tables) {
        onlyKnown(request, KNOWN);
        Table table = tables.apply(text(request, "TableName"));
        boolean puts = request instanceof PutItemRequest || request instanceof Put;
        Map<String, AttributeValue> item = CanonicalValues.kept(map(request, puts ? "Item" : "Key"));
        if (puts) {
            CanonicalValues.checkedSize(item);
        }
        Expressions expressions =
                new Expressions(map(request, "ExpressionAttributeNames"), map(request, "ExpressionAttributeValues"));
        String expression = text(request, "ConditionExpression");
        Predicate<Map<String, AttributeValue>> condition = expressions.condition(expression);
        UnaryOperator<Map<String, AttributeValue>> change = switch (request) {
            case PutItemRequest _, Put _ -> before -> item;
            case DeleteItemRequest _, Delete _ -> before -> Map.of();
            case UpdateItemRequest _, Update _ ->
                update(expressions.update(String.valueOf(text(request, "UpdateExpression")), table::isKey), item);
            case ConditionCheck _ -> UnaryOperator.identity();
            default -> throw new IllegalArgumentException("This is no write: " + request);
        };
        expressions.allUsed();
        if (request instanceof ConditionCheck && expression == null) {
            throw validation("A condition check needs a ConditionExpression");
        }
        boolean shown = ReturnValuesOnConditionCheckFailure.ALL_OLD
                .toString()
                .equals(text(request, "ReturnValuesOnConditionCheckFailure"));
        return new Write(table, () -> puts ? table.keyOf(item) : table.exactKey(item), condition, change, shown);
    }

    private static UnaryOperator<Map<String, AttributeValue>> update(
            UnaryOperator<Map<String, AttributeValue>> change, Map<String, AttributeValue> key) {
        return before -> CanonicalValues.checkedSize(change.apply(before.isEmpty() ? key : before));
    }

    private static @Nullable Object member(SdkPojo request, String name) {
        for (SdkField<?> field : request.sdkFields()) {
            if (field.memberName().equals(name)) {
                return field.getValueOrDefault(request);
            }
        }
        return null;
    }

    private static @Nullable String text(SdkPojo request, String name) {
        return (String) member(request, name);
    }

    @SuppressWarnings("unchecked") // The requested members are maps with text keys.
    private static <V> Map<String, V> map(SdkPojo request, String name) {
        Object member = member(request, name);
        return member == null ? DefaultSdkAutoConstructMap.getInstance() : (Map<String, V>) member;
    }

    /** Returns the item before the write; an empty map if there is none. */
    Map<String, AttributeValue> before() {
        return table.get(at.get());
    }

    /** Returns the item that a failed condition returns; null if it returns none. */
    @Nullable
    Map<String, AttributeValue> shownBefore() {
        Map<String, AttributeValue> before = before();
        return shown && !before.isEmpty() ? before : null;
    }

    /** Writes the item if the condition holds, and returns the consumed write units. */
    int perform() {
        Map<String, AttributeValue> before = before();
        if (!condition.test(before)) {
            throw Refusals.condition(shownBefore());
        }
        return put(change.apply(before));
    }

    /** Puts an item without checking the condition, and returns the consumed write units. */
    int put(Map<String, AttributeValue> after) {
        int units = ItemSize.writeUnits(Math.max(ItemSize.bytes(before()), ItemSize.bytes(after)));
        table.set(at.get(), after);
        return units;
    }
}
