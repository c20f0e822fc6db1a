package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class ArchiverTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Duration KEEP = Duration.ofDays(400);
    private static final Archiver.Order ALL = new Archiver.Order("archiver", false, Long.MAX_VALUE);
    private static final Archiver.Order LOOK = new Archiver.Order("archiver", true, Long.MAX_VALUE);

    @TempDir
    private Path folder;

    private final Crash crash = new Crash();
    private final TestTable table = TestTable.create(crash);
    private final StreamId stream = new StreamId("job", "4711");

    /** Each call can be made to fail before it is sent, or after it was carried out. */
    private static final class Crash implements ExecutionInterceptor {
        private Predicate<SdkRequest> before = _ -> false;
        private Predicate<SdkRequest> after = _ -> false;

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (before.test(context.request())) {
                throw SdkClientException.create("crashed before a call");
            }
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            if (after.test(context.request())) {
                throw SdkClientException.create("crashed after a call");
            }
        }

        void atCall(int number, boolean done) {
            AtomicInteger calls = new AtomicInteger();
            Predicate<SdkRequest> here = _ -> calls.incrementAndGet() == number;
            before = done ? _ -> false : here;
            after = done ? here : _ -> false;
        }

        void never() {
            before = _ -> false;
            after = _ -> false;
        }
    }

    private ObjectStore objects() {
        return new FolderObjectStore(folder);
    }

    private DynamoDbEventStore store() {
        return new DynamoDbEventStore(table.client(), table.name(), objects());
    }

    private Archiver archiver(Duration later, Archiver.Positions positions) {
        return archiver(table.client(), later, positions);
    }

    private Archiver archiver(DynamoDbClient client, Duration later, Archiver.Positions positions) {
        return new Archiver(
                new Archiver.Stores(client, table.name(), objects(), "archive"),
                Map.of("Ended", KEEP),
                positions,
                Clock.fixed(BEGIN.plus(later), ZoneOffset.UTC),
                _ -> {});
    }

    private Archiver archiver() {
        return archiver(KEEP.plus(Archiver.SETTLED), _ -> Set.of());
    }

    /** Closes what is due, and archives it two hours later. */
    private Archiver.Part archive() {
        archiver(KEEP, _ -> Set.of()).run(ALL, null);
        return archiver().run(ALL, null);
    }

    private List<Commit> recorded(String... types) {
        List<Commit> commits = new ArrayList<>();
        long version = 1;
        for (String type : types) {
            Commit commit = new Commit(
                    stream,
                    version,
                    "c" + version,
                    BEGIN,
                    List.of(
                            new StoredEvent(type, 1, false, "{\"text\":\"\u00e4 \\n \ud83c\udf81\"}"),
                            new StoredEvent("Noted", 2, true, "{}")),
                    new CommitMetadata(
                            "tester",
                            "conversation",
                            version == 1 ? null : "cause",
                            "hash",
                            version == 1 ? null : new CommitMetadata.Rejection("a-rule", "A sentence."),
                            version == 1 ? "00-trace" : null));
            assertThat(store().append(commit)).isEqualTo(new EventStore.AppendResult.Appended());
            commits.add(commit);
            version = commit.last() + 1;
        }
        return commits;
    }

    private List<Map<String, AttributeValue>> items() {
        return table.client().scan(all -> all.tableName(table.name())).items().stream()
                .filter(item -> Objects.requireNonNull(item.get("stream")).s().equals(stream.toString()))
                .toList();
    }

    private List<Commit> read(long after, long upTo) {
        List<Commit> commits = new ArrayList<>();
        store().read(stream, after, upTo, commits::add);
        return commits;
    }

    private void assertHistoryIs(List<Commit> recorded) {
        long last = recorded.getLast().last();
        assertThat(read(0, Long.MAX_VALUE).subList(0, recorded.size())).isEqualTo(recorded);
        for (Commit commit : recorded) {
            assertThat(read(commit.last(), last))
                    .isEqualTo(recorded.subList(recorded.indexOf(commit) + 1, recorded.size()));
            for (long version = commit.version(); version <= commit.last(); version++) {
                assertThat(store().commitOf(stream, version)).isEqualTo(commit);
            }
        }
    }

    @Test
    void an_ended_stream_leaves_a_tombstone_and_its_closing_commit_and_is_read_as_before() {
        List<Commit> recorded = recorded("Begun", "Changed", "Ended");
        Archiver.Part part = archive();
        assertThat(part.archived()).isEqualTo(1);
        assertThat(part.waiting()).isEmpty();
        assertThat(items()).hasSize(2);
        assertHistoryIs(recorded);
        assertThat(read(0, Long.MAX_VALUE).getLast().events().getFirst().type()).isEqualTo("storyline.Closed");
        assertThat(store().head(stream)).isEqualTo(7);
        assertThat(store().commitOf(stream, 8)).isNull();
        assertThat(archiver().run(ALL, null).archived()).isZero();
    }

    @Test
    void a_crash_at_any_call_loses_nothing_and_the_next_run_finishes() {
        int crashes = 0;
        for (boolean done : List.of(false, true)) {
            boolean crashed = true;
            for (int call = 1; crashed; call++) {
                delete();
                List<Commit> recorded = recorded("Begun", "Changed", "Ended");
                crash.atCall(call, done);
                crashed = fails(() -> archive());
                crash.never();
                assertHistoryIs(recorded);
                crashes += crashed ? 1 : 0;
                archive();
                assertThat(items()).as("after a crash at call %s", call).hasSize(2);
                assertHistoryIs(recorded);
            }
        }
        assertThat(crashes).isGreaterThanOrEqualTo(12);
    }

    @Test
    void a_restore_that_crashes_at_any_call_loses_nothing_and_the_next_run_finishes_it() {
        int crashes = 0;
        for (boolean done : List.of(false, true)) {
            boolean crashed = true;
            for (int call = 1; crashed; call++) {
                delete();
                List<Commit> recorded = recorded("Begun", "Changed", "Ended");
                archive();
                crash.atCall(call, done);
                crashed = fails(() -> archiver().restore(stream, "ida"));
                crash.never();
                crashes += crashed ? 1 : 0;
                assertHistoryIs(recorded);
                archiver().run(ALL, null);
                assertHistoryIs(recorded);
                if (!archived()) {
                    assertThat(read(0, Long.MAX_VALUE))
                            .as("after a crash at call %s", call)
                            .hasSize(5);
                    assertThat(items()).hasSize(5);
                }
            }
        }
        assertThat(crashes).isGreaterThanOrEqualTo(12);
    }

    private boolean archived() {
        return items().stream().anyMatch(Tombstone::is);
    }

    private static boolean fails(Runnable work) {
        try {
            work.run();
            return false;
        } catch (StoreFailure.Unavailable | SdkClientException e) {
            return true;
        }
    }

    private void delete() {
        for (Map<String, AttributeValue> item : items()) {
            table.client()
                    .deleteItem(one -> one.tableName(table.name())
                            .key(Map.of(
                                    "stream", Objects.requireNonNull(item.get("stream")),
                                    "version", Objects.requireNonNull(item.get("version")))));
        }
    }

    @Test
    void a_restored_stream_is_as_it_was_recorded_and_stays_until_its_time_is_over_again() {
        List<Commit> recorded = recorded("Begun", "Changed", "Ended");
        List<Map<String, AttributeValue>> before = items();
        archive();
        assertThat(archiver().restore(stream, "ida")).isEqualTo(Archiver.Restored.RESTORED);
        List<Map<String, AttributeValue>> after = new ArrayList<>(items());
        Map<String, AttributeValue> first = new HashMap<>(after.getFirst());
        first.remove("archived");
        after.set(0, first);
        assertThat(after.subList(0, 3)).isEqualTo(before);
        assertHistoryIs(recorded);
        assertThat(read(6, Long.MAX_VALUE))
                .extracting(commit ->
                        commit.events().getFirst().type() + " " + commit.meta().actor())
                .containsExactly("storyline.Closed archiver", "storyline.Reopened ida");
        assertThat(archiver().run(ALL, null).archived()).isZero();
        assertThat(archiver().restore(stream, "ida")).isEqualTo(Archiver.Restored.NOT_ARCHIVED);
        Duration again = KEEP.multipliedBy(2).plus(Archiver.SETTLED);
        assertThat(archiver(again.minusMillis(1), _ -> Set.of()).run(ALL, null).closed())
                .isZero();
        assertThat(archiver(again, _ -> Set.of()).run(ALL, null).closed()).isEqualTo(1);
        assertThat(archiver(again.plus(Archiver.SETTLED), _ -> Set.of())
                        .run(ALL, null)
                        .archived())
                .isEqualTo(1);
        assertThat(items()).hasSize(2);
        assertHistoryIs(recorded);
    }

    @Test
    void only_a_stream_that_has_ended_and_whose_time_is_over_is_touched() {
        recorded("Begun", "Changed");
        assertThat(archiver().run(ALL, null).closed()).isZero();
        delete();
        recorded("Begun", "Ended");
        assertThat(archiver(KEEP.minusMillis(1), _ -> Set.of()).run(ALL, null).archived())
                .isZero();
        assertThat(items()).hasSize(2);
        assertThat(archive().archived()).isEqualTo(1);
    }

    @Test
    void an_event_after_the_ending_one_starts_its_time_anew() {
        recorded("Begun", "Ended");
        store().append(new Commit(
                stream,
                5,
                "correction",
                BEGIN.plus(Duration.ofDays(300)),
                List.of(new StoredEvent("Corrected", 1, false, "{}")),
                new CommitMetadata("tester", "conversation", null, null, null)));
        assertThat(archiver().run(ALL, null).closed()).isZero();
        assertThat(archiver(Duration.ofDays(700), _ -> Set.of()).run(ALL, null).closed())
                .isEqualTo(1);
    }

    @Test
    void a_stream_with_a_position_behind_its_head_is_neither_closed_nor_archived() {
        recorded("Begun", "Ended");
        Archiver.Part part = archiver(KEEP, Map::keySet).run(ALL, null);
        assertThat(part.waiting()).containsExactly(stream);
        assertThat(items()).hasSize(2);
        assertThat(archiver(KEEP, _ -> Set.of()).run(ALL, null).closed()).isEqualTo(1);
        Archiver.Part closed =
                archiver(KEEP.plus(Archiver.SETTLED), Map::keySet).run(ALL, null);
        assertThat(closed.waiting()).containsExactly(stream);
        assertThat(items()).hasSize(3);
        assertThat(archiver().run(ALL, null).archived()).isEqualTo(1);
        assertThat(items()).hasSize(2);
    }

    @Test
    void nothing_is_deleted_before_everybody_has_read_the_closing_commit() {
        List<Commit> recorded = recorded("Begun", "Changed", "Ended");
        archiver(KEEP, _ -> Set.of()).run(ALL, null);
        Archiver.Part soon = archiver(KEEP.plus(Archiver.SETTLED).minusMillis(1), _ -> Set.of())
                .run(ALL, null);
        assertThat(soon.archived() + soon.closed()).isZero();
        assertThat(items()).hasSize(4);
        assertHistoryIs(recorded);
    }

    @Test
    void a_head_that_was_read_long_ago_is_read_again_before_anything_is_appended_behind_it() {
        List<Instant> now = new ArrayList<>(List.of(BEGIN));
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.getLast();
            }
        };
        CommandHandler<String, Integer, Counting> old =
                CommandHandler.of(store(), LANGUAGE, new Counter()).with(clock);
        assertThat(old.handle(envelope("a"), "begin")).isInstanceOf(CommandResult.Accepted.class);
        CommandHandler<String, Integer, Counting> other = CommandHandler.of(store(), LANGUAGE, new Counter());
        assertThat(other.handle(envelope("b"), "begin")).isInstanceOf(CommandResult.Accepted.class);
        assertThat(other.handle(envelope("c"), "end")).isInstanceOf(CommandResult.Accepted.class);
        archive();
        now.add(BEGIN.plus(KEEP).plus(Archiver.SETTLED));
        assertThat(old.handle(envelope("d"), "begin")).isEqualTo(new CommandResult.Archived(stream, BEGIN.plus(KEEP)));
        assertThat(items()).hasSize(2);
    }

    @Test
    void a_dry_run_tells_what_would_be_archived_and_changes_nothing() {
        recorded("Begun", "Ended");
        assertThat(archiver().run(LOOK, null).closed()).isEqualTo(1);
        assertThat(items()).hasSize(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_altered_or_missing_object_is_refused_and_nothing_is_changed() throws IOException {
        recorded("Begun", "Ended");
        archive();
        List<Map<String, AttributeValue>> before = items();
        Path object;
        try (Stream<Path> files = Files.walk(folder)) {
            object = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.writeString(object, Files.readString(object).replace("tester", "nobody"));
        assertThatThrownBy(() -> read(0, Long.MAX_VALUE))
                .isInstanceOf(StoreFailure.Corrupted.class)
                .hasMessageContaining("was altered");
        assertThatThrownBy(() -> archiver().restore(stream, "ida")).isInstanceOf(StoreFailure.Corrupted.class);
        Files.delete(object);
        assertThatThrownBy(() -> archiver().restore(stream, "ida"))
                .isInstanceOf(StoreFailure.Corrupted.class)
                .hasMessageContaining("is missing");
        assertThat(items()).isEqualTo(before);
    }

    @Test
    void an_object_that_is_not_read_back_as_it_was_written_deletes_nothing() {
        List<Commit> recorded = recorded("Begun", "Ended");
        archiver(KEEP, _ -> Set.of()).run(ALL, null);
        ObjectStore losing = new ObjectStore() {
            @Override
            public void put(String name, byte[] content) {
                objects().put(name, content);
            }

            @Override
            public byte[] get(String name) {
                return new byte[] {1};
            }
        };
        Archiver archiver = new Archiver(
                new Archiver.Stores(table.client(), table.name(), losing, "archive"),
                Map.of("Ended", KEEP),
                _ -> Set.of(),
                Clock.fixed(BEGIN.plus(KEEP).plus(Archiver.SETTLED), ZoneOffset.UTC),
                _ -> {});
        assertThat(archiver.run(ALL, null).foreign()).containsExactly(stream);
        assertThat(items()).hasSize(3);
        assertHistoryIs(recorded);
    }

    @Test
    void what_no_event_store_wrote_is_not_archived() {
        recorded("Begun", "Ended");
        Map<String, AttributeValue> strange = new HashMap<>(items().getLast());
        strange.put("note", AttributeValue.fromS("by hand"));
        table.client()
                .putItem(PutItemRequest.builder()
                        .tableName(table.name())
                        .item(strange)
                        .build());
        assertThat(archiver().run(ALL, null).foreign()).containsExactly(stream);
        assertThat(items()).hasSize(2);
    }

    @Test
    void only_what_the_archiver_did_is_explained() {
        recorded("Begun", "Changed", "Ended");
        assertThat(store().isArchivers(stream, 1, false)).isFalse();
        assertThat(store().isArchivers(stream, 3, true)).isFalse();
        archive();
        assertThat(store().isArchivers(stream, 1, false)).isTrue();
        assertThat(store().isArchivers(stream, 3, true)).isTrue();
        assertThat(store().isArchivers(stream, 3, false)).isFalse();
        assertThat(store().isArchivers(stream, 1, true)).isFalse();
        assertThat(store().isArchivers(stream, 7, true)).isFalse();
        archiver().restore(stream, "ida");
        assertThat(store().isArchivers(stream, 1, false)).isTrue();
        assertThat(store().isArchivers(stream, 3, true)).isTrue();
        table.client().deleteItem(one -> one.tableName(table.name()).key(CommitItem.key(stream, 3)));
        assertThat(store().isArchivers(stream, 3, true)).isFalse();
        Map<String, AttributeValue> first = new HashMap<>(items().getFirst());
        first.put("commit", AttributeValue.fromS("another"));
        table.client()
                .putItem(PutItemRequest.builder()
                        .tableName(table.name())
                        .item(first)
                        .build());
        assertThat(store().isArchivers(stream, 1, false)).isFalse();
    }

    /** The events of a counted stream. */
    sealed interface Counting {
        @EventType("Begun")
        record Begun() implements Counting {}

        @EventType("Ended")
        record Ended() implements Counting {}
    }

    /** Records one more event, however many there are. */
    private static final class Counter implements Decider<String, Integer, Counting> {
        @Override
        public Class<Counting> folds() {
            return Counting.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, Counting event) {
            return state + 1;
        }

        @Override
        public Decision<Counting> decide(String command, Integer state) {
            return Decision.accept(command.equals("end") ? new Counting.Ended() : new Counting.Begun());
        }
    }

    private static final Language LANGUAGE = Language.of("counting", Set.of(Counting.class), List.of());

    private CommandEnvelope envelope(String id) {
        return new CommandEnvelope(
                stream, CommandId.http(id), "hash", _ -> true, "tester", "conversation", null, BEGIN);
    }

    @Test
    void writers_with_an_older_head_and_without_one_are_told_that_the_stream_is_archived() {
        CommandHandler<String, Integer, Counting> knowing = CommandHandler.of(store(), LANGUAGE, new Counter());
        assertThat(knowing.handle(envelope("a"), "begin")).isInstanceOf(CommandResult.Accepted.class);
        assertThat(knowing.handle(envelope("b"), "end")).isInstanceOf(CommandResult.Accepted.class);
        archiver(KEEP, _ -> Set.of()).run(ALL, null);
        CommandResult archived = new CommandResult.Archived(stream, BEGIN.plus(KEEP));
        assertThat(knowing.handle(envelope("c"), "begin")).as("closed").isEqualTo(archived);
        archiver().run(ALL, null);
        assertThat(knowing.handle(envelope("c"), "begin")).as("an older head").isEqualTo(archived);
        assertThat(CommandHandler.of(store(), LANGUAGE, new Counter()).handle(envelope("c"), "begin"))
                .as("no head")
                .isEqualTo(archived);
        assertThat(CommandHandler.creating(store(), LANGUAGE, new Counter()).handle(envelope("c"), "begin"))
                .as("a stream to create")
                .isEqualTo(archived);
        assertThat(CommandHandler.of(withoutArchive(), LANGUAGE, new Counter()).handle(envelope("c"), "begin"))
                .as("no access to the archive")
                .isEqualTo(archived);
        archiver().restore(stream, "ida");
        assertThat(knowing.handle(envelope("c"), "begin")).isInstanceOf(CommandResult.Accepted.class);
        assertThat(knowing.handle(envelope("a"), "begin"))
                .as("a retry from before")
                .isInstanceOf(CommandResult.Accepted.class);
        assertThat(StreamFold.of(store(), LANGUAGE, new Counter()).state(stream))
                .isEqualTo(3);
    }

    private DynamoDbEventStore withoutArchive() {
        return new DynamoDbEventStore(table.client(), table.name());
    }
}
