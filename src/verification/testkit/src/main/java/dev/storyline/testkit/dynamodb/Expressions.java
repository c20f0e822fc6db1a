package dev.storyline.testkit.dynamodb;

import static dev.storyline.testkit.dynamodb.Refusals.unsupported;
import static dev.storyline.testkit.dynamodb.Refusals.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Reads the expressions of one request. It supports only the forms listed here, with a placeholder for every name and
 * value. An absent item is an empty map.
 */
final class Expressions {
    private static final String NAME = "(#\\w+)";
    private static final String VALUE = "(:\\w+)";
    private static final Pattern EXISTENCE = Pattern.compile("attribute_(not_)?exists ?\\(" + NAME + "\\)");
    private static final Pattern EQUALITY = Pattern.compile(NAME + " = " + VALUE);
    private static final Pattern UPDATE = Pattern.compile("(?:SET (.+?))??(?:(?:^| )ADD (.+))?");
    private static final Pattern ADDITION = Pattern.compile(NAME + " " + VALUE);
    private static final Pattern KEYS = Pattern.compile(NAME + " = " + VALUE + "(?: AND " + NAME + " (?:(>=|<=|>|<|=) "
            + VALUE + "|BETWEEN " + VALUE + " AND " + VALUE + "))?");
    private static final Pattern LIST = Pattern.compile(" *, *");

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    Expressions(Map<String, String> names, Map<String, AttributeValue> values) {
        if (given(names) && names.isEmpty()) {
            throw validation("ExpressionAttributeNames must not be empty");
        }
        if (given(values) && values.isEmpty()) {
            throw validation("ExpressionAttributeValues must not be empty");
        }
        this.names = names;
        this.values = values;
    }

    private static boolean given(Map<?, ?> map) {
        return !(map instanceof SdkAutoConstructMap);
    }

