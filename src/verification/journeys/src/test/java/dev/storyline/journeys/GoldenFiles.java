package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.FeedRecord;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.RebuildPlan;
import dev.storyline.projections.ViewTable;
import dev.storyline.testkit.ReleasedContract;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Checks the stored data of every version of every event that a context has ever released,
 * {@code src/test/resources/golden/<Event>.v<n>.json}. It puts the data into an event table and reads it through every
 * path: load, feed, rebuild and redrive.
 */
final class GoldenFiles {
    private static final Pattern NAME = Pattern.compile("(.+)\\.v([1-9]\\d{0,2})\\.json");
    private static final StreamId STREAM = new StreamId("golden", "all");
    private static final CommitMetadata META = new CommitMetadata("somebody", "conversation", null, null, null);

    private final Path root;
    private final String context;
    private final Language language;
    private final EventCodec codec;
    private final List<String> flaws = new ArrayList<>();
    private final SimulatedDynamoDb dynamo = new SimulatedDynamoDb();
    private final EventStore store = new DynamoDbEventStore(dynamo, "events");
    private final List<Commit> commits = new ArrayList<>();
    private final Map<String, String> expected = new LinkedHashMap<>();

    private GoldenFiles(Path root, String context, Language language) {
        this.root = root;
        this.context = context;
        this.language = language;
        this.codec = new EventCodec(language);
    }

    /** Returns all defects of a context's golden files, one sentence each; empty if all files can be read. */
    static List<String> flaws(Path root, String context, Language language) {
        GoldenFiles files = new GoldenFiles(root, context, language);
        files.collect();
        files.read();
        return files.flaws;
    }

