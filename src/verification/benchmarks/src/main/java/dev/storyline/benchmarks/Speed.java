package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.benchmarks.local.RawCalls;
import dev.storyline.common.Json;
import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.MetricLog;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.wishes.makewish.MakeWishFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Measures commands per second through the endpoints of make-wish, relative to the raw SDK: the same Query and
 * conditional PutItem of an equally large item with the same client. Many short rounds of all contenders alternate, so
 * that other load on the machine affects all of them. The benchmark compares the medians of their commands per second.
 * p50 and p99 cover all rounds.
 */
final class Speed {
    private static final int ROUNDS = 15;

    /** A child has at most ten open wishes: one warms up the handler, and nine are measured. */
    private static final int WISHES_PER_WARM_CHILD = 9;

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final String WISH = "a red bicycle";
    private static final String HASH = "0".repeat(32);

    private final DynamoDbClient client;
    private final long roundNanos;
    private final MakeWishFunction function;
    private final EventCodec codec = new EventCodec(Wishes.LANGUAGE);

    Speed(DynamoDbClient client, int seconds) {
        this.client = client;
        this.roundNanos = seconds * 1_000_000_000L / ROUNDS;
        this.function = function(client, new MetricCost.CountedLines());
    }

    /** The function as it is deployed, which tells its metrics. */
    static MakeWishFunction function(DynamoDbClient client, MetricLog metrics) {
        Map<String, String> settings = Map.of(
                "SLICE",
                "wishes/make-wish",
                "EVENT_TABLE",
                CommandBenchmark.EVENTS,
                "NAUGHTY_LIST_TABLE",
                CommandBenchmark.NAUGHTY_LIST,
                "NAUGHTY_WORDS",
                "bomb,damn,gun,hell,poison,stupid,weapon");
        return new MakeWishFunction(new Edge(new Settings(settings), client).telling(metrics));
    }

    void print() throws Exception {
        System.out.println("Speed: make-wish over the raw SDK; ratio is ours/s over raw/s; times in ms");
        checkSizes();
        System.out.printf(
                "%-36s %7s %7s %6s %9s %9s %9s %9s%n",
                "case", "ours/s", "raw/s", "ratio", "ours p50", "raw p50", "ours p99", "raw p99");
        warmUp();
        for (int callers : new int[] {1, 16}) {
            for (boolean warm : new boolean[] {false, true}) {
                String stream =
                        (warm ? "warm" : "new") + " stream, " + callers + (callers == 1 ? " caller" : " callers");
                Contender.Work raw = pieces(warm, (child, version) -> raw(child, version, null, false));
                Contender.Work rawWithHash = pieces(warm, (child, version) -> raw(child, version, HASH, false));
                Contender.Work rawWithView = pieces(warm, (child, version) -> raw(child, version, HASH, true));
                compare(
                        "internal endpoint, " + stream,
                        callers,
                        pieces(warm, (child, _) -> inner(child)),
                        List.of(raw));
                compare(
                        "HTTP endpoint, " + stream,
                        callers,
                        pieces(warm, (child, _) -> outer(child)),
                        List.of(rawWithHash, rawWithView));
            }
        }
        System.out.println("raw: Query (ConsistentRead) + conditional PutItem; '+ view': and the GetItem that the"
                + " gatekeeper of the HTTP endpoint asks the naughty list with");
    }

    /** A piece of work on one child, which is prepared in advance. */
    @FunctionalInterface
    private interface Piece {
        Runnable on(String child, long version);
    }

    /** Returns work on a new child each time, or on children that have some commits and that the handler has cached. */
    private static Contender.Work pieces(boolean warm, Piece piece) {
        if (!warm) {
            return _ -> piece.on(UUID.randomUUID().toString(), 1);
        }
        ThreadLocal<String> child = new ThreadLocal<>();
        return n -> {
            long wish = n % WISHES_PER_WARM_CHILD;
            if (wish == 0) {
                child.set(UUID.randomUUID().toString());
                piece.on(child.get(), 1).run();
            }
            return piece.on(child.get(), wish + 2);
        };
    }

    private Runnable inner(String child) {
        ObjectNode wish = Json.mapper().createObjectNode();
        String id = UUID.randomUUID().toString();
        wish.put("wishId", UUID.randomUUID().toString())
                .put("childId", child)
                .put("wish", WISH)
                .put("naughty", false)
                .put("listed", false)
                .put("at", AT.toString());
        InternalCommand command = new InternalCommand(id, "anonymous", id, null, AT, false, false, wish);
        return () -> {
            InternalCommandReply reply = function.internal(command);
            if (!reply.outcome().equals("accepted")) {
                throw new IllegalStateException("The internal endpoint answered " + reply);
            }
        };
    }

