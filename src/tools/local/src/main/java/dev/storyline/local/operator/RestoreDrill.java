package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Checksum;
import dev.storyline.common.Json;
import dev.storyline.eventstore.EventScan;
import dev.storyline.local.common.LocalCloudException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;

/**
 * Restores the event tables beside those that are used, has every slice compare itself with what was restored, and deletes
 * it again. Nothing else changes. On AWS a table is restored by point-in-time recovery; a local cloud copies its own
 * commits, or those of a copy of its data directory.
 */
public final class RestoreDrill {
    /** A restore takes from minutes to hours. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

    /** The counts of a slice, which {@code RestoreFindings} explains. */
    private static final List<String> COUNTS =
            List.of("streams", "behind", "ahead", "foreign", "differing", "unreadable", "skipped");

    private static final int SHOWN = 10;

    private final Installation installation;

    RestoreDrill(Installation installation) {
        this.installation = installation;
    }

    /**
     * How a drill is done.
     *
     * @param at the moment to restore to; null for the latest
     * @param from a copy of the data directory of a local cloud; null for what the installation itself has
     * @param readUnits the most read units of each slice in a second; null for no ceiling
     * @param keep whether the restored tables are kept
     */
    public record Order(
            @Nullable Instant at,
            @Nullable Path from,
            @Nullable Integer readUnits,
            boolean keep) {}

    /**
     * Does a drill.
     *
     * @param progress gets a sentence for each step
     * @return the report: {@code by}, {@code of}, {@code began}, {@code ended}; {@code tables} with {@code context}, {@code
     *     table}, {@code restored}, {@code at}, {@code streams}, {@code commits}, {@code events}, {@code digest}, {@code
     *     unreadable} and {@code kept}; {@code slices} with {@code slice}, the counts, {@code first} and {@code todo}; {@code
     *     needsPerson}; and {@code signature}, the SHA-256 of the report without it
     * @throws LocalCloudException if a table cannot be restored, or is there already from another drill
     */
    public ObjectNode run(Order order, Consumer<String> progress) {
        Map<String, String> tables = new LinkedHashMap<>();
        installation.contexts().forEach(context -> tables.put(context, installation.eventTable(context)));
        tables.values().forEach(this::checkFree);
        ObjectNode report = Json.mapper()
                .createObjectNode()
                .put("by", installation.actor())
                .put("of", installation.place())
                .put("began", Instant.now().toString());
        List<String> restored = new ArrayList<>();
        boolean whole = false;
        try {
            for (String table : tables.values()) {
                progress.accept("Restoring " + table + " into " + table + EventScan.RESTORED);
                restored.add(table + EventScan.RESTORED);
                restore(table, order);
            }
            ArrayNode told = report.putArray("tables");
            for (Map.Entry<String, String> table : tables.entrySet()) {
                await(table.getValue() + EventScan.RESTORED);
                progress.accept("Reading " + table.getValue() + EventScan.RESTORED);
                told.add(table(table.getKey(), table.getValue(), order));
            }
            ArrayNode slices = report.putArray("slices");
            for (String slice : installation.slices()) {
                progress.accept("Comparing " + slice);
                slices.add(compared(slice, order));
            }
            whole = true;
        } finally {
            if (!order.keep() || !whole) {
                restored.forEach(this::drop);
            }
        }
        report.put("ended", Instant.now().toString()).put("needsPerson", needsPerson(report));
        return report.put("signature", Checksum.hex(report.toString()));
    }

    /**
     * Deletes the restored tables that a drill has kept, or has left when it was killed.
     *
     * @return their names
     */
    public List<String> drop() {
        List<String> dropped = new ArrayList<>();
        for (String context : installation.contexts()) {
            String table = installation.eventTable(context) + EventScan.RESTORED;
            if (drop(table)) {
                dropped.add(table);
            }
        }
        return dropped;
    }