    private void collect() {
        Path folder = root.resolve("src/contexts/" + context);
        Set<String> golden = names(folder.resolve("src/test/resources/golden"));
        Set<String> released = names(folder.resolve("contracts/events"));
        for (String name : released) {
            if (!golden.contains(name)) {
                flaws.add("src/contexts/" + context + "/contracts/events/" + name
                        + " was released, but has no golden file: write the data of one such event, as it is stored, to"
                        + " src/contexts/" + context + "/src/test/resources/golden/" + name + ".");
            }
        }
        for (String name : golden) {
            if (!released.contains(name)) {
                tell(name, "belongs to no released event version: release it, or delete this file with it.");
                continue;
            }
            try {
                take(
                        name,
                        Files.readString(folder.resolve("src/test/resources/golden/" + name))
                                .strip());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Set<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks one golden file: it conforms to its own schema, it can be read as a current record, and the record
     * conforms to the current schema.
     */
    private void take(String file, String data) {
        Matcher name = NAME.matcher(file);
        Language.Term term = name.matches() ? language.term(name.group(1)) : null;
        if (term == null) {
            tell(file, "is read by no event of the language.");
            return;
        }
        int version = Integer.parseInt(name.group(2));
        Commit commit = new Commit(
                STREAM,
                commits.size() + 1L,
                "golden-" + commits.size(),
                Instant.EPOCH,
                List.of(new StoredEvent(term.type(), version, term.essential(), data)),
                META);
        try {
            keeps(file, term.type(), version, data);
            Record read = codec.decode(commit, Record.class).getFirst().event();
            String written = codec.encode(read).data();
            keeps(file, term.type(), term.version(), written);
            Record again = Json.mapper().readValue(written, term.event());
            if (!again.equals(read)) {
                tell(
                        file,
                        "is read as " + read + ", but a fresh " + term.type() + " of that content as " + again + ".");
            }
            if (version == term.version()
                    && !Json.mapper().readTree(written).equals(Json.mapper().readTree(data))) {
                tell(file, "is written again as " + written + ".");
            }
            commits.add(commit);
            expected.put(file, written);
        } catch (EventCodec.Undecodable | EventCodec.SliceOutdated | JsonProcessingException e) {
            tell(file, "cannot be read any more: " + e.getMessage());
        }
    }

    private void keeps(String file, String type, int version, String data) throws JsonProcessingException {
        ReleasedContract.in(root, context)
                .flaws("events", type, version, Json.mapper().readTree(data))
                .forEach(flaw -> tell(file, "does not match a schema. " + flaw));
    }

    private void tell(String file, String what) {
        flaws.add("src/contexts/" + context + "/src/test/resources/golden/" + file + " " + what);
    }

    private void read() {
        table("events", "stream", "version", ScalarAttributeType.N);
        commits.forEach(store::append);
        compare("load", loaded());
        compare("feed", fed());
        compare("rebuild", rebuilt());
        compare("redrive", redriven());
    }

    private void compare(String path, List<String> read) {
        int at = 0;
        for (Map.Entry<String, String> golden : expected.entrySet()) {
            String is = at < read.size() ? read.get(at++) : "nothing";
            if (!is.equals(golden.getValue())) {
                tell(golden.getKey(), "is " + is + " on the path " + path + ", not " + golden.getValue() + ".");
            }
        }
    }

    /** Returns the events as a command handler folds them. */
    private List<String> loaded() {
        List<String> seen = new ArrayList<>();
        CommandHandler.of(store, language, new Looking(codec, seen))
                .handle(
                        new CommandEnvelope(
                                STREAM,
                                CommandId.http("look"),
                                "hash",
                                version -> true,
                                "somebody",
                                "c",
                                null,
                                Instant.EPOCH),
                        new Look());
        return seen;
    }

    private List<String> fed() {
        ViewTable view = view("feed");
        List<FeedRecord> batch = new ArrayList<>();
        commits.forEach(commit -> batch.add(new FeedRecord.Inserted(commit.id(), commit)));
        engine(view, false).apply(batch);
        return shown(view);
    }

    private List<String> rebuilt() {
        ViewTable view = view("rebuild");
        engine(view, false)
                .rebuild(scan(), RebuildPlan.of(1, Duration.ZERO, Duration.ZERO))
                .run();
        return shown(view);
    }

    /** Returns the events that a view reads after it was parked at the first event and redriven. */
    private List<String> redriven() {
        ViewTable view = view("redrive");
        ProjectionEngine broken = engine(view, true);
        if (!commits.isEmpty()) {
            broken.apply(STREAM, commits);
            if (broken.repair(scan()).parked("", 10).parked().size() != 1) {
                flaws.add("The stream of the golden files of " + context + " did not park, so nothing was redriven.");
            }
        }
        engine(view, false).repair(scan()).redrive(STREAM);
        return shown(view);
    }

    private EventScan scan() {
        return new EventScan(dynamo, "events");
    }

    private ProjectionEngine engine(ViewTable view, boolean broken) {
        return ProjectionEngine.of(
                store, language, new Showing(codec, broken), view, Clock.systemUTC(), Backoff.REAL, ParallelTasks.REAL);
    }

    private ViewTable view(String name) {
        table(name, "pk", "sk", ScalarAttributeType.S);
        return ViewTable.of(dynamo, name, "golden");
    }

    private List<String> shown(ViewTable view) {
        List<String> shown = new ArrayList<>();
        for (Commit commit : commits) {
            Shown row = view.now().row(Showing.key(commit.version()), Shown.class);
            shown.add(row == null ? "not shown" : row.data());
        }
        return shown;
    }

    private void table(String name, String partition, String sort, ScalarAttributeType type) {
        dynamo.createTable(CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName(partition)
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName(sort)
                                .attributeType(type)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName(partition)
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName(sort)
                                .keyType(KeyType.RANGE)
                                .build())
                .build());
    }

    private record Look() {}

    private record Nothing() {}

    private record Shown(String data) {}

    /** Accepts the events of any language, folds them into an empty state, and records them. */
    private record Looking(EventCodec codec, List<String> seen) implements Decider<Look, Nothing, Record> {
        @Override
        public Class<Record> folds() {
            return Record.class;
        }

        @Override
        public Nothing initialState() {
            return new Nothing();
        }

        @Override
        public Nothing evolve(Nothing state, Record event) {
            seen.add(codec.encode(event).data());
            return state;
        }

        @Override
        public Decision<Record> decide(Look command, Nothing state) {
            return Decision.nothing();
        }
    }

    /** Projects every event of any language to a row, unless it is broken. */
    private record Showing(EventCodec codec, boolean broken) implements Projection<Nothing, Record> {
        static RowKey key(long version) {
            return new RowKey("golden", "event#" + version);
        }

        @Override
        public String name() {
            return "golden";
        }

        @Override
        public Class<Record> folds() {
            return Record.class;
        }

        @Override
        public Nothing initialState() {
            return new Nothing();
        }

        @Override
        public Step<Nothing> step(Nothing state, Recorded<Record> event) {
            if (broken) {
                throw new IllegalStateException("It is broken on purpose.");
            }
            return Step.to(state)
                    .put(
                            key(event.version()),
                            new Shown(codec.encode(event.event()).data()));
        }
    }
}
