package dev.storyline.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Compares the end state of a history with the promises to clients, and with a second world. The second world feeds the
 * same events to the same functions, once each and in order, without faults.
 */
final class Aftermath {
    private static final String GENERATIONS = "@generations";

    private final Deployment deployment;
    private final Starter starter;
    private final World world;
    private final SimulatedStory story;
    private final List<History.Acknowledged> acknowledged;
    private final long birthsFrom;
    private final long birthsUntil;
    private final Map<String, Map<String, List<Commit>>> streams = new TreeMap<>();
    private final SimulatedDynamoDb ideal;
    private final Map<String, JsonNode> effects = new TreeMap<>();
    private @Nullable String different;

    Aftermath(
            Deployment deployment,
            Starter starter,
            World world,
            SimulatedStory story,
            List<History.Acknowledged> acknowledged,
            long birthsFrom,
            long birthsUntil) {
        this.deployment = deployment;
        this.starter = starter;
        this.world = world;
        this.story = story;
        this.acknowledged = acknowledged;
        this.birthsFrom = birthsFrom;
        this.birthsUntil = birthsUntil;
        this.ideal = SimulatedDynamoDb.with(deployment);
    }

    /** Returns the first violation, or null if there is none. */
    @Nullable
    String difference() {
        for (Deployment.Table table : deployment.tables()) {
            if (table.streamed()) {
                read(table.name());
            }
        }
        streams.values().forEach(table -> table.forEach(this::checkStream));
        acknowledged.forEach(this::checkAnswer);
        checkKeys();
        checkTranslations();
        checkDispatches();
        if (different == null) {
            repeat();
            checkEffects();
            checkTables();
        }
        for (String objection :
                different == null ? story.objections(streams, birthsUntil, new EndWitness(world)) : List.<String>of()) {
            blame(objection);
        }
        return different;
    }

    private void blame(String what) {
        different = different == null ? what : different;
    }

    private void read(String table) {
        Map<String, List<Commit>> commits = streams.computeIfAbsent(table, unseen -> new TreeMap<>());
        for (SimulatedDynamoDb.Change change : world.dynamo().changes(table, 0)) {
            if (!change.eventName().equals("INSERT") || change.newImage() == null) {
                blame("Not only appended: " + change);
                continue;
            }
            Commit commit = CommitItem.read(change.newImage());
            commits.computeIfAbsent(commit.stream().toString(), unseen -> new ArrayList<>())
                    .add(commit);
            ideal.putItem(PutItemRequest.builder()
                    .tableName(table)
                    .item(change.newImage())
                    .build());
        }
    }

    private void checkStream(String stream, List<Commit> commits) {
        Set<String> ids = new HashSet<>();
        long last = 0;
        for (Commit commit : commits) {
            if (commit.version() != last + 1) {
                blame("The stream " + stream + " goes on at " + commit.version() + " after " + last);
            }
            if (!ids.add(commit.id())) {
                blame("The command " + commit.id() + " is recorded twice in " + stream);
            }
            last = commit.last();
        }
    }

    private void checkAnswer(History.Acknowledged one) {
        JsonNode body = one.answer().body();
        if (!one.answer().recorded()) {
            return;
        }
        boolean internal = one.request().isInternal();
        String id = (internal ? CommandId.dispatch(one.key()) : CommandId.http(one.key())).stored();
        for (Commit commit : commits(body.path("stream").asText())) {
            if (commit.id().equals(id)
                    && commit.last() == body.path("version").asLong()
                    && (internal
                            || commit.events().size() == body.path("events").size())) {
                return;
            }
        }
        blame("Acknowledged but not recorded so: " + one);
    }

    private List<Commit> commits(String stream) {
        return streams.values().stream()
                .flatMap(table -> table.getOrDefault(stream, List.of()).stream())
                .toList();
    }

    /** The commits of a transaction were decided at one time. */
    private static boolean isOneTransaction(Commit one, Commit other) {
        return !one.stream().equals(other.stream()) && one.at().equals(other.at());
    }

    /** Checks that each client key is recorded once: in one stream, or in several by one transaction. */
    private void checkKeys() {
        Map<String, Commit> seen = new HashMap<>();
        streams.values().stream()
                .flatMap(table -> table.values().stream())
                .flatMap(List::stream)
                .filter(commit -> commit.id().startsWith("client-"))
                .forEach(commit -> {
                    Commit before = seen.put(commit.id(), commit);
                    if (before != null && !isOneTransaction(before, commit)) {
                        blame("The command " + commit.id() + " is recorded in " + before + " and " + commit);
                    }
                });
    }

