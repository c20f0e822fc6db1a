package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Policy;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.lambda.SliceLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A library. Whoever has a book for too long is reminded once: each loan has a deadline, which the return of the book
 * takes back. The command of the deadline decides whether the loan is still open. It does not know whether it came before,
 * so that only its id makes it happen once.
 */
final class Library implements SimulatedStory {
    private static final Language LANGUAGE = Language.of("library", Set.of(Lending.class), List.of());
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:chase";
    private static final String MISSED = "arn:aws:sqs:us-east-1:000000000000:missed";
    private static final String ROLE = "arn:aws:iam::000000000000:role/chase";
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    /** Clocks are wrong by five seconds at most, at the loan and at the reminder. */
    private static final Duration MOST_WRONG = Duration.ofSeconds(10);

    record BookId(String value) implements Id {
        BookId {
            Id.check(value);
        }
    }

    sealed interface Lending {}

    @EventType("Lent")
    record Lent(int seconds) implements Lending {}

    @EventType("Returned")
    record Returned() implements Lending {}

    @EventType("Reminded")
    record Reminded() implements Lending {}

    record Lend(BookId book, int seconds) {}

    record Return(BookId book) {}

    record Remind(BookId book, int loan) {}

    /** How often the book was lent, and whether it is out. */
    record Shelf(int loans, boolean out) {}

    private abstract static class Desk<C> implements Decider<C, Shelf, Lending> {
        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Shelf initialState() {
            return new Shelf(0, false);
        }

        @Override
        public Shelf evolve(Shelf shelf, Lending event) {
            return switch (event) {
                case Lent _ -> new Shelf(shelf.loans() + 1, true);
                case Returned _ -> new Shelf(shelf.loans(), false);
                case Reminded _ -> shelf;
            };
        }
    }

    private static final class Lends extends Desk<Lend> {
        @Override
        public Decision<Lending> decide(Lend command, Shelf shelf) {
            return shelf.out() ? Decision.nothing() : Decision.accept(new Lent(command.seconds()));
        }
    }

    private static final class Returns extends Desk<Return> {
        @Override
        public Decision<Lending> decide(Return command, Shelf shelf) {
            return shelf.out() ? Decision.accept(new Returned()) : Decision.nothing();
        }
    }

    private static final class Reminds extends Desk<Remind> {
        @Override
        public Decision<Lending> decide(Remind command, Shelf shelf) {
            boolean due = shelf.out() && shelf.loans() == command.loan();
            return due ? Decision.accept(new Reminded()) : Decision.nothing();
        }
    }

    /** How often the book was lent, and by which event of its stream for the last time. */
    record Loan(int number, long since) {}

    private static final class Chase implements EventHandler<Loan, Lending> {
        @Override
        public String name() {
            return "chase";
        }

        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Loan initialState() {
            return new Loan(0, 0);
        }

        @Override
        public Reaction<Loan> on(Loan loan, Recorded<Lending> event) {
            return switch (event.event()) {
                case Lent(int seconds) -> {
                    Loan next = new Loan(loan.number() + 1, event.version());
                    Remind remind = new Remind(new BookId(event.stream().id()), next.number());
                    Instant due = event.at().plusSeconds(seconds);
                    yield Reaction.to(next, new Effect.DispatchAt("remind", "remind", event.stream(), remind, due));
                }
                case Returned _ -> Reaction.to(loan, new Effect.TakeBack("remind", loan.since()));
                case Reminded _ -> Reaction.to(loan);
            };
        }
    }

    private static StreamId stream(BookId book) {
        return StreamId.of("book", book);
    }