    private String name(String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw validation("An expression attribute name used in the document path is not defined; attribute name: "
                    + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    private AttributeValue value(String placeholder) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw validation(
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        used.add(placeholder);
        return CanonicalValues.kept(value);
    }

    /** Checks that all placeholders were used; to be called after all expressions of the request were read. */
    void allUsed() {
        if (!used.containsAll(names.keySet()) || !used.containsAll(values.keySet())) {
            throw validation("Value provided in ExpressionAttributeNames or ExpressionAttributeValues unused in"
                    + " expressions: names " + names.keySet() + ", values " + values.keySet() + ", used " + used);
        }
    }

    /** Reads {@code attribute_exists(#x)}, {@code attribute_not_exists(#x)} and {@code #x = :v}, joined by AND. */
    Predicate<Map<String, AttributeValue>> condition(@Nullable String expression) {
        Predicate<Map<String, AttributeValue>> all = item -> true;
        if (expression == null) {
            return all;
        }
        for (String term : expression.split(" AND ", -1)) {
            Matcher existence = EXISTENCE.matcher(term);
            Matcher equality = EQUALITY.matcher(term);
            if (existence.matches()) {
                String name = name(existence.group(2));
                boolean wanted = existence.group(1) == null;
                all = all.and(item -> item.containsKey(name) == wanted);
            } else if (equality.matches()) {
                String name = name(equality.group(1));
                AttributeValue value = value(equality.group(2));
                all = all.and(item -> value.equals(item.get(name)));
            } else {
                throw unsupported(expression);
            }
        }
        return all;
    }

    /**
     * Reads {@code SET #a = :a, #b = :b}, {@code ADD #a :a, #b :b}, or one behind the other; ADD takes numbers.
     *
     * @param isKey returns whether an attribute is a key attribute, which cannot be changed
     * @return changes the attributes of an item, which has at least its key attributes
     */
    UnaryOperator<Map<String, AttributeValue>> update(String expression, Predicate<String> isKey) {
        Matcher update = UPDATE.matcher(expression);
        if (expression.isEmpty() || !update.matches()) {
            throw unsupported(expression);
        }
        Map<String, AttributeValue> sets = operands(expression, update.group(1), EQUALITY);
        Map<String, AttributeValue> adds = operands(expression, update.group(2), ADDITION);
        adds.forEach((name, operand) -> {
            if (operand.n() == null) {
                throw validation("Incorrect operand type for operator or function; operator: ADD, operand type: "
                        + operand.type());
            }
            if (sets.containsKey(name)) {
                throw overlap(name);
            }
        });
        return item -> {
            if (Stream.concat(sets.keySet().stream(), adds.keySet().stream()).anyMatch(isKey)) {
                throw validation(
                        "Cannot update attributes " + sets.keySet() + adds.keySet() + ". One is part of the key");
            }
            TreeMap<String, AttributeValue> next = new TreeMap<>(item);
            next.putAll(sets);
            adds.forEach((name, operand) -> next.merge(name, operand, Expressions::sum));
            return Collections.unmodifiableMap(next);
        };
    }

    private Map<String, AttributeValue> operands(String expression, @Nullable String terms, Pattern form) {
        Map<String, AttributeValue> operands = new TreeMap<>();
        for (String term : terms == null ? new String[0] : LIST.split(terms, -1)) {
            Matcher action = form.matcher(term);
            if (!action.matches()) {
                throw unsupported(expression);
            }
            String name = name(action.group(1));
            if (operands.put(name, value(action.group(2))) != null) {
                throw overlap(name);
            }
        }
        return operands;
    }

    private static DynamoDbException overlap(String name) {
        return validation("Two document paths overlap with each other; must remove or rewrite one: " + name);
    }

    private static AttributeValue sum(AttributeValue old, AttributeValue added) {
        if (old.n() == null) {
            throw validation("An operand in the update expression has an incorrect data type");
        }
        return CanonicalValues.number(new BigDecimal(old.n()).add(new BigDecimal(added.n())));
    }

    /** Reads {@code #a, #b}: keeps only these attributes of an item. */
    UnaryOperator<Map<String, AttributeValue>> projection(@Nullable String expression) {
        if (expression == null) {
            return UnaryOperator.identity();
        }
        List<String> kept = new ArrayList<>();
        for (String term : LIST.split(expression, -1)) {
            if (!term.matches(NAME)) {
                throw unsupported(expression);
            }
            kept.add(name(term));
        }
        if (Set.copyOf(kept).size() < kept.size()) {
            throw validation("Two document paths overlap with each other; must remove or rewrite one: " + kept);
        }
        return item -> {
            TreeMap<String, AttributeValue> part = new TreeMap<>(item);
            part.keySet().retainAll(kept);
            return part;
        };
    }

    /** A partition key and a range of sort keys. */
    record KeyCondition(Key partition, Range range) {}

    /** Reads {@code #pk = :pk}, also with {@code AND #sk} and one of =, <, <=, >, >= and BETWEEN. */
    KeyCondition keys(@Nullable String expression, Table table) {
        Matcher keys = KEYS.matcher(String.valueOf(expression));
        if (!keys.matches()) {
            throw unsupported(String.valueOf(expression));
        }
        Key partition = table.partitionKey(name(keys.group(1)), value(keys.group(2)));
        if (keys.group(3) == null) {
            return new KeyCondition(partition, new Range(null, false, null, false));
        }
        String sort = name(keys.group(3));
        if (keys.group(4) == null) {
            Key lower = table.sortKey(sort, value(keys.group(6)));
            Key upper = table.sortKey(sort, value(keys.group(7)));
            if (lower.compareTo(upper) > 0) {
                throw validation(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound");
            }
            return new KeyCondition(partition, new Range(lower, true, upper, true));
        }
        Key bound = table.sortKey(sort, value(keys.group(5)));
        return new KeyCondition(
                partition,
                switch (keys.group(4)) {
                    case "=" -> new Range(bound, true, bound, true);
                    case ">" -> new Range(bound, false, null, false);
                    case ">=" -> new Range(bound, true, null, false);
                    case "<" -> new Range(null, false, bound, false);
                    default -> new Range(null, false, bound, true);
                });
    }

    /** Sort keys between two bounds; null means no bound. */
    record Range(
            @Nullable Key lower,
            boolean withLower,
            @Nullable Key upper,
            boolean withUpper) {
        boolean contains(Key key) {
            int above = lower == null ? 1 : key.compareTo(lower);
            int below = upper == null ? 1 : upper.compareTo(key);
            return (above > 0 || (above == 0 && withLower)) && (below > 0 || (below == 0 && withUpper));
        }

        <V> NavigableMap<Key, V> of(NavigableMap<Key, V> items) {
            NavigableMap<Key, V> above = lower == null ? items : items.tailMap(lower, withLower);
            return upper == null ? above : above.headMap(upper, withUpper);
        }
    }
}
