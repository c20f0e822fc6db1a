package dev.storyline.catalogue.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.contexts.catalogue.ProductEvent;
import dev.storyline.edge.RankedPage;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The index in memory, as its projection makes it. */
final class MemoryIndex implements View {
    static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private final Projection<SearchProjection.State, ProductEvent> projection = new SearchProjection();
    private final Map<StreamId, SearchProjection.State> states = new HashMap<>();
    private final Map<StreamId, Long> versions = new HashMap<>();
    private final Map<StreamId, ObjectNode> own = new HashMap<>();
    private final Map<String, NavigableMap<String, ObjectNode>> partitions = new TreeMap<>();

    /** The most totals that one event changed. */
    private int mostTotals;

    /** The rows that were read. */
    private int read;

    /** Feeds an event that was recorded a moment ago. */
    void feed(ProductEvent event) {
        StreamId stream = Catalogue.stream(event.productId());
        long version = versions.merge(stream, 1L, Long::sum);
        Step<SearchProjection.State> step = projection.step(
                states.getOrDefault(stream, projection.initialState()),
                new Recorded<>(stream, version, NOW, event, "tester", "c", null));
        states.put(stream, step.state());
        int totals = 0;
        for (RowChange change : step.changes()) {
            switch (change) {
                case RowChange.Put(RowKey key, Record row) -> of(key).put(key.sort(), json(row));
                case RowChange.PutOwn(Record row) -> own.put(stream, json(row));
                case RowChange.Remove(RowKey key) -> of(key).remove(key.sort());
                case RowChange.Add(RowKey key, Map<String, BigDecimal> amounts) -> {
                    totals++;
                    add(key, amounts);
                }
                case RowChange.Set _ -> throw new IllegalStateException("The index sets no attributes");
            }
        }
        mostTotals = Math.max(mostTotals, totals);
    }

    private NavigableMap<String, ObjectNode> of(RowKey key) {
        return partitions.computeIfAbsent(key.partition(), _ -> new TreeMap<>());
    }

    private static ObjectNode json(Record row) {
        return Json.mapper().valueToTree(row);
    }

    private void add(RowKey key, Map<String, BigDecimal> amounts) {
        ObjectNode total = of(key).computeIfAbsent(
                        key.sort(), sort -> Json.mapper().createObjectNode().put("sk", sort));
        amounts.forEach((name, amount) -> total.put(name, total.path(name).asLong() + amount.longValueExact()));
    }

    int mostTotals() {
        return mostTotals;
    }

    int read() {
        return read;
    }

    /** All rows, and the totals that are not zero, by partition and sort key. */
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>();
        partitions.forEach((partition, rows) -> rows.forEach((sort, row) -> {
            ObjectNode told = row.deepCopy();
            told.remove("sk");
            told.properties()
                    .removeIf(field -> field.getValue().isNumber()
                            && field.getValue().asLong() == 0
                            && !partition.startsWith("t#"));
            if (!told.isEmpty()) {
                content.put(partition + " " + sort, told.toString());
            }
        }));
        return content;
    }

    /** Asks for the first page. */
    SearchResult search(String words) {
        return search(words, null, null, 10);
    }

    /** Asks for a page. A cursor is the position itself here. */
    SearchResult search(String words, @Nullable String category, @Nullable String after, int limit) {
        return new SearchQuery(words, category, after)
                .answer(
                        this,
                        new RankedPage(limit, after, UnaryOperator.identity()),
                        new Reads(ParallelTasks.ONE_BY_ONE),
                        NOW);
    }

    @Override
    public StreamPosition head(StreamId stream) {
        return new StreamPosition(versions.getOrDefault(stream, 0L), null, own.get(stream));
    }

    @Override
    public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
        ObjectNode row = of(key).get(key.sort());
        return row == null ? null : Json.mapper().convertValue(row, type);
    }

    @Override
    public <R extends Record> RowPage<R> rows(String partition, String after, PageSize size, Class<R> type) {
        NavigableMap<String, ObjectNode> rows =
                partitions.getOrDefault(partition, new TreeMap<>()).tailMap(after, false);
        List<R> page = new ArrayList<>();
        String last = "";
        for (Map.Entry<String, ObjectNode> row : rows.entrySet()) {
            if (page.size() == size.rows()) {
                return new RowPage<>(page, last);
            }
            page.add(Json.mapper().convertValue(row.getValue(), type));
            read++;
            last = row.getKey();
        }
        return new RowPage<>(page, null);
    }

    @Override
    public View entity(StreamId stream) {
        return this;
    }
}
