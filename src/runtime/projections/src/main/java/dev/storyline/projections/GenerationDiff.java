package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the rows of the served generation with those of a new one. It passes the view's table once, page by page, and
 * reads the counterpart of each row, so it holds a page of 1 MB at most, its counterparts, and the differences that it
 * shows, whatever the size of the view. Interrupted, it goes on after the last page. Each row costs three reads.
 *
 * <p>The live feed writes both generations, one after the other. So rows that differ are read again, some times, and
 * count only if they differ each time. A total whose amounts are all zero is the same as none.
 */
final class GenerationDiff {
    private static final String PART = "diff";
    private static final int SHOWN = 10;
    private static final int LOOKS = 5;
    private static final long BETWEEN_LOOKS_NANOS = 100_000_000;

    private final ViewTable table;
    private final Generation before;
    private final Generation after;
    private final Backoff backoff;
    private final RebuildMeter meter;
    private final Patience patience;
    private Progress so = new Progress(new RowDifferences(0, 0, 0, 0, List.of()), null, null, false);

    GenerationDiff(ViewTable table, Generation before, Generation after, Backoff backoff, RebuildMeter meter) {
        this.table = table;
        this.before = before;
        this.after = after;
        this.backoff = backoff;
        this.meter = meter;
        this.patience = new Patience(backoff);
    }

    /** How far the comparison has come: everything up to this item of the view's table. Stored as JSON. */
    record Progress(
            RowDifferences found,
            @Nullable String partition,
            @Nullable String sort,
            boolean done) {}

    /**
     * Compares, or goes on with it.
     *
     * @param anew whether to begin at the first row, whatever is stored
     * @return the differences; null if the time of the function is over before all rows are compared
     */
    @Nullable
    RowDifferences run(boolean anew) {
        String stored = anew ? null : table.progress(after.number(), PART);
        if (stored != null) {
            so = read(stored);
        }
        while (!so.done()) {
            if (Deadline.current().isNear()) {
                return null;
            }
            ViewTable.ItemPage page = patience.ask(() -> table.items(so.partition(), so.sort()));
            compare(page.items());
            so = new Progress(so.found(), page.partition(), page.sort(), page.partition() == null);
            table.progress(after.number(), PART, Json.mapper().valueToTree(so).toString());
            meter.report();
        }
        return so.found();
    }

    private static Progress read(String text) {
        try {
            return Json.mapper().readValue(text, Progress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored progress of a comparison cannot be read: " + text, e);
        }
    }

    private void compare(List<Map<String, AttributeValue>> items) {
        Map<RowPlace, ObjectNode> old = new TreeMap<>();
        Map<RowPlace, ObjectNode> fresh = new TreeMap<>();
        for (Map<String, AttributeValue> item : items) {
            if (table.belongsTo(item, before.number())) {
                old.put(place(item, before), fields(item));
            } else if (table.belongsTo(item, after.number())) {
                fresh.put(place(item, after), fields(item));
            }
        }
        Map<RowPlace, ObjectNode> counterparts = rows(after, old.keySet());
        old.forEach((place, row) -> count(place, row, counterparts.getOrDefault(place, none()), true));
        Map<RowPlace, ObjectNode> known = rows(before, fresh.keySet());
        fresh.forEach((place, row) -> {
            if (!known.containsKey(place)) {
                count(place, none(), row, false);
            }
        });
    }

    private static ObjectNode none() {
        return Json.mapper().createObjectNode();
    }

    private void count(RowPlace place, ObjectNode old, ObjectNode fresh, boolean counted) {
        ObjectNode was = shown(old);
        ObjectNode is = shown(fresh);
        for (int looks = 1; looks <= LOOKS && !was.equals(is); looks++) {
            backoff.pause(BETWEEN_LOOKS_NANOS);
            was = shown(rows(before, List.of(place)).getOrDefault(place, none()));
            is = shown(rows(after, List.of(place)).getOrDefault(place, none()));
        }
        so = new Progress(
                so.found().with(counted && !was.isEmpty(), difference(place, was, is), SHOWN),
                so.partition(),
                so.sort(),
                so.done());
    }

    private static @Nullable RowDifference difference(RowPlace place, ObjectNode was, ObjectNode is) {
        if (was.equals(is)) {
            return null;
        }
        Map<String, JsonNode> gone = new TreeMap<>();
        Map<String, JsonNode> come = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!Objects.equals(was.get(name), is.get(name))) {
                put(gone, name, was.get(name));
                put(come, name, is.get(name));
            }
        }
        return new RowDifference(place.partition(), place.sort(), was.isEmpty(), is.isEmpty(), gone, come);
    }

    private static void put(Map<String, JsonNode> to, String name, @Nullable JsonNode value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    /** What of an item people see; empty if it is a position without a row, or a total of nothing. */
    private static ObjectNode shown(ObjectNode fields) {
        boolean nothing = true;
        for (JsonNode value : fields) {
            nothing &= value.isNumber() && value.decimalValue().signum() == 0;
        }
        return nothing ? none() : fields;
    }

    private static ObjectNode fields(Map<String, AttributeValue> item) {
        AttributeValue sort = Objects.requireNonNull(item.get(ViewTable.SORT));
        if (sort.s().startsWith(FoldItem.SORT_PREFIX)) {
            AttributeValue own = item.get("row");
            return own == null ? none() : AttributeValues.fields(own.m());
        }
        Map<String, AttributeValue> row = new HashMap<>(item);
        row.remove(ViewTable.PARTITION);
        row.remove(ViewTable.SORT);
        return AttributeValues.fields(row);
    }

    private static RowPlace place(Map<String, AttributeValue> item, Generation generation) {
        return new RowPlace(
                generation
                        .keys()
                        .without(Objects.requireNonNull(item.get(ViewTable.PARTITION))
                                .s()),
                Objects.requireNonNull(item.get(ViewTable.SORT)).s());
    }

    /** The rows of a generation at these places that exist, read consistently. */
    private Map<RowPlace, ObjectNode> rows(Generation generation, Collection<RowPlace> places) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        places.forEach(place -> keys.add(generation.keys().at(place.partition(), place.sort())));
        Map<RowPlace, ObjectNode> found = new HashMap<>();
        patience.ask(() -> {
            table.items(keys, item -> found.put(place(item, generation), fields(item)));
            return true;
        });
        return found;
    }
}
