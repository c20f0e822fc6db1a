package dev.storyline.local.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Searches the recorded events of all contexts by a scan. */
public final class EventSearch {
    private final EventTables tables;

    /** A search in these tables. */
    public EventSearch(EventTables tables) {
        this.tables = tables;
    }

    /**
     * What is looked for: events to which all of it applies.
     *
     * @param type the stored name; null for any
     * @param since the earliest time of the decision; null for any
     * @param where fields and their values, {@code gross.amount} and {@code 144}; of a list, one element must have it
     * @param correlation the conversation; null for any
     * @param limit the most events; the search ends when it has found so many
     */
    public record Wanted(
            @Nullable String type,
            @Nullable Instant since,
            Map<String, String> where,
            @Nullable String correlation,
            int limit) {
        public Wanted {
            where = Map.copyOf(where);
        }

        private boolean applies(Commit commit, StoredEvent event) {
            return (type == null || event.type().equals(type))
                    && (since == null || !commit.at().isBefore(since))
                    && (where.isEmpty() || applies(StreamHistory.data(event)));
        }

        private boolean applies(JsonNode data) {
            return where.entrySet().stream().allMatch(one -> has(data, one.getKey(), one.getValue()));
        }

        private static boolean has(JsonNode node, String path, String value) {
            if (node.isArray()) {
                for (JsonNode element : node) {
                    if (has(element, path, value)) {
                        return true;
                    }
                }
                return false;
            }
            if (path.isEmpty()) {
                return node.isValueNode() && (node.asText().equals(value) || isNumber(node, value));
            }
            int dot = path.indexOf('.');
            return has(
                    node.path(dot < 0 ? path : path.substring(0, dot)), dot < 0 ? "" : path.substring(dot + 1), value);
        }

        /** {@code 60} is also {@code 60.00}. Exact amounts are texts or numbers. */
        private static boolean isNumber(JsonNode node, String value) {
            try {
                return node.isNumber() && node.decimalValue().compareTo(new BigDecimal(value)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /**
     * What was found.
     *
     * @param events the events in the order of their times, each as {@link StreamHistory#tell} tells it
     * @param scan how far the scan came
     */
    public record Found(List<ObjectNode> events, ScanProgress scan) {}

    /**
     * Searches.
     *
     * @param readUnits the most read units in a second; 0 for no ceiling
     * @param progress gets how far it is
     */
    public Found run(Wanted wanted, int readUnits, Consumer<ScanProgress> progress) {
        List<ObjectNode> events = new ArrayList<>();
        ScanProgress scan = new CommitScan(tables, readUnits, progress)
                .run(new EventScan.Wanted(wanted.since(), wanted.correlation()), (context, commit) -> {
                    long version = commit.version();
                    for (StoredEvent event : commit.events()) {
                        if (events.size() < wanted.limit() && wanted.applies(commit, event)) {
                            events.add(StreamHistory.event(context, commit, event, version));
                        }
                        version++;
                    }
                    return events.size() < wanted.limit();
                });
        events.sort(Comparator.<ObjectNode, Instant>comparing(
                        event -> Instant.parse(event.path("at").asText()))
                .thenComparing(event -> event.path("context").asText() + "/"
                        + event.path("stream").asText())
                .thenComparingLong(event -> event.path("version").asLong()));
        return new Found(events, scan);
    }
}
