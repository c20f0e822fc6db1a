package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Policy;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.TranslationEndpoint;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.lambda.SliceLoader;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A bank. It covers what the business stories of this repository do not use: totals, commits of more rows than fit into
 * a transaction, rows that return after their removal, rejections with a follow-up, calls of a port, and a decider that
 * accepts a repeated command a second time unless its id identifies it as a repetition.
 */
final class Bank implements SimulatedStory {
    static final Rule TOO_LITTLE = Rule.forbids("too-little", "There is not that much in the account.");

    private static final Language LANGUAGE = Language.of("bank", Set.of(Money.class), List.of());
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:";
    private static final int FEE = 40;

    private final Set<String> guessed = new HashSet<>();

    record AccountId(String value) implements Id {
        AccountId {
            Id.check(value);
        }
    }

    sealed interface Money {}

    @EventType("Deposited")
    record Deposited(int cents, int items) implements Money {}

    @EventType("Withdrawn")
    record Withdrawn(int cents) implements Money {}

    @EventType("Reminded")
    record Reminded() implements Money {}

    record Deposit(AccountId account, int cents, int items) {}

    record Withdraw(AccountId account, int cents) {}

    record Remind(AccountId account) {}

    record Balance(int cents) {
        Balance after(Money event) {
            return switch (event) {
                case Deposited deposited -> new Balance(cents + deposited.cents());
                case Withdrawn withdrawn -> new Balance(cents - withdrawn.cents());
                case Reminded _ -> this;
            };
        }
    }

    private abstract static class Teller<C> implements Decider<C, Balance, Money> {
        @Override
        public Class<Money> folds() {
            return Money.class;
        }

        @Override
        public Balance initialState() {
            return new Balance(0);
        }

        @Override
        public Balance evolve(Balance balance, Money event) {
            return balance.after(event);
        }
    }

    private static final class Depositing extends Teller<Deposit> {
        @Override
        public Decision<Money> decide(Deposit command, Balance balance) {
            return Decision.accept(new Deposited(command.cents(), command.items()));
        }
    }

    private static final class Withdrawing extends Teller<Withdraw> {
        @Override
        public Decision<Money> decide(Withdraw command, Balance balance) {
            return balance.cents() < command.cents()
                    ? Decision.reject(TOO_LITTLE)
                    : Decision.accept(new Withdrawn(command.cents()));
        }
    }

    private static final class Reminding extends Teller<Remind> {
        @Override
        public Decision<Money> decide(Remind command, Balance balance) {
            return Decision.accept(new Reminded());
        }
    }

    record Item(int number) {}

    record Slip(int deposited) {}

    record Sheet(int cents, int items) {}

    /**
     * The account's own row, a row for each item of its last deposit, a slip that a deposit without items removes and a
     * withdrawal changes, and a total of all accounts.
     */
    private static final class Sheets implements Projection<Sheet, Money> {
        private static final RowKey ALL = new RowKey("totals", "all");

        @Override
        public String name() {
            return "sheets";
        }

        @Override
        public Class<Money> folds() {
            return Money.class;
        }

        @Override
        public Sheet initialState() {
            return new Sheet(0, 0);
        }

        @Override
        public Step<Sheet> step(Sheet sheet, Recorded<Money> event) {
            return switch (event.event()) {
                case Deposited(int cents, int items) -> {
                    Sheet next = new Sheet(sheet.cents() + cents, items);
                    Step<Sheet> step = Step.to(next).putOwn(next).add(ALL, amounts(cents));
                    RowKey slip = slip(event.stream());
                    step = items == 0 ? step.remove(slip) : step.put(slip, new Slip(cents));
                    for (int i = 0; i < items; i++) {
                        step = step.put(key(event.stream(), i), new Item(i + items));
                    }
                    for (int i = items; i < sheet.items(); i++) {
                        step = step.remove(key(event.stream(), i));
                    }
                    yield step;
                }
                case Withdrawn(int cents) -> {
                    Sheet next = new Sheet(sheet.cents() - cents, sheet.items());
                    yield Step.to(next)
                            .putOwn(next)
                            .add(ALL, amounts(-cents))
                            .set(slip(event.stream()), Map.of("withdrawn", cents));
                }
                case Reminded() -> Step.to(sheet);
            };
        }

        private static Map<String, BigDecimal> amounts(int cents) {
            return Map.of("cents", BigDecimal.valueOf(cents), "movements", BigDecimal.ONE);
        }

        private static RowKey slip(StreamId stream) {
            return new RowKey(stream.toString(), "slip");
        }

        private static RowKey key(StreamId stream, int item) {
            return new RowKey(stream.toString(), "item#" + item);
        }
    }

    @EventType("FeeRefused")
    record FeeRefused(String account) {}

    private static final String FEE_REFUSED = "bank.FeeRefused.v1";

    record Receipt(int cents) {}

    record Count(int deposits) {}

    /**
     * Charges a fee for every second deposit, reports accounts that cannot pay it, and has a receipt printed for each
     * deposit.
     */
    private static final class Fees implements EventHandler<Count, Money> {
        @Override
        public String name() {
            return "fees";
        }

