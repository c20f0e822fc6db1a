package dev.storyline.projections;

import static dev.storyline.projections.Tills.LANGUAGE;
import static dev.storyline.projections.Tills.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Sale;
import dev.storyline.projections.Tills.Sales;
import dev.storyline.projections.Tills.Sum;
import dev.storyline.projections.Tills.Till.Sold;
import dev.storyline.projections.Tills.Total;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

@Tag("slow")
class RebuildTest {
    /** Ends a rebuild at one of its calls, like a crash. */
    private static final class Fuse implements ExecutionInterceptor {
        private final AtomicInteger calls = new AtomicInteger();
        private final Semaphore seen = new Semaphore(0);
        private volatile int blowsAt = Integer.MAX_VALUE;

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            seen.release();
            if (calls.incrementAndGet() >= blowsAt) {
                throw new Blown();
            }
        }
    }

    /** An error that no code catches. */
    private static final class Blown extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** After five of these without a sign of life, a rebuild is taken for dead. */
    private static final Duration BEAT = Duration.ofMillis(20);

    private final DynamoDbClient client = Tills.client(new ExecutionInterceptor() {});
    private final Fuse fuse = new Fuse();
    private final DynamoDbClient fused = Tills.client(fuse);
    private final String events = Tills.eventTable();
    private final String table = Tills.table();
    private final EventStore store = new DynamoDbEventStore(client, events);
    private final ViewTable view = ViewTable.of(client, table, "sales");

    private ProjectionEngine engine(DynamoDbClient over, int version) {
        return ProjectionEngine.of(
                new DynamoDbEventStore(over, events),
                LANGUAGE,
                new Sales(version, true),
                ViewTable.of(over, table, "sales"),
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
    }

    private Rebuild rebuild(DynamoDbClient over, int version, boolean keep) {
        return engine(over, version)
                .rebuild(
                        new EventScan(over, events),
                        RebuildPlan.of(3, Duration.ofMillis(300), Duration.ZERO)
                                .keeping(keep)
                                .beating(BEAT));
    }

    private Commit append(StreamId stream, long version, Record... sold) {
        EventCodec codec = new EventCodec(LANGUAGE);
        Commit commit = new Commit(
                stream,
                version,
                stream + "-" + version,
                Instant.EPOCH,
                List.of(sold).stream().map(codec::encode).toList(),
                new CommitMetadata("tester", "conversation", null, null, null));
        assertThat(store.append(commit)).isEqualTo(new EventStore.AppendResult.Appended());
        return commit;
    }

    private static StreamId till(int number) {
        return new StreamId("till", "t" + number);
    }

    /** Some streams, a few of them too large for a shared transaction. */
    private Map<StreamId, Long> history(ProjectionEngine live, int streams, Random random) {
        Map<StreamId, Long> heads = new HashMap<>();
        for (int s = 0; s < streams; s++) {
            int commits = s == 0 ? 130 : 1 + random.nextInt(5);
            List<Commit> all = new ArrayList<>();
            for (int version = 1; version <= commits; version++) {
                all.add(append(till(s), version, new Sold("i" + version, random.nextInt(9))));
            }
            if (s == 1) {
                all.add(append(till(s), ++commits, new Sold("crowd", 130)));
            }
            assertThat(live.apply(till(s), all)).isInstanceOf(ApplyResult.class);
            heads.put(till(s), (long) commits);
        }
        return heads;
    }

    private void assertFresh(Map<StreamId, Long> heads) {
        int sales = 0;
        for (Map.Entry<StreamId, Long> head : heads.entrySet()) {
            FoldedView fold = FoldedView.of(store, LANGUAGE, new Sales(1, true), head.getKey());
            assertThat(fold.head(head.getKey()).position()).isEqualTo(head.getValue());
            assertThat(view.consistent().head(head.getKey()))
                    .as("%s", head.getKey())
                    .hasToString(fold.head(head.getKey()).toString());
            assertThat(view.consistent().rows(head.getKey().toString(), "", Sale.class))
                    .isEqualTo(fold.rows(head.getKey().toString(), "", Sale.class));
            sales += Objects.requireNonNull(fold.head(head.getKey()).own(Sum.class))
                    .sales();
        }
        assertThat(Objects.requireNonNull(view.consistent().row(TOTAL, Total.class))
                        .sales())
                .isEqualTo(BigDecimal.valueOf(sales));
    }

    @Test
    void a_changed_projection_is_served_when_its_rebuild_is_complete_and_nothing_of_the_old_one_is_left() {
        Map<StreamId, Long> heads = history(engine(client, 1), 30, new Random(1));
        ProjectionEngine changed = engine(client, 2);
        assertThat(changed.apply(till(3), List.of())).isInstanceOf(ApplyResult.Outdated.class);
        Rebuild.Built built = rebuild(client, 2, false).run();
        assertThat(built.generation()).isEqualTo(1);
        assertThat(built.events())
                .isEqualTo(heads.values().stream().mapToLong(n -> n).sum());
        assertFresh(heads);
        assertThat(changed.apply(till(3), List.of())).isInstanceOf(ApplyResult.Reached.class);
        assertThat(client.scan(scan -> scan.tableName(table)).items())
                .allSatisfy(item ->
                        assertThat(Objects.requireNonNull(item.get("pk")).s()).startsWith("@"));
    }

    @Test
    void a_rebuild_touches_nothing_of_another_machine_in_the_table() {
        ProjectionEngine live = engine(client, 1);
        Commit commit = append(till(1), 1, new Sold("tea", -1));
        live.apply(till(1), List.of(commit));
        Generation handler = Generation.of(client, table, "tell", 0, true);
        Parked poison = new Parked(1, "no", Instant.EPOCH, Parked.Kind.POISON, 0, null, false);
        FoldItem parked = FoldItem.none(1).parked(poison);
        assertThat(handler.writer().write(till(1), FoldItem.none(1), parked, Map.of()))
                .isTrue();

        rebuild(client, 1, false).run();

        assertThat(handler.reader().fold(till(1))).isEqualTo(parked.written());
        assertThat(handler.reader().parked("", 10).entries()).hasSize(1);
        ViewTable.of(client, table, "other").write(GenerationPointer.FIRST.begunBy(1));
        assertThatThrownBy(() -> rebuild(client, 1, false).run())
                .isInstanceOf(Rebuild.Failed.class)
                .hasMessageContaining("rows of other too");
    }

    @Test
    void a_rebuild_whose_time_is_over_goes_on_where_it_stopped() {
        Map<StreamId, Long> heads = history(engine(client, 1), 5, new Random(5));
        // A long stream: four of its commits fill a page of the scan.
        String text = "x".repeat(300_000);
        for (int version = 1; version <= 12; version++) {
            StoredEvent later = new StoredEvent("ToldLater", 1, false, "{\"text\":\"" + text + "\"}");
            CommitMetadata metadata = new CommitMetadata("tester", "conversation", null, null, null);
            store.append(new Commit(till(9), version, "later-" + version, Instant.EPOCH, List.of(later), metadata));
        }
        append(till(9), 13, new Sold("tea", 1));
        heads.put(till(9), 13L);
        int runs = 1;
        Rebuild.Built built = inTime(1, false);
        while (!built.done()) {
            built = inTime(runs++, true);
        }
        System.out.println(runs + " runs");
        assertThat(runs).isGreaterThan(3);
        assertThat(built.generation()).isEqualTo(1);
        assertThat(view.generations().dropped()).isEmpty();
        assertFresh(heads);
    }

    /** Runs a rebuild whose time is near its end after some looks at the deadline. */
    private Rebuild.Built inTime(int looks, boolean goesOn) {
        RebuildPlan once = RebuildPlan.of(1, Duration.ofMillis(100), Duration.ZERO);
        RebuildPlan plan = goesOn ? once.goingOn() : once;
        AtomicInteger left = new AtomicInteger(looks);
        return Deadline.of(() -> left.getAndDecrement() > 0 ? Duration.ofMinutes(15) : Duration.ZERO)
                .during(engine(client, 1).rebuild(new EventScan(client, events), plan)::run);
    }

    @Test
    void a_kept_generation_is_written_on_and_can_be_served_again() {
        ProjectionEngine live = engine(client, 1);
        Map<StreamId, Long> heads = history(live, 5, new Random(2));
        rebuild(client, 1, true).run();
        live.apply(till(9), List.of(append(till(9), 1, new Sold("tea", 1))));
        heads.put(till(9), 1L);
        assertFresh(heads);
        assertThat(rebuild(client, 1, true).back().generation()).isZero();
        assertFresh(heads);
    }

    /** A clock that only pauses move. During each, somebody acts. */
    private static final class PausedClock extends Clock implements Backoff {
        private final Runnable meanwhile;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        PausedClock(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public void pause(long longestNanos) {
            meanwhile.run();
            now = now.plusNanos(longestNanos);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void as_long_as_a_query_may_have_kept_the_pointer_the_old_generation_is_written_on_and_not_deleted() {
        ProjectionEngine live = engine(client, 1);
        Map<StreamId, Long> heads = history(live, 3, new Random(4));
        List<ViewTable> queries = new ArrayList<>();
        List<Long> behind = new ArrayList<>();
        PausedClock clock = new PausedClock(() -> {
            long version = heads.merge(till(2), 1L, Long::sum);
            live.apply(till(2), List.of(append(till(2), version, new Sold("live" + version, 1))));
            queries.forEach(query ->
                    behind.add(version - query.consistent().head(till(2)).position()));
        });
        // Each has read the pointer item at another moment before the switch.
        queries.add(view.keeping(clock));
        queries.add(view.keeping(clock));
        Rebuild rebuild = ProjectionEngine.of(
                        store, LANGUAGE, new Sales(1, true), view, clock, clock, ParallelTasks.ONE_BY_ONE)
                .rebuild(
                        new EventScan(client, events),
                        RebuildPlan.of(1, Duration.ofSeconds(1), Rebuild.AFTER_SWITCH)
                                .telling(status -> {
                                    if (status.work().doing().equals("reading") && queries.size() == 2) {
                                        queries.add(view.keeping(clock));
                                        queries.getLast().head(till(2));
                                    }
                                }));
        rebuild.run();
        assertThat(queries).hasSize(3);
        assertThat(behind).hasSizeGreaterThan(30).containsOnly(0L);
        assertFresh(heads);
    }

    /** A query that has begun: the view that it reads to its end, and how far that was. */
    private record Begun(View view, Instant at, long position) {}

    @Test
    void the_old_generation_is_there_until_the_last_query_has_ended_that_may_have_begun_on_it() {
        history(engine(client, 1), 3, new Random(6));
        Duration longest = Duration.ofSeconds(10);
        List<Begun> begun = new ArrayList<>();
        List<PausedClock> clocks = new ArrayList<>();
        List<ViewTable> queries = new ArrayList<>();
        PausedClock clock = new PausedClock(() -> {
            View now = queries.getFirst().now();
            begun.add(new Begun(
                    now, clocks.getFirst().instant(), now.head(till(2)).position()));
        });
        clocks.add(clock);
        queries.add(view.consistent().keeping(clock));
        ProjectionEngine.of(store, LANGUAGE, new Sales(1, true), view, clock, clock, ParallelTasks.ONE_BY_ONE)
                .rebuild(new EventScan(client, events), RebuildPlan.of(1, longest, Rebuild.AFTER_SWITCH))
                .run();
        List<Begun> running = begun.stream()
                .filter(query -> !query.at().plus(longest).isBefore(clock.instant()))
                .toList();
        assertThat(running)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(query.view().head(till(2)).position())
                        .isEqualTo(query.position())
                        .isPositive());
    }

    @Test
    void a_gate_or_a_query_reads_the_pointer_item_again_when_it_has_kept_it_for_two_seconds() {
        AtomicInteger pointers = new AtomicInteger();
        DynamoDbClient counted = Tills.client(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof GetItemRequest get
                        && "@generations"
                                .equals(Objects.requireNonNull(get.key().get("pk"))
                                        .s())) {
                    pointers.incrementAndGet();
                }
            }
        });
        PausedClock clock = new PausedClock(() -> {});
        ViewTable query = ViewTable.of(counted, table, "sales").keeping(clock);
        ViewTable feed = ViewTable.of(counted, table, "sales");
        for (int second = 0; second < 4; second++) {
            query.head(till(1));
            query.consistent().row(TOTAL, Total.class);
            clock.pause(1_000_000_000);
        }
        assertThat(pointers).hasValue(2);
        feed.head(till(1));
        feed.head(till(1));
        assertThat(pointers).hasValue(4);
    }

    @Test
    void a_rebuild_that_would_stand_still_where_the_old_view_goes_on_is_not_served() {
        ProjectionEngine tolerant = ProjectionEngine.of(
                store, LANGUAGE, new Sales(1, false), view, Clock.systemUTC(), Backoff.REAL, ParallelTasks.REAL);
        tolerant.apply(till(1), List.of(append(till(1), 1, new Sold("tea", -1))));
        assertThatThrownBy(() -> rebuild(client, 1, false).run())
                .isInstanceOf(Rebuild.Failed.class)
                .hasMessageContaining("till#t1");
        assertThat(view.head(till(1)).position()).isEqualTo(1);
    }

    @Test
    void a_rebuild_that_another_version_has_taken_over_serves_nothing_half_built() {
        Map<StreamId, Long> heads = history(engine(client, 1), 5, new Random(3));
        AtomicBoolean taken = new AtomicBoolean();
        Rebuild overtaken = engine(client, 1)
                .rebuild(
                        new EventScan(client, events),
                        RebuildPlan.of(1, Duration.ZERO, Duration.ZERO).telling(status -> {
                            if (status.work().doing().equals("reading") && !taken.getAndSet(true)) {
                                GenerationPointer now = view.generations();
                                assertThat(view.write(now.dropping().announcing(2, Instant.now(), 1)))
                                        .isTrue();
                            }
                        }));
        assertThatThrownBy(overtaken::run).isInstanceOf(Rebuild.Failed.class).hasMessageContaining("Another rebuild");
        assertThat(view.generations().serving()).isZero();
        assertFresh(heads);
    }

    @Test
    void rebuilt_under_live_commands_and_cut_off_again_and_again_the_view_equals_a_fresh_fold_and_never_goes_backwards()
            throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ProjectionEngine live = engine(client, 1);
        Map<StreamId, Long> heads = history(live, 40, random);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Future<?> writer = executor.submit(() -> {
                Random choice = new Random(seed + 1);
                while (!over.get()) {
                    // One commit for each of a run's first calls: the history must not outgrow the rebuild.
                    if (fuse.seen.tryAcquire(100, TimeUnit.MILLISECONDS) && fuse.calls.get() <= 40) {
                        StreamId stream = till(choice.nextInt(60));
                        long version = heads.getOrDefault(stream, 0L) + 1;
                        Commit commit = append(stream, version, new Sold("live" + version, 1));
                        heads.put(stream, version);
                        live.apply(stream, List.of(commit));
                    }
                }
                return null;
            });
            Future<?> reader = executor.submit(() -> {
                Map<StreamId, Long> seen = new HashMap<>();
                Random choice = new Random(seed + 2);
                while (!over.get()) {
                    StreamId stream = till(choice.nextInt(60));
                    long position = view.consistent().head(stream).position();
                    assertThat(position).isGreaterThanOrEqualTo(seen.getOrDefault(stream, 0L));
                    seen.put(stream, position);
                }
            });
            try {
                int cut = 0;
                for (int round = 0; round < 3; ) {
                    fuse.calls.set(0);
                    fuse.blowsAt = 1 + random.nextInt(40 + 40 * cut);
                    try {
                        rebuild(fused, 1, false).run();
                        round++;
                    } catch (Blown | SdkClientException e) {
                        cut++;
                    } catch (RuntimeException e) {
                        assertThat(e).hasStackTraceContaining("Blown");
                        cut++;
                    }
                }
                System.out.println("3 rebuilds, cut off " + cut + " times");
                assertThat(cut).isPositive();
            } finally {
                over.set(true);
            }
            writer.get();
            reader.get();
        }
        assertFresh(heads);
    }
}
