package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.TableExport;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** A view is rebuilt from an export of the event table in DynamoDB's own format, and from the table only what is newer. */
class ExportRebuildTest extends EngineFixture {
    private static final String PLACE = "/exports/01";

    /** Counts how often whole commits are scanned. */
    private static final class Scans implements ExecutionInterceptor {
        private final AtomicInteger ofCommits = new AtomicInteger();

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof ScanRequest scan && scan.projectionExpression() == null) {
                ofCommits.incrementAndGet();
            }
        }
    }

    private final Scans scans = new Scans();
    private final EventScan counted = new EventScan(Tills.client(scans), events);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile boolean reading;
    private final ViewTable view = ViewTable.of(uncounted, Tills.table(), "sales");
    private final ProjectionEngine engine = ProjectionEngine.of(
            store, LANGUAGE, new Sales(1, true), view, systemClock(), Backoff.REAL, ParallelTasks.REAL);

    private static Clock systemClock() {
        return Clock.systemUTC();
    }

    private Rebuild rebuild(int segments, @Nullable String place) {
        return engine.rebuild(
                        counted,
                        RebuildPlan.of(segments, Duration.ZERO, Duration.ZERO).beating(Duration.ofMillis(20)))
                .from(place, one -> {
                    assertThat(one).isEqualTo(PLACE);
                    return TableExport.of(this::file, events);
                });
    }

    private byte @Nullable [] file(String name) {
        reading |= name.startsWith("data/");
        return files.get(name);
    }

    /** Sells in some tills, and applies it. */
    private void history(int tills, int commits) {
        Random random = new Random(7);
        for (int i = 0; i < tills; i++) {
            StreamId till = new StreamId("till", "t" + i);
            for (int version = 1; version <= commits; version++) {
                Commit commit = version % 3 == 0
                        ? commit(till, version, new Cleared("pen"))
                        : commit(till, version, new Sold("pen", 1 + random.nextInt(5)));
                engine.apply(till, List.of(commit));
            }
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Object json(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case BOOL -> Map.of("BOOL", value.bool());
            case M -> Map.of("M", json(value.m()));
            case L ->
                Map.of("L", value.l().stream().map(ExportRebuildTest::json).toList());
            default -> throw new IllegalStateException(value.toString());
        };
    }

    private static Map<String, Object> json(Map<String, AttributeValue> item) {
        Map<String, Object> json = new TreeMap<>();
        item.forEach((name, value) -> json.put(name, json(value)));
        return json;
    }

    /** Writes an export of the event table as DynamoDB does, its items in any order. */
    private void export(int dataFiles) throws NoSuchAlgorithmException {
        List<Map<String, AttributeValue>> items =
                new ArrayList<>(uncounted.scan(scan -> scan.tableName(events)).items());
        Collections.shuffle(items, new Random(3));
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = 0; i < dataFiles; i++) {
            lines.add(new StringBuilder());
        }
        for (Map<String, AttributeValue> item : items) {
            // The items of one partition key are in one partition of the table.
            int file =
                    Math.floorMod(Objects.requireNonNull(item.get("stream")).s().hashCode(), dataFiles);
            lines.get(file)
                    .append(Json.mapper()
                            .valueToTree(Map.of("Item", json(item)))
                            .toString())
                    .append('\n');
        }
        StringBuilder manifest = new StringBuilder();
        for (int i = 0; i < dataFiles; i++) {
            byte[] content = gzip(lines.get(i).toString());
            files.put("data/part" + i + ".json.gz", content);
            manifest.append(Json.mapper()
                            .createObjectNode()
                            .put("itemCount", lines.get(i).toString().lines().count())
                            .put(
                                    "md5Checksum",
                                    Base64.getEncoder()
                                            .encodeToString(MessageDigest.getInstance("MD5")
                                                    .digest(content)))
                            .put("etag", "0")
                            .put("dataFileS3Key", "AWSDynamoDB/01/data/part" + i + ".json.gz"))
                    .append('\n');
        }
        files.put("manifest-files.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
        summary(events, "DYNAMODB_JSON");
    }

    private void summary(String table, String format) {
        files.put(
                "manifest-summary.json",
                Json.mapper()
                        .createObjectNode()
                        .put("version", "2020-06-30")
                        .put("tableArn", "arn:aws:dynamodb:us-east-1:123456789012:table/" + table)
                        .put("outputFormat", format)
                        .put("exportType", "FULL_EXPORT")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        View now = view.consistent().now();
        for (int i = 0; i < 40; i++) {
            StreamId till = new StreamId("till", "t" + i);
            rows.put(till.toString(), String.valueOf(now.head(till)));
            now.rows(till.toString(), "", PageSize.LARGEST, Tills.Sale.class)
                    .rows()
                    .forEach(row -> rows.merge(till + " rows", row.toString(), String::concat));
        }
        rows.put("total", String.valueOf(now.row(TOTAL, Tills.Total.class)));
        return rows;
    }

    @Test
    void the_view_equals_that_of_the_table_without_a_scan_of_its_commits_and_has_what_is_newer_too() throws Exception {
        history(40, 7);
        Map<String, String> before = rows();
        export(5);
        Rebuild.Built built = rebuild(3, PLACE).run();
        assertThat(built.served()).isTrue();
        assertThat(built.events()).isEqualTo(40 * 7);
        assertThat(rows()).isEqualTo(before);
        assertThat(scans.ofCommits).as("scans of whole commits").hasValue(0);

        StreamId newer = new StreamId("till", "t3");
        engine.apply(newer, List.of(commit(newer, 8, new Sold("ink", 2))));
        StreamId fresh = new StreamId("till", "t39x");
        engine.apply(fresh, List.of(commit(fresh, 1, new Sold("mug", 2))));
        Map<String, String> after = rows();
        assertThat(rebuild(3, PLACE).run().behind()).isEqualTo(2);
        assertThat(rows()).isEqualTo(after);
        assertThat(view.consistent().head(fresh).position()).isEqualTo(1);
    }

    @Test
    void a_rebuild_that_was_cut_off_goes_on_from_the_same_export_though_nobody_names_it_again() throws Exception {
        history(40, 7);
        Map<String, String> before = rows();
        export(2);
        Deadline soon = Deadline.of(() -> reading ? Duration.ZERO : Duration.ofMinutes(1));
        Rebuild.Built part = soon.during(() -> rebuild(1, PLACE).run());
        assertThat(part.done()).isFalse();
        Rebuild.Built rest = rebuild(1, null).run();
        assertThat(rest.served()).isTrue();
        assertThat(rows()).isEqualTo(before);
        assertThat(scans.ofCommits).as("scans of whole commits").hasValue(0);
    }

    @Test
    void an_export_of_another_table_in_another_format_or_with_an_altered_file_changes_nothing() throws Exception {
        history(4, 3);
        Map<String, String> before = rows();
        export(2);
        summary("another", "DYNAMODB_JSON");
        assertThatThrownBy(() -> rebuild(2, PLACE))
                .isInstanceOf(TableExport.Unreadable.class)
                .hasMessageContaining("of the table arn:aws:dynamodb:us-east-1:123456789012:table/another, not of ");
        summary(events, "ION");
        assertThatThrownBy(() -> rebuild(2, PLACE)).hasMessageContaining("FULL_EXPORT in ION");
        summary(events, "DYNAMODB_JSON");
        byte[] content = Objects.requireNonNull(files.get("data/part0.json.gz"));
        files.put("data/part0.json.gz", gzip("{\"Item\": {}}\n"));
        assertThatThrownBy(() -> rebuild(2, PLACE).run()).hasMessageContaining("data/part0.json.gz", "altered");
        assertThat(rows()).isEqualTo(before);
        files.put("data/part0.json.gz", content);
        assertThat(rebuild(2, PLACE).run().served()).isTrue();
        assertThat(rows()).isEqualTo(before);
        files.clear();
        assertThatThrownBy(() -> rebuild(2, PLACE)).hasMessageContaining("has no file manifest-summary.json");
    }
}