    /** Checks that each consumer of a public event records it once: in one stream, or in several by one transaction. */
    private void checkTranslations() {
        Map<String, Set<String>> recorded = new TreeMap<>();
        streams.values().stream()
                .flatMap(table -> table.values().stream())
                .flatMap(List::stream)
                .filter(commit -> commit.meta().causation() != null
                        && world.effects().containsKey(commit.meta().causation()))
                .forEach(commit -> recorded.computeIfAbsent(
                                Objects.requireNonNull(commit.meta().causation()), _ -> new HashSet<>())
                        .add(commit.id() + " at " + commit.at()));
        recorded.forEach((event, records) -> {
            int times = records.size();
            String type = Objects.requireNonNull(world.effects().get(event))
                    .at("/event/type")
                    .asText();
            long listeners = deployment.rules().stream()
                    .filter(rule -> rule.types().contains(type))
                    .count();
            if (times > listeners) {
                blame("The public event " + event + " is recorded " + times + " times by " + listeners + " listeners");
            }
        });
    }

    /** Checks that each dispatched command that was said to be accepted is recorded, and not another one in its place. */
    private void checkDispatches() {
        world.replies().forEach((key, reply) -> {
            if (reply.path("outcome").asText().equals("accepted")) {
                String cause = Objects.requireNonNull(world.effects().get(key))
                        .at("/command/causation")
                        .asText();
                boolean recorded = commits(reply.path("stream").asText()).stream()
                        .anyMatch(
                                commit -> commit.last() == reply.path("version").asLong()
                                        && cause.equals(commit.meta().causation()));
                if (!recorded) {
                    blame("Accepted but not recorded: " + key + " with the answer " + reply);
                }
            }
        });
    }

    /** Feeds the events to the functions of the second world. */
    private void repeat() {
        deployment.tables().stream().filter(table -> !table.streamed()).forEach(table -> copyBirths(table.name()));
        for (Deployment.Reader reader : deployment.readers()) {
            Deployment.Table table = reader.table();
            List<SimulatedDynamoDb.Change> changes = world.dynamo().changes(table.name(), 0);
            if (!changes.isEmpty()) {
                JsonNode reply = call(reader.function(), SimulatedFeed.event(table.streamArn(), changes, false));
                if (!reply.path("batchItemFailures").isEmpty()) {
                    blame("Even in a world without faults " + reader.name() + " does not take its events: " + reply);
                }
            }
        }
    }

    private void copyBirths(String table) {
        all(world.dynamo(), table).stream()
                .filter(item -> text(item, "pk").equals("@births"))
                .forEach(item -> ideal.putItem(
                        PutItemRequest.builder().tableName(table).item(item).build()));
    }

    private JsonNode call(String arn, JsonNode event) {
        Deployment.FunctionSpec function = deployment.function(arn);
        Edge edge = new Edge(
                new Settings(function.environment()),
                ideal,
                new Listening(),
                // So early that each deadline is still to come.
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                _ -> {},
                ParallelTasks.ONE_BY_ONE);
        try {
            return starter.start(function, edge).call(event);
        } catch (InvocationTargetException | IOException e) {
            throw new IllegalStateException("Even in a world without faults " + arn + " fails", e);
        }
    }

    /** Collects the outbound calls of the second world. A dispatched command gets the same reply as in the first world. */
    private final class Listening implements OutboundCalls {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            String key = event.path("commandId").asText();
            effects.put(key, World.dispatched(function, event));
            JsonNode reply = world.replies().get(key);
            if (reply == null) {
                blame("Never dispatched: " + event);
                return Json.mapper().createObjectNode().put("outcome", "accepted");
            }
            return reply;
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            for (CloudEvent event : events) {
                effects.put(event.id(), World.published(bus, Json.mapper().valueToTree(event)));
            }
            return List.of();
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            effects.put(
                    schedule.event().path("commandId").asText(),
                    World.dispatched(schedule.function(), schedule.event()));
        }

