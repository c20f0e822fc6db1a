package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Archiver;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.FolderObjectStore;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A view over a history of which a part is in the archive: it is the view over the whole history in the table. */
@Tag("slow")
class ArchivedHistoryTest {
    private static final int ENDED = Boolean.getBoolean("storyline.long") ? 10_000 : 150;
    private static final int LIVE = 20;

    /** What belongs to the delivery of events, and not to what they say. */
    private static final Set<String> OF_DELIVERY = Set.of("pk", "sk", "pos", "commit", "rev", "machine");

    /** Ends an archiver at one of its calls, like a crash. */
    private static final class Fuse implements ExecutionInterceptor {
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (left.decrementAndGet() <= 0) {
                throw new Killed();
            }
        }
    }

    /** An error that no code catches. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private final DynamoDbClient client = Tills.client(new ExecutionInterceptor() {});
    private final Fuse fuse = new Fuse();
    private final DynamoDbClient fused = Tills.client(fuse);
    private final String events = Tills.eventTable();
    private final String table = Tills.table();

    private ObjectStore archive() {
        return new FolderObjectStore(folder);
    }

    private EventStore store() {
        return new DynamoDbEventStore(client, events, archive());
    }

    private EventScan scan() {
        return new EventScan(client, events, archive());
    }

    private ProjectionEngine engine() {
        return ProjectionEngine.of(
                store(),
                LANGUAGE,
                new Sales(1, true),
                ViewTable.of(client, table, "sales"),
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
    }

    private Archiver archiver(DynamoDbClient over, ProjectionEngine engine, Duration later) {
        Repair repair = engine.repair(scan());
        return new Archiver(
                new Archiver.Stores(over, events, archive(), "archive"),
                Map.of("Cleared", Duration.ofDays(1)),
                heads -> {
                    // What a feed does meanwhile.
                    heads.keySet().forEach(repair::redrive);
                    return repair.behind(heads);
                },
                Clock.offset(Clock.systemUTC(), later),
                _ -> {});
    }

    private Commit append(StreamId stream, long version, Record event) {
        Commit commit = new Commit(
                stream,
                version,
                stream + "-" + version,
                Instant.EPOCH,
                List.of(new EventCodec(LANGUAGE).encode(event)),
                new CommitMetadata("tester", "conversation", null, null, null));
        assertThat(store().append(commit)).isEqualTo(new EventStore.AppendResult.Appended());
        return commit;
    }

    private static StreamId ended(int number) {
        return new StreamId("till", "ended-" + number);
    }

    private static StreamId live(int number) {
        return new StreamId("till", "live-" + number);
    }

    /** What the rows of a generation say, without how far they have been delivered. */
    private Map<String, Map<String, AttributeValue>> rows(int generation) {
        String prefix = generation == 0 ? "" : "@" + generation + "/";
        Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
        client.scanPaginator(all -> all.tableName(table)).items().forEach(item -> {
            String key = Objects.requireNonNull(item.get("pk")).s();
            boolean here = prefix.isEmpty() ? !key.startsWith("@") : key.startsWith(prefix);
            if (here) {
                Map<String, AttributeValue> row = new TreeMap<>(item);
                row.keySet().removeAll(OF_DELIVERY);
                rows.put(
                        key.substring(prefix.length()) + " "
                                + Objects.requireNonNull(item.get("sk")).s(),
                        row);
            }
        });
        return rows;
    }

    private long run(Archiver archiver) {
        long archived = 0;
        EventScan.After after = null;
        do {
            Archiver.Part part = archiver.run(new Archiver.Order("archiver", false, Long.MAX_VALUE), after);
            assertThat(part.foreign()).isEmpty();
            assertThat(part.tooLarge()).isEmpty();
            archived += part.archived();
            after = part.next();
        } while (after != null);
        return archived;
    }

    @Test
    void views_are_the_same_while_streams_are_archived_and_after_a_rebuild_from_archive_and_table() throws Exception {
        ProjectionEngine engine = engine();
        for (int i = 0; i < ENDED; i++) {
            List<Commit> commits = List.of(
                    append(ended(i), 1, new Sold("tea", i % 7)),
                    append(ended(i), 2, new Sold("cup", 1)),
                    append(ended(i), 3, new Cleared("cup")));
            assertThat(engine.apply(ended(i), commits)).isInstanceOf(ApplyResult.Reached.class);
        }
        Map<String, Map<String, AttributeValue>> before = rows(0);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sold = new AtomicInteger();
        try (ExecutorService traffic = Executors.newSingleThreadExecutor()) {
            Future<?> live = traffic.submit(() -> {
                for (int version = 1; !over.get() || version == 1; version++) {
                    for (int i = 0; i < LIVE; i++) {
                        Commit commit = append(live(i), version, new Sold("tea", 1));
                        assertThat(engine.apply(live(i), List.of(commit))).isInstanceOf(ApplyResult.Reached.class);
                        sold.incrementAndGet();
                    }
                }
            });
            int killed = 0;
            for (int calls : List.of(ENDED / 3, ENDED * 3 / 2, ENDED * 3)) {
                fuse.left.set(calls);
                try {
                    run(archiver(fused, engine, Duration.ZERO));
                    run(archiver(fused, engine, Archiver.SETTLED));
                } catch (Killed e) {
                    killed++;
                }
            }
            assertThat(killed).isEqualTo(3);
            run(archiver(client, engine, Duration.ZERO));
            run(archiver(client, engine, Archiver.SETTLED));
            over.set(true);
            live.get();
        }
        assertThat(scan().size().commits()).isEqualTo(ENDED * 2L + sold.get());
        assertThat(rows(0)).containsAllEntriesOf(withoutTotal(before));

        Map<String, Map<String, AttributeValue>> all = rows(0);
        rebuild(engine);
        assertThat(rows(1)).isEqualTo(all);

        assertThat(archiver(client, engine, Archiver.SETTLED).restore(ended(1), "ida"))
                .isEqualTo(Archiver.Restored.RESTORED);
        assertThat(engine.repair(scan()).redrive(ended(1))).isEqualTo(new ApplyResult.Reached(5));
        assertThat(rows(1)).isEqualTo(all);
        append(ended(1), 6, new Sold("mug", 1));
        assertThat(engine.repair(scan()).redrive(ended(1))).isEqualTo(new ApplyResult.Reached(6));
        assertThat(engine.repair(scan()).reconcile().behind()).isZero();
    }

    /** Live traffic changes the total of all tills, and nothing else of tills that have ended. */
    private static Map<String, Map<String, AttributeValue>> withoutTotal(
            Map<String, Map<String, AttributeValue>> rows) {
        Map<String, Map<String, AttributeValue>> without = new TreeMap<>(rows);
        without.keySet().removeIf(key -> key.startsWith("total"));
        assertThat(new HashSet<>(without.keySet())).isNotEmpty();
        return without;
    }

    private void rebuild(ProjectionEngine engine) {
        Rebuild rebuild = engine.rebuild(
                scan(), RebuildPlan.of(3, Duration.ofMillis(300), Duration.ZERO).keeping(true));
        rebuild.run();
    }
}
