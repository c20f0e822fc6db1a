package dev.storyline.simulation;

import dev.storyline.eventstore.Archiver;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Histories of streams that are written, archived, restored and read at the same time, by instances that crash, under
 * faults drawn from a seed. In the end each stream has every acknowledged commit once, in the order in which it was
 * recorded, and what is archived is archived whole.
 */
public final class Archives {
    private static final String TABLE = "events";
    private static final int STREAMS = 3;
    private static final long MOST_STEPS = 60_000;
    private static final Duration KEEP = Duration.ofSeconds(3);
    private static final Language LANGUAGE = Language.of("stories", Set.of(Story.class), List.of());

    /** The events of a story. */
    sealed interface Story {
        @EventType("Told")
        record Told(String by) implements Story {}

        @EventType("Ended")
        record Ended(String by) implements Story {}
    }

    /** Records whatever is asked for. */
    private static final class Telling implements Decider<Story, Integer, Story> {
        @Override
        public Class<Story> folds() {
            return Story.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, Story event) {
            return state + 1;
        }

        @Override
        public Decision<Story> decide(Story command, Integer state) {
            return Decision.accept(command);
        }
    }

    /** Objects that survive every crash. */
    private static final class Kept implements ObjectStore {
        private final Map<String, byte[]> objects = new HashMap<>();

        @Override
        public void put(String name, byte[] content) {
            objects.put(name, content);
        }

        @Override
        public byte @Nullable [] get(String name) {
            return objects.get(name);
        }
    }

    private final Random random;
    private final Faults faults;
    private final Scheduler scheduler;
    private final SimulatedDynamoDb dynamo = new SimulatedDynamoDb();
    private final Kept objects = new Kept();
    private final Map<String, Commit> acknowledged = new TreeMap<>();
    private @Nullable String violation;
    private int instances;