    private Runnable outer(String child) {
        HttpEvent event = request(child);
        return () -> {
            HttpReply reply = function.http(event);
            if (reply.statusCode() != 201) {
                throw new IllegalStateException("The HTTP endpoint answered " + reply);
            }
        };
    }

    static HttpEvent request(String child) {
        return new HttpEvent(
                "/wishes/children/" + child + "/wishes",
                null,
                Map.of(
                        "content-type",
                        "application/json",
                        "idempotency-key",
                        UUID.randomUUID().toString()),
                null,
                Map.of("childId", child),
                "{\"wish\":\"" + WISH + "\"}",
                false,
                null);
    }

    /**
     * Returns the same work with the raw SDK. The event is encoded in advance. The run itself creates the item and
     * sends the requests.
     */
    private Runnable raw(String child, long version, @Nullable String hash, boolean asksView) {
        Commit commit = commit(child, version, hash);
        RawCalls calls = new RawCalls(client, CommandBenchmark.EVENTS, CommandBenchmark.NAUGHTY_LIST);
        return () -> {
            if (asksView) {
                calls.askNaughtyList(child);
            }
            calls.load(child);
            calls.append(CommitItem.of(commit));
        };
    }

    private Commit commit(String child, long version, @Nullable String hash) {
        String id = UUID.randomUUID().toString();
        ChildId childId = new ChildId(child);
        WishApproved event = new WishApproved(new WishId(UUID.randomUUID().toString()), childId, WISH);
        return new Commit(
                Wishes.stream(childId),
                version,
                id,
                AT,
                List.of(codec.encode(event)),
                new CommitMetadata("anonymous", id, null, hash, null));
    }

    /** Prints the sizes of the items that both contenders write, as evidence that they are equal. */
    private void checkSizes() {
        System.out.printf(
                Locale.ROOT,
                "bytes of an item: internal endpoint %d, its raw %d; HTTP endpoint %d, its raw %d%n",
                written(this::inner),
                written(child -> raw(child, 1, null, false)),
                written(this::outer),
                written(child -> raw(child, 1, HASH, false)));
    }

    private int written(Function<String, Runnable> piece) {
        String child = UUID.randomUUID().toString();
        piece.apply(child).run();
        return ItemSize.bytes(client.query(request -> request.tableName(CommandBenchmark.EVENTS)
                        .consistentRead(true)
                        .keyConditionExpression("#stream = :stream")
                        .expressionAttributeNames(Map.of("#stream", "stream"))
                        .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS("child#" + child))))
                .items()
                .getFirst());
    }

    /** Runs all code paths before the first case. Otherwise, the first case would include the time of the compiler. */
    private void warmUp() throws Exception {
        for (int round = 0; round < 2; round++) {
            new Contender(pieces(false, (child, version) -> raw(child, version, HASH, true))).warmUp(4, roundNanos * 6);
            new Contender(pieces(true, (child, _) -> inner(child))).warmUp(4, roundNanos * 6);
            new Contender(pieces(true, (child, _) -> outer(child))).warmUp(4, roundNanos * 6);
        }
    }

    private void compare(String name, int callers, Contender.Work work, List<Contender.Work> raws) throws Exception {
        Contender ours = new Contender(work);
        List<Contender> all = new ArrayList<>(List.of(ours));
        raws.forEach(raw -> all.add(new Contender(raw)));
        for (Contender contender : all) {
            contender.warmUp(callers, roundNanos * 3);
        }
        List<Contender> order = new ArrayList<>(all);
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : order) {
                contender.measure(callers, roundNanos);
            }
            // Reverses the order in every other round, so that no contender benefits from its position.
            Collections.reverse(order);
        }
        for (Contender raw : all.subList(1, all.size())) {
            System.out.printf(
                    Locale.ROOT,
                    "%-36s %7.0f %7.0f %6.2f %9.2f %9.2f %9.2f %9.2f%n",
                    raw == all.get(1) ? name : "  the same, raw + view",
                    ours.perSecond(),
                    raw.perSecond(),
                    ours.perSecond() / raw.perSecond(),
                    ours.millis(0.5),
                    raw.millis(0.5),
                    ours.millis(0.99),
                    raw.millis(0.99));
        }
    }
}