        @Override
        public Class<Money> folds() {
            return Money.class;
        }

        @Override
        public Count initialState() {
            return new Count(0);
        }

        @Override
        public Reaction<Count> on(Count count, Recorded<Money> event) {
            if (!(event.event() instanceof Deposited deposited)) {
                return Reaction.to(count);
            }
            Count next = new Count(count.deposits() + 1);
            Effect print = new Effect.Call("print", "printer", new Receipt(deposited.cents()));
            if (next.deposits() % 2 > 0) {
                return Reaction.to(next, print);
            }
            Withdraw fee = new Withdraw(new AccountId(event.stream().id()), FEE);
            return Reaction.to(next, print, new Effect.Dispatch("fee", "withdraw", event.stream(), fee).followUp());
        }

        @Override
        public List<Effect> onRefused(Recorded<Money> event, Effect.Dispatch refused, String rule) {
            return List.of(
                    new Effect.Publish("refused", new FeeRefused(event.stream().id())));
        }
    }

    private static StreamId stream(AccountId account) {
        return StreamId.of("account", account);
    }

    /** Starts a function of the bank. */
    static SliceLoader.Function start(Deployment.FunctionSpec function, Edge edge) {
        return switch (function.export()) {
            case "deposit" -> {
                var endpoint = HttpCommandEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Depositing()),
                        Deposit.class,
                        r -> stream(r.account()),
                        (r, o) -> Gate.open(r));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, HttpEvent.class))));
            }
            case "withdraw" -> {
                var endpoint = HttpCommandEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Withdrawing()),
                        Withdraw.class,
                        r -> stream(r.account()),
                        (r, o) -> Gate.open(r));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, HttpEvent.class))));
            }
            case "withdraw-inner" -> {
                var endpoint = InternalCommandEndpoint.of(
                        edge, edge.handler(LANGUAGE, new Withdrawing()), Withdraw.class, c -> stream(c.account()));
                yield calling(event -> json(endpoint.handle(Json.mapper().convertValue(event, InternalCommand.class))));
            }
            case "remind" -> {
                var endpoint = TranslationEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Reminding()),
                        FEE_REFUSED,
                        FeeRefused.class,
                        e -> stream(new AccountId(e.account())),
                        (e, occasion) -> new Remind(new AccountId(e.account())));
                yield calling(event -> json(endpoint.handle(event)));
            }
            case "sheets-feed" -> {
                FeedEndpoint endpoint = FeedEndpoint.of(edge, LANGUAGE, new Sheets());
                yield calling(event -> json(endpoint.handle(event)));
            }
            case "sheets-upkeep" -> calling(FeedEndpoint.of(edge, LANGUAGE, new Sheets())::upkeep);
            case "fees-feed" -> {
                FeedEndpoint endpoint = FeedEndpoint.of(edge, LANGUAGE, new Fees());
                yield calling(event -> json(endpoint.handle(event)));
            }
            case "fees-upkeep" -> calling(FeedEndpoint.of(edge, LANGUAGE, new Fees())::upkeep);
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

    /** Returns the bank's deployment. */
    static Deployment deployment() {
        String events = "arn:stream";
        return new Deployment(
                List.of(
                        function("deposit"),
                        function("withdraw"),
                        function("withdraw-inner"),
                        function("remind"),
                        function("sheets-feed"),
                        function("sheets-upkeep"),
                        function("fees-feed"),
                        function("fees-upkeep")),
                List.of(
                        new Deployment.Table(
                                "events",
                                Map.of("stream", "S", "version", "N"),
                                ordered("stream", "version"),
                                List.of(),
                                "NEW_IMAGE",
                                events),
                        view("sheets"),
                        view("fees")),
                List.of(
                        new Deployment.Route("POST", "/accounts/{account}/deposit", ARN + "deposit"),
                        new Deployment.Route("POST", "/accounts/{account}/withdraw", ARN + "withdraw")),
                List.of(feed("sheets", events), feed("fees", events)),
                List.of(
                        new Deployment.Queue(QUEUE + "sheets", 0, ""),
                        new Deployment.Queue(QUEUE + "fees", 0, ""),
                        new Deployment.Queue(QUEUE + "remind", 0, "")),
                List.of(
                        new Deployment.QueueFeed("bank/sheets", ARN + "sheets-upkeep", QUEUE + "sheets", 100),
                        new Deployment.QueueFeed("bank/fees", ARN + "fees-upkeep", QUEUE + "fees", 100),
                        new Deployment.QueueFeed("bank/remind", ARN + "remind", QUEUE + "remind", 10)),
                List.of(),
                List.of(new Deployment.EventRule(
                        "bank-bus", List.of("urn:storyline:bank"), List.of(FEE_REFUSED), QUEUE + "remind")),
                List.of(
                        schedule("sheets", "redrive-due"),
                        schedule("sheets", "reconcile"),
                        schedule("fees", "redrive-due"),
                        schedule("fees", "reconcile")),
                List.of(ARN + "fees-upkeep"),
                List.of());
    }

    private static Deployment.FunctionSpec function(String export) {
        String table = export.contains("-") ? export.substring(0, export.indexOf('-')) : export;
        return new Deployment.FunctionSpec(
                ARN + export,
                "bank/" + table,
                Path.of("bank"),
                export,
                Map.of(
                        "SLICE", "bank/" + table,
                        "EVENT_TABLE", "events",
                        "VIEW_TABLE", table,
                        "BUS", "bank-bus",
                        "DISPATCH_WITHDRAW", ARN + "withdraw-inner",
                        "PORT_PRINTER", "https://printer.example",
                        "FEED_TIMEOUT_SECONDS", "60"),
                "java25",
                Duration.ofSeconds(export.endsWith("-upkeep") ? 900 : 60),
                512,
                "",
                0,
                policy(export, table));
    }

    /** Returns a least-privilege policy, as the templates of such slices grant it. */
    private static Policy policy(String export, String table) {
        String dynamo = "arn:aws:dynamodb:us-east-1:000000000000:table/";
        List<Policy.Statement> statements = new ArrayList<>();
        if (export.endsWith("-feed")) {
            statements.add(Policy.Statement.allow(dynamo + "events", "dynamodb:Query"));
            statements.add(Policy.Statement.allow(
                    dynamo + table,
                    "dynamodb:BatchGetItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:UpdateItem"));
        } else if (export.endsWith("-upkeep")) {
            statements.add(Policy.Statement.allow(
                    dynamo + "events", "dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan"));
            statements.add(Policy.Statement.allow(
                    dynamo + table,
                    "dynamodb:BatchGetItem",
                    "dynamodb:BatchWriteItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:Query",
                    "dynamodb:Scan",
                    "dynamodb:UpdateItem"));
        } else {
            statements.add(Policy.Statement.allow(dynamo + "events", "dynamodb:Query", "dynamodb:PutItem"));
        }
        if (table.equals("fees")) {
            statements.add(Policy.Statement.allow(ARN + "withdraw-inner", "lambda:InvokeFunction"));
            statements.add(Policy.Statement.allow(
                    "arn:aws:events:us-east-1:000000000000:event-bus/bank-bus", "events:PutEvents"));
        }
        return new Policy(statements);
    }

    private static Map<String, String> ordered(String partition, String sort) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(partition, "HASH");
        keys.put(sort, "RANGE");
        return keys;
    }

    private static Deployment.Table view(String name) {
        return new Deployment.Table(name, Map.of("pk", "S", "sk", "S"), ordered("pk", "sk"), List.of(), "", "");
    }

    private static Deployment.Feed feed(String name, String source) {
        return new Deployment.Feed("bank/" + name, ARN + name + "-feed", source, 10, true, true, 3, -1, QUEUE + name);
    }

    private static Deployment.Schedule schedule(String name, String what) {
        return new Deployment.Schedule(
                "bank/" + name,
                Duration.ofMinutes(1),
                ARN + name + "-upkeep",
                Json.mapper().createObjectNode().put("do", what));
    }

    @Override
    public Request next(Random random) {
        String account = "/accounts/" + (random.nextBoolean() ? "ann" : "bob");
        ObjectNode body = Json.mapper().createObjectNode().put("cents", 1 + random.nextInt(50));
        if (random.nextInt(3) == 0) {
            return new Request("POST", account + "/withdraw", body.toString());
        }
        int items = random.nextInt(6) == 0 ? 100 + random.nextInt(60) : random.nextInt(4);
        return new Request(
                "POST", account + "/deposit", body.put("items", items).toString());
    }

    /** Some clients guess the id of a fee or of a reminder that may follow later. */
    @Override
    public String key(Request request, String own, Random random) {
        if (random.nextInt(4) > 0) {
            return own;
        }
        String account = request.path().split("/")[2];
        String fee = "bank/fees/account#" + account + "@" + (2 + random.nextInt(12)) + "/fee";
        String foretold = random.nextBoolean()
                ? fee
                : UUID.nameUUIDFromBytes(("bank/remind|urn:storyline:bank|" + fee + "/too-little/refused")
                                .getBytes(StandardCharsets.UTF_8))
                        .toString();
        return guessed.add(foretold) ? foretold : own;
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {}

    /**
     * Checks that each fee is requested, charged once however often it was requested, and that each account that could not
     * pay is reminded.
     */
    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>();
        Set<String> causes = new HashSet<>();
        for (List<Commit> commits :
                Objects.requireNonNull(streams.get("events")).values()) {
            int refused = 0;
            int reminded = 0;
            for (Commit commit : commits) {
                String cause = commit.meta().causation();
                if (cause != null && !causes.add(cause)) {
                    objections.add("What caused " + commit + " had caused another commit before");
                }
                refused += cause != null && commit.meta().rejection() != null ? 1 : 0;
                reminded += commit.events().getFirst().type().equals("Reminded") ? 1 : 0;
            }
            if (refused != reminded) {
                objections.add(refused + " fees were refused, and " + reminded + " reminders written: " + commits);
            }
        }
        Objects.requireNonNull(streams.get("events"))
                .values()
                .forEach(commits -> objections.addAll(FeesOwed.uncharged(commits, causes, since)));
        return objections;
    }
}