        @Override
        public void unschedule(String group, String name) {
            // Whether a deadline was still there is seen in what its command has recorded.
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            effects.put(key, World.called(url, request));
            return Json.mapper().nullNode();
        }
    }

    private void checkEffects() {
        compare("effect", effects, world.effects());
        streams.forEach((table, all) -> {
            String context = context(table);
            all.values()
                    .forEach(commits -> commits.stream()
                            .takeWhile(commit -> commit.at().toEpochMilli() < birthsFrom)
                            .forEach(commit -> checkSilent(context, commit)));
        });
    }

    /** The beginning of the names of all slices that write an event table: two contexts may have streams of one name. */
    private String context(String table) {
        return deployment.functions().stream()
                .filter(function -> table.equals(function.environment().get("EVENT_TABLE")))
                .map(function -> context(function))
                .findFirst()
                .orElse("");
    }

    private static String context(Deployment.FunctionSpec function) {
        return function.slice().replaceFirst("/.*", "/");
    }

    private boolean isOf(String context, String key, JsonNode effect) {
        String function = effect.path("function").asText();
        return function.isEmpty()
                ? key.startsWith(context)
                : context.isEmpty() || context(deployment.function(function)).equals(context);
    }

    /**
     * Checks that events from before the activation have no effects, up to the first later one of their stream. The second
     * world cannot show this, because it gets the same activation times.
     */
    private void checkSilent(String context, Commit commit) {
        for (long version = commit.version(); version <= commit.last(); version++) {
            String event = commit.stream() + "@" + version;
            world.effects().forEach((key, effect) -> {
                boolean caused = key.contains("/" + event + "/")
                        || effect.at("/command/causation").asText().equals(event)
                        || effect.at("/event/causationid").asText().equals(event);
                if (caused && isOf(context, key, effect)) {
                    blame("An event from before the birth of all handlers has an effect: " + key + " " + effect);
                }
            });
        }
    }

    private void checkTables() {
        for (Deployment.Table table : deployment.tables()) {
            if (!table.streamed()) {
                compare("item of " + table.name(), items(ideal, table.name()), items(world.dynamo(), table.name()));
            }
        }
    }

    private <T> void compare(String what, Map<String, T> wanted, Map<String, T> found) {
        wanted.forEach((key, value) -> {
            T other = found.get(key);
            if (other == null) {
                blame("Missing " + what + ": " + key + " " + value);
            } else if (!other.equals(value)) {
                blame("Different " + what + ": " + key + " should be " + value + " and is " + other);
            }
        });
        found.forEach((key, value) -> {
            if (!wanted.containsKey(key)) {
                blame("Unwanted " + what + ": " + key + " " + value);
            }
        });
    }

    private static List<Map<String, AttributeValue>> all(SimulatedDynamoDb dynamo, String table) {
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        ScanResponse page = null;
        do {
            page = dynamo.scan(ScanRequest.builder()
                    .tableName(table)
                    .exclusiveStartKey(page == null ? null : page.lastEvaluatedKey())
                    .build());
            all.addAll(page.items());
        } while (page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty());
        return all;
    }

    /** Returns the items that a view serves: fold items and rows, regardless of how often they were written. */
    private static Map<String, Map<String, Object>> items(SimulatedDynamoDb dynamo, String table) {
        List<Map<String, AttributeValue>> all = all(dynamo, table);
        String prefix = prefix(all);
        Map<String, Map<String, Object>> items = new TreeMap<>();
        for (Map<String, AttributeValue> item : all) {
            String partition = text(item, "pk");
            if (partition.startsWith(prefix)
                    && !partition.matches(prefix + "@(generations|births|reconciliation|rebuild|taken|\\d+/.*)")) {
                items.put(partition.substring(prefix.length()) + " " + text(item, "sk"), comparable(item));
            }
        }
        return items;
    }

    private static String prefix(List<Map<String, AttributeValue>> items) {
        for (Map<String, AttributeValue> item : items) {
            AttributeValue serving = item.get("serving");
            if (text(item, "pk").equals(GENERATIONS)
                    && serving != null
                    && !serving.n().equals("0")) {
                return "@" + serving.n() + "/";
            }
        }
        return "";
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    private static Map<String, Object> comparable(Map<String, AttributeValue> item) {
        Map<String, Object> comparable = new TreeMap<>(item);
        comparable.remove("pk");
        comparable.remove("rev");
        AttributeValue state = item.get("state");
        if (text(item, "sk").startsWith("@") && state != null) {
            try {
                comparable.put("state", Json.mapper().readTree(state.s()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return comparable;
    }
}
