package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.identity.Permissions;
import dev.storyline.model.SymbolicValues;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import dev.storyline.testkit.scenario.ScenarioOutcome.Fact;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The environment in which one specification runs once: its tables, its time, and the functions of the slice. */
final class Stage implements EndpointCheck.World {
    private static final String PORT = "PORT_";

    private final Subject subject;
    private final SimulatedDynamoDb dynamo;
    private final Map<StreamId, Long> heads = new HashMap<>();
    private final List<Commit> past = new ArrayList<>();
    private final List<Fact> sent = new ArrayList<>();

    /** The schedules that have not fired, by name, in the order in which they were asked for. */
    private final Map<String, OneTimeSchedule> waiting = new LinkedHashMap<>();

    private final Set<String> tablesRead = new LinkedHashSet<>();

    Stage(Subject subject) {
        this.subject = subject;
        this.dynamo = SimulatedDynamoDb.with(subject.deployment());
    }

    /** A backoff without a pause. Time stands still in a specification, so a pause could change nothing. */
    private static final Backoff NO_PAUSE = _ -> {};

    private final OutboundCalls outgoing = new OutboundCalls() {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            sent.add(Fact.sent(subject.deployment().function(function).slice(), event.path("command")));
            return Json.mapper()
                    .createObjectNode()
                    .put("outcome", "accepted")
                    .put("stream", "")
                    .put("version", 1);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            events.forEach(event -> sent.add(Fact.sent(event.type(), event.data())));
            return List.of();
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            waiting.putIfAbsent(schedule.name(), schedule);
        }