    /** Starts a function of the library. */
    static SliceLoader.Function start(Deployment.FunctionSpec function, Edge edge) {
        return switch (function.export()) {
            case "lend" -> {
                var endpoint = HttpCommandEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Lends()),
                        Lend.class,
                        r -> stream(r.book()),
                        (r, o) -> Gate.open(r));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, HttpEvent.class))));
            }
            case "return" -> {
                var endpoint = HttpCommandEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Returns()),
                        Return.class,
                        r -> stream(r.book()),
                        (r, o) -> Gate.open(r));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, HttpEvent.class))));
            }
            case "remind-inner" -> {
                var endpoint = InternalCommandEndpoint.of(
                        edge, edge.handler(LANGUAGE, new Reminds()), Remind.class, c -> stream(c.book()));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, InternalCommand.class))));
            }
            case "chase-feed" -> {
                FeedEndpoint endpoint = FeedEndpoint.of(edge, LANGUAGE, new Chase());
                yield calling(event -> json(endpoint.handle(event)));
            }
            case "chase-upkeep" -> calling(FeedEndpoint.of(edge, LANGUAGE, new Chase())::upkeep);
            default -> throw new IllegalArgumentException(function.export());
        };
    }

    private static JsonNode json(Object value) {
        return Json.mapper().valueToTree(value);
    }

    private static SliceLoader.Function calling(UnaryOperator<JsonNode> function) {
        return event -> {
            try {
                return function.apply(event);
            } catch (RuntimeException | Error e) {
                throw new InvocationTargetException(e);
            }
        };
    }

    /** Returns the library's deployment. */
    static Deployment deployment() {
        return new Deployment(
                List.of(
                        function("lend"),
                        function("return"),
                        function("remind-inner"),
                        function("chase-feed"),
                        function("chase-upkeep")),
                List.of(
                        new Deployment.Table(
                                "events",
                                Map.of("stream", "S", "version", "N"),
                                ordered("stream", "version"),
                                List.of(),
                                "NEW_IMAGE",
                                "arn:stream"),
                        new Deployment.Table(
                                "chase", Map.of("pk", "S", "sk", "S"), ordered("pk", "sk"), List.of(), "", "")),
                List.of(
                        new Deployment.Route("POST", "/books/{book}/lend", ARN + "lend"),
                        new Deployment.Route("POST", "/books/{book}/return", ARN + "return")),
                List.of(new Deployment.Feed(
                        "library/chase", ARN + "chase-feed", "arn:stream", 10, true, true, 3, -1, QUEUE)),
                List.of(new Deployment.Queue(QUEUE, 0, "")),
                List.of(new Deployment.QueueFeed("library/chase", ARN + "chase-upkeep", QUEUE, 100)),
                List.of(),
                List.of(),
                List.of(schedule("redrive-due"), schedule("reconcile")),
                List.of(ARN + "chase-upkeep"),
                List.of());
    }

    private static Deployment.FunctionSpec function(String export) {
        String slice = export.contains("-") ? export.substring(0, export.indexOf('-')) : export;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("SLICE", "library/" + slice);
        settings.put("EVENT_TABLE", "events");
        settings.put("VIEW_TABLE", "chase");
        settings.put("DISPATCH_REMIND", ARN + "remind-inner");
        settings.put("DEADLINES", "chase");
        settings.put("DEADLINE_ROLE", ROLE);
        settings.put("MISSED_REMIND", MISSED);
        settings.put("FEED_TIMEOUT_SECONDS", "60");
        return new Deployment.FunctionSpec(
                ARN + export,
                "library/" + slice,
                Path.of("library"),
                export,
                settings,
                "java25",
                Duration.ofSeconds(export.endsWith("-upkeep") ? 900 : 60),
                512,
                "",
                0,
                policy(slice));
    }

    private static Policy policy(String slice) {
        if (!slice.equals("chase")) {
            return new Policy(List.of(Policy.Statement.allow(TABLE + "events", "dynamodb:Query", "dynamodb:PutItem")));
        }
        return new Policy(List.of(
                Policy.Statement.allow(TABLE + "events", "dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan"),
                Policy.Statement.allow(
                        TABLE + "chase",
                        "dynamodb:BatchGetItem",
                        "dynamodb:ConditionCheckItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query",
                        "dynamodb:UpdateItem"),
                Policy.Statement.allow(ARN + "remind-inner", "lambda:InvokeFunction"),
                Policy.Statement.allow(
                        "arn:aws:scheduler:us-east-1:000000000000:schedule/chase/*",
                        "scheduler:CreateSchedule",
                        "scheduler:DeleteSchedule"),
                Policy.Statement.allow(ROLE, "iam:PassRole")));
    }

    private static Map<String, String> ordered(String partition, String sort) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(partition, "HASH");
        keys.put(sort, "RANGE");
        return keys;
    }

    private static Deployment.Schedule schedule(String what) {
        return new Deployment.Schedule(
                "library/chase",
                Duration.ofMinutes(1),
                ARN + "chase-upkeep",
                Json.mapper().createObjectNode().put("do", what));
    }

    @Override
    public Request next(Random random) {
        String book = "/books/" + (random.nextBoolean() ? "emma" : "ulysses");
        if (random.nextBoolean()) {
            return new Request("POST", book + "/return", "{}");
        }
        return new Request("POST", book + "/lend", "{\"seconds\": " + random.nextInt(90) + "}");
    }

    /** Some clients take their time, so that deadlines come while everything is still in trouble. */
    @Override
    public long pause(Random random) {
        return random.nextInt(3) == 0
                ? 1 + random.nextLong(Duration.ofSeconds(60).toNanos())
                : SimulatedStory.super.pause(random);
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {}

    /** Checks that each loan was reminded once if its book was out when it was due, never early, and not after its return. */
    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>();
        Objects.requireNonNull(streams.get("events"))
                .values()
                .forEach(commits -> objections.addAll(objections(commits, since)));
        return objections;
    }

    private static List<String> objections(List<Commit> commits, long since) {
        List<String> objections = new ArrayList<>();
        @Nullable Commit loan = null;
        boolean open = false;
        int reminded = 0;
        for (Commit commit : commits) {
            open |= commit.at().toEpochMilli() >= since;
            StoredEvent event = commit.events().getFirst();
            switch (event.type()) {
                case "Lent" -> {
                    loan = open ? commit : null;
                    reminded = 0;
                }
                case "Returned" -> loan = null;
                default -> {
                    reminded++;
                    if (loan == null || reminded > 1) {
                        objections.add("A reminder too much: " + commit);
                    } else if (commit.at().isBefore(due(loan).minus(MOST_WRONG))) {
                        objections.add("A reminder too early: " + commit + " of " + loan);
                    }
                }
            }
        }
        if (loan != null && reminded == 0) {
            objections.add("Nobody was reminded of " + loan);
        }
        return objections;
    }

    private static Instant due(Commit loan) {
        try {
            return loan.at()
                    .plusSeconds(Json.mapper()
                            .readTree(loan.events().getFirst().data())
                            .path("seconds")
                            .asInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