    private Archives(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 7);
        faults = Faults.drawn(random);
        scheduler = new Scheduler(random, MOST_STEPS);
        dynamo.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        one -> one.attributeName("stream").attributeType(ScalarAttributeType.S),
                        two -> two.attributeName("version").attributeType(ScalarAttributeType.N))
                .keySchema(
                        one -> one.attributeName("stream").keyType(KeyType.HASH),
                        two -> two.attributeName("version").keyType(KeyType.RANGE)));
    }

    /**
     * Runs histories, one for each seed, up to the first violation, which is printed in a line that begins with
     * {@code violation:}.
     *
     * @return the number of violations: 0 or 1
     */
    public static int run(long firstSeed, int histories, PrintStream out) {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            String violation = violation(seed);
            if (violation != null) {
                out.println("violation: seed " + seed + ": " + violation.replace('\n', ' '));
                return 1;
            }
        }
        return 0;
    }

    private static @Nullable String violation(long seed) {
        Archives archives = new Archives(seed);
        try {
            archives.scheduler.run(archives::direct);
            return archives.violation;
        } catch (IllegalStateException e) {
            return e + " " + e.getCause();
        }
    }

    private void blame(String what) {
        violation = violation == null ? what : violation;
    }

    private static StreamId stream(int number) {
        return new StreamId("story", "s" + number);
    }

    private void direct() {
        faults.on(true);
        List<Scheduler.Actor> actors = new ArrayList<>();
        for (int writer = 1; writer <= 2; writer++) {
            String name = "writer" + writer;
            actors.add(scheduler.spawn(name, () -> write(name)));
            actors.add(scheduler.spawn("archiver" + writer, this::archive));
        }
        actors.add(scheduler.spawn("operator", this::restore));
        actors.add(scheduler.spawn("reader", this::read));
        scheduler.join(actors);
        faults.on(false);
        // One run finishes a restore that was cut off, one closes what is due then, and one archives it.
        for (int round = 1; round <= 3; round++) {
            scheduler.pause(Archiver.SETTLED.plus(KEEP.multipliedBy(10)));
            archiveAll(archiver(instance("archiver")));
        }
        for (int number = 0; number < STREAMS; number++) {
            check(stream(number));
        }
    }

    private Instance instance(String name) {
        return new Instance(name + "/" + ++instances, scheduler, faults, random);
    }

    private DynamoDbClient client(Instance instance) {
        instance.begin(new EffectCalls.Invocation("stories/" + instance.name(), scheduler.now(), Long.MAX_VALUE));
        return FaultyDynamoDb.of(dynamo, instance, _ -> {});
    }

    /** Does something until it is done; after a crash, in a new instance. */
    private <T> @Nullable T tried(Supplier<T> work) {
        try {
            return work.get();
        } catch (Instance.Crash e) {
            return null;
        } catch (StoreFailure.Corrupted e) {
            blame(String.valueOf(e.getMessage()));
            return null;
        } catch (StoreFailure | SdkException e) {
            return null;
        }
    }

    private void write(String name) {
        Instance instance = instance(name);
        CommandHandler<Story, Integer, Story> handler = handler(instance);
        for (int i = 1; i <= 12; i++) {
            StreamId stream = stream(random.nextInt(STREAMS));
            String key = name + "-" + i;
            Story story = random.nextInt(3) == 0 ? new Story.Ended(key) : new Story.Told(key);
            CommandEnvelope envelope = new CommandEnvelope(
                    stream,
                    CommandId.http(key),
                    key,
                    _ -> true,
                    name,
                    key,
                    null,
                    instance.clock().instant());
            CommandHandler<Story, Integer, Story> now = handler;
            CommandResult result = tried(() -> now.handle(envelope, story));
            if (result instanceof CommandResult.Accepted(Commit commit)) {
                acknowledged.put(key, commit);
            }
            if (instance.dead()) {
                instance = instance(name);
                handler = handler(instance);
            }
            scheduler.pause(aWhile());
        }
    }

    /** Often seconds, sometimes hours. */
    private Duration aWhile() {
        return random.nextInt(3) > 0
                ? Duration.ofMillis(1 + random.nextInt(2_000))
                : Duration.ofSeconds(1 + random.nextInt(3 * 3_600));
    }

    private CommandHandler<Story, Integer, Story> handler(Instance instance) {
        return CommandHandler.of(store(instance), LANGUAGE, new Telling())
                .with(instance, instance)
                .with(instance.clock());
    }

    private DynamoDbEventStore store(Instance instance) {
        return new DynamoDbEventStore(client(instance), TABLE, over(instance));
    }

    /** The objects, for an instance that may crash before and after each call. */
    private ObjectStore over(Instance instance) {
        return new ObjectStore() {
            @Override
            public void put(String name, byte[] content) {
                instance.step("putObject");
                objects.put(name, content);
                instance.done();
            }

            @Override
            public byte @Nullable [] get(String name) {
                instance.step("getObject");
                return objects.get(name);
            }
        };
    }

    private Archiver archiver(Instance instance) {
        return new Archiver(
                new Archiver.Stores(client(instance), TABLE, over(instance), "archive"),
                Map.of("Ended", KEEP),
                _ -> Set.of(),
                instance.clock(),
                instance);
    }

    private void archive() {
        for (int i = 0; i < 12; i++) {
            tried(() -> {
                archiveAll(archiver(instance("archiver")));
                return true;
            });
            scheduler.pause(aWhile());
        }
    }

    private void archiveAll(Archiver archiver) {
        EventScan.After after = null;
        do {
            Archiver.Part part = archiver.run(new Archiver.Order("archiver", false, Long.MAX_VALUE), after);
            if (!part.foreign().isEmpty()) {
                blame("Streams are not as event stores write them: " + part.foreign());
            }
            after = part.next();
        } while (after != null);
    }

    private void restore() {
        for (int i = 0; i < 10; i++) {
            scheduler.pause(aWhile());
            StreamId stream = stream(random.nextInt(STREAMS));
            tried(() -> archiver(instance("operator")).restore(stream, "ida"));
        }
    }

    /** A stream is one history for whoever reads it, from wherever. */
    private void read() {
        for (int i = 0; i < 30; i++) {
            scheduler.pause(aWhile());
            StreamId stream = stream(random.nextInt(STREAMS));
            long after = random.nextInt(6);
            tried(() -> store(instance("reader")).read(stream, after, Long.MAX_VALUE, _ -> {}) >= after);
        }
    }

    private void check(StreamId stream) {
        List<Commit> history = new ArrayList<>();
        try {
            store(instance("reader")).read(stream, 0, Long.MAX_VALUE, history::add);
        } catch (StoreFailure.Corrupted e) {
            blame(String.valueOf(e.getMessage()));
            return;
        }
        Set<String> ids = new HashSet<>();
        for (Commit commit : history) {
            if (!ids.add(commit.id())) {
                blame("The commit " + commit.id() + " is in " + stream + " twice");
            }
        }
        acknowledged.values().stream()
                .filter(commit -> commit.stream().equals(stream) && !history.contains(commit))
                .forEach(commit -> blame("The acknowledged commit " + commit.id() + " of " + stream + " is lost"));
        long items = dynamo.scan(all -> all.tableName(TABLE)).items().stream()
                .filter(item -> Objects.requireNonNull(item.get("stream")).s().equals(stream.toString()))
                .count();
        boolean ended = history.stream()
                .flatMap(commit -> commit.events().stream())
                .anyMatch(event -> event.type().equals("Ended"));
        if (ended && items != 2) {
            blame("The stream " + stream + " has ended long ago, and is not archived whole: " + items + " items");
        }
    }
}