    private boolean isThere(String table) {
        return installation.calling(() -> {
            try {
                installation.dynamo().describeTable(request -> request.tableName(table));
                return true;
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
    }

    private void checkFree(String table) {
        if (isThere(table + EventScan.RESTORED)) {
            throw there(table + EventScan.RESTORED);
        }
    }

    private static LocalCloudException there(String table) {
        return new LocalCloudException(
                "There is a table " + table
                        + " already: another drill is under way, or has kept it. './storyline restore-check --drop' deletes it.");
    }

    private void restore(String table, Order order) {
        String target = table + EventScan.RESTORED;
        LocalSide local = installation.local();
        if (order.from() != null && local == null) {
            throw new LocalCloudException(
                    "AWS restores its own tables: a copy of a data directory is of a local cloud.");
        }
        if (order.from() != null && local != null) {
            ObjectNode request = Json.mapper()
                    .createObjectNode()
                    .put("from", order.from().toAbsolutePath().toString())
                    .put("table", table)
                    .put("to", target);
            JsonNode answer = local.restore(
                    order.at() == null ? request : request.put("at", order.at().toString()));
            if (answer.has("failed")) {
                throw new LocalCloudException(answer.path("failed").asText());
            }
            return;
        }
        installation.calling(() -> {
            try {
                return installation
                        .dynamo()
                        .restoreTableToPointInTime(request -> request.sourceTableName(table)
                                .targetTableName(target)
                                .billingModeOverride(BillingMode.PAY_PER_REQUEST)
                                .restoreDateTime(order.at())
                                .useLatestRestorableTime(order.at() == null ? true : null));
            } catch (TableAlreadyExistsException e) {
                throw there(target);
            }
        });
    }

    private void await(String table) {
        installation.calling(() -> installation
                .dynamo()
                .waiter()
                .waitUntilTableExists(
                        request -> request.tableName(table),
                        override -> override.maxAttempts((int) LONGEST.dividedBy(BETWEEN_LOOKS))
                                .backoffStrategyV2(attempt -> attempt == 1 ? Duration.ZERO : BETWEEN_LOOKS)
                                .waitTimeout(LONGEST)));
    }

    private ObjectNode table(String context, String table, Order order) {
        RestoredEvents events = RestoredEvents.of(installation, table + EventScan.RESTORED, order.readUnits());
        return Json.mapper()
                .createObjectNode()
                .put("context", context)
                .put("table", table)
                .put("restored", table + EventScan.RESTORED)
                .put("from", order.from() == null ? null : order.from().toString())
                .put("at", order.at() == null ? "latest" : order.at().toString())
                .put("streams", events.streams())
                .put("commits", events.commits())
                .put("events", events.events())
                .put("unreadable", events.unreadable())
                .put("digest", events.digest())
                .put("kept", order.keep());
    }

    private ObjectNode compared(String slice, Order order) {
        ObjectNode request = Json.mapper().createObjectNode().put("do", "restore-check");
        if (order.readUnits() != null) {
            request.put("readUnits", order.readUnits());
        }
        ObjectNode line = Json.mapper().createObjectNode().put("slice", slice);
        COUNTS.forEach(count -> line.put(count, 0));
        ArrayNode first = line.putArray("first");
        JsonNode part;
        do {
            part = installation.ask(slice, request);
            for (String count : COUNTS) {
                line.put(count, line.path(count).asLong() + part.path(count).asLong());
            }
            part.path("first").forEach(found -> {
                if (first.size() < SHOWN) {
                    first.add(found);
                }
            });
            request.put("after", part.path("next").asText());
        } while (!part.path("next").asText().isEmpty());
        return line.put("view", part.path("view").asBoolean())
                .put("todo", todo(line, part.path("view").asBoolean()));
    }

    /** What is to be done with a slice; empty for nothing. What is ahead waits for a restore that is no drill. */
    private static String todo(ObjectNode line, boolean view) {
        List<String> todo = new ArrayList<>();
        if (line.path("unreadable").asLong() > 0) {
            todo.add("now: find out why it cannot read streams, see './storyline parked'");
        }
        if (line.path("differing").asLong() > 0) {
            todo.add("now: rebuild it, its rows are not those of the events");
        }
        if (line.path("foreign").asLong() > 0) {
            todo.add(
                    view
                            ? "now: rebuild it, its positions are of another history"
                            : "now: restore its table, its positions are of another history");
        }
        if (line.path("ahead").asLong() > 0) {
            todo.add(view ? "after a restore: rebuild it" : "after a restore: restore its table to the same moment");
        }
        return String.join("; ", todo);
    }

    private static boolean needsPerson(ObjectNode report) {
        for (JsonNode table : report.path("tables")) {
            if (table.path("unreadable").asLong() > 0) {
                return true;
            }
        }
        for (JsonNode slice : report.path("slices")) {
            if (slice.path("todo").asText().contains("now: ")) {
                return true;
            }
        }
        return false;
    }

    /** Deletes a table, if it is there. */
    private boolean drop(String table) {
        return installation.calling(() -> {
            try {
                installation.dynamo().deleteTable(request -> request.tableName(table));
                return true;
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
    }
}