        @Override
        public void unschedule(String group, String name) {
            waiting.remove(name);
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            sent.add(Fact.sent(url, request));
            return Json.mapper().nullNode();
        }
    };

    /** Returns the edge of a function at this time, with unrestricted permissions. */
    Edge edge(Deployment.FunctionSpec function, Instant at) {
        return new Edge(
                new Settings(settings(function)),
                Watched.reads(dynamo, tablesRead::add),
                outgoing,
                Clock.fixed(at, ZoneOffset.UTC),
                NO_PAUSE,
                ParallelTasks.ONE_BY_ONE);
    }

    /** Returns the settings of a function. The URL of each port names the external system as the model does. */
    private static Map<String, String> settings(Deployment.FunctionSpec function) {
        Map<String, String> settings = new HashMap<>(function.environment());
        settings.replaceAll((name, value) -> name.startsWith(PORT)
                ? name.substring(PORT.length()).toLowerCase(Locale.ROOT).replace('_', '-')
                : value);
        return settings;
    }

    /** Returns the tables that the functions have read so far. */
    Set<String> tablesRead() {
        return tablesRead;
    }

    /**
     * Returns the published and dispatched messages and the calls of external systems since the last call of this
     * method.
     */
    List<Fact> takeSent() {
        List<Fact> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    /** Sends the commands of all deadlines until this time. */
    void pass(Instant until) {
        List<OneTimeSchedule> due = waiting.values().stream()
                .filter(schedule -> !schedule.at().isAfter(until))
                .sorted(Comparator.comparing(OneTimeSchedule::at))
                .toList();
        for (OneTimeSchedule schedule : due) {
            waiting.remove(schedule.name());
            JsonNode _ = outgoing.invoke(schedule.function(), schedule.event());
        }
    }

    /** Records an event as its command would, in the store's own format. */
    Commit happened(
            StreamId stream, String type, int version, boolean essential, JsonNode data, Instant at, String by) {
        long head = heads.merge(stream, 1L, Long::sum);
        Commit commit = new Commit(
                stream,
                head,
                "given-" + stream + "-" + head,
                at,
                List.of(new StoredEvent(type, version, essential, data.toString())),
                new CommitMetadata(by, "specification", null, null, null));
        if (!(events().append(commit) instanceof EventStore.AppendResult.Appended)) {
            throw new IllegalStateException("The event store does not take " + commit);
        }
        past.add(commit);
        return commit;
    }

    @Override
    public JsonNode call(Deployment.FunctionSpec function, JsonNode event) {
        return call(function, event, SymbolicValues.NOW);
    }

    @Override
    public void append(Deployment.FunctionSpec function, Commit commit) {
        edge(function, SymbolicValues.NOW).events().append(commit);
    }

    @Override
    public List<Map<String, AttributeValue>> items(Deployment.FunctionSpec function) {
        return function.environment().entrySet().stream()
                .filter(setting -> setting.getKey().endsWith("_TABLE"))
                .flatMap(setting -> dynamo.scan(scan -> scan.tableName(setting.getValue())).items().stream())
                .toList();
    }

    private EventStore events() {
        return new DynamoDbEventStore(
                dynamo,
                eventTable()
                        .orElseThrow(() -> new SymbolicJson.Unclear(
                                "The template of " + subject.name() + " has no EVENT_TABLE.")));
    }

    private Optional<String> eventTable() {
        return subject.functions().stream()
                .flatMap(function -> Stream.ofNullable(function.environment().get("EVENT_TABLE")))
                .findFirst();
    }

    /** Feeds a commit; a commit that the function cannot process fails the specification. */
    void feed(Deployment.FunctionSpec feed, Commit commit, Instant at) {
        JsonNode reply = call(feed, LambdaEvents.feed(commit), at);
        if (!reply.path("batchItemFailures").isEmpty()) {
            throw new AssertionError("The feed does not take its events: " + reply);
        }
        subject.upkeep().ifPresent(upkeep -> {
            JsonNode parked = call(upkeep, Json.mapper().createObjectNode().put("do", "parked"), at)
                    .path("parked");
            if (!parked.isEmpty()) {
                throw new AssertionError("The stream is parked: " + parked);
            }
        });
    }

    /** Returns the events that were recorded in addition to the past ones, in any stream. */
    List<Fact> recorded() {
        List<Fact> facts = new ArrayList<>();
        eventTable().ifPresent(table -> {
            for (SimulatedDynamoDb.Change change : dynamo.changes(table, 0)) {
                if (!change.eventName().equals("INSERT") || change.newImage() == null) {
                    throw new AssertionError("What is recorded was changed: " + change);
                }
                Commit commit = CommitItem.read(change.newImage());
                if (commit.version() > heads.getOrDefault(commit.stream(), 0L)) {
                    commit.events()
                            .forEach(event -> facts.add(new Fact(commit.stream(), event.type(), tree(event.data()))));
                }
            }
        });
        return facts;
    }

    List<Commit> past() {
        return past;
    }

    /** Sends a request under an idempotency key, and returns the body of the answer. */
    JsonNode post(Deployment.Route route, ObjectNode fields, Instant at, String key) {
        Map<String, String> path = new LinkedHashMap<>();
        ObjectNode body = fields.deepCopy();
        for (String name : parameters(route)) {
            JsonNode value = body.remove(name);
            path.put(name, value == null ? "" : value.asText());
        }
        String event = LambdaEvents.http(path, Map.of(), Map.of("idempotency-key", key), body.toString());
        return tree(call(subject.deployment().function(route.function()), tree(event), at)
                .path("body")
                .asText());
    }

    /** Returns the answer to a query; a missing node if the answer is empty. */
    JsonNode get(Deployment.Route route, Map<String, String> parameters, Instant at) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        Map<String, String> path = new LinkedHashMap<>();
        for (String name : parameters(route)) {
            String value = query.remove(name);
            path.put(name, value == null ? "" : value);
        }
        JsonNode reply = call(
                subject.deployment().function(route.function()),
                tree(LambdaEvents.http(path, query, Map.of(), null)),
                at);
        return switch (reply.path("statusCode").asInt()) {
            case 200 -> tree(reply.path("body").asText());
            case 404 -> MissingNode.getInstance();
            default -> throw new AssertionError("The query answers " + reply);
        };
    }

    /** Returns the names of the parameters in a route's path. */
    static List<String> parameters(Deployment.Route route) {
        List<String> names = new ArrayList<>();
        for (String part : route.path().split("/")) {
            if (part.startsWith("{") && part.endsWith("}")) {
                names.add(part.substring(1, part.length() - 1));
            }
        }
        return names;
    }

    /** Calls a function with a cold start. */
    JsonNode call(Deployment.FunctionSpec function, JsonNode event, Instant at) {
        try {
            return subject.start(function, Permissions.held(edge(function, at), function))
                    .call(event);
        } catch (InvocationTargetException e) {
            throw new AssertionError("The function " + function.export() + " failed: " + e.getCause(), e.getCause());
        } catch (IOException e) {
            throw new AssertionError("The function " + function.export() + " does not take or give JSON: " + e, e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError("This is no JSON: " + json, e);
        }
    }
}
