package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.local.identity.Permissions;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.projections.Rebuild;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A simulation of everything that the templates deploy: tables, instances of functions, feeds, buses and queues. */
final class World {
    private static final int LONGEST_SHORT_TIME = 2_000_000_000;

    private final Deployment deployment;
    private final Starter starter;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Random random;
    private final SimulatedDynamoDb dynamo;
    private final Map<String, List<Running>> idle = new HashMap<>();
    private final Map<String, SimulatedQueue> queues = new LinkedHashMap<>();
    private final SimulatedDeadlines deadlines;
    private final List<SimulatedFeed> feeds = new ArrayList<>();
    private final Map<String, JsonNode> effects = new TreeMap<>();
    private final EffectCalls calls = new EffectCalls();
    private final Map<String, JsonNode> replies = new HashMap<>();
    private final Map<String, Integer> reached = new TreeMap<>();
    private final boolean kinesis;
    private @Nullable String violation;
    private int busy;
    private int instances;
    private long writes;
    private long nextVisit;

    World(Deployment deployment, Starter starter, Scheduler scheduler, Faults faults, Random random) {
        this.deployment = deployment;
        this.starter = starter;
        this.scheduler = scheduler;
        this.faults = faults;
        this.random = random;
        this.kinesis = random.nextBoolean();
        this.dynamo = SimulatedDynamoDb.with(deployment);
        this.deadlines = new SimulatedDeadlines(this);
        deployment.queues().forEach(queue -> queues.put(queue.arn(), new SimulatedQueue(this, queue)));
    }

    Deployment deployment() {
        return deployment;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    Random random() {
        return random;
    }

    SimulatedDynamoDb dynamo() {
        return dynamo;
    }

    /** Returns whether a feed gets its records through Kinesis; a distributor reads the change stream itself. */
    boolean throughKinesis(Deployment.Feed feed) {
        return kinesis && !deployment.function(feed.function()).environment().containsKey(Deployment.COMMIT_TOPIC);
    }

    /** Sets when clients come again; 0 if they do not. */
    void nextVisit(long at) {
        nextVisit = at;
    }

    /** Returns when clients come again; 0 if they do not. */
    long nextVisit() {
        return nextVisit;
    }

    /** Records the first violation. */
    void blame(String what) {
        violation = violation == null ? what : violation;
    }

    @Nullable
    String violation() {
        return violation;
    }

    /** Returns all effects, by key. */
    Map<String, JsonNode> effects() {
        return effects;
    }

    /** Returns the last answer to each dispatched command. */
    Map<String, JsonNode> replies() {
        return replies;
    }

    /** Returns how many writes tables and queues have received. */
    long writes() {
        return writes;
    }

    /** Returns how often each kind of upkeep found something to repair, and how often effects were repeated. */
    Map<String, Integer> reached() {
        return reached;
    }

    void reach(String what) {
        reached.merge(what, 1, Integer::sum);
    }

    SimulatedQueue queue(String arn) {
        return Objects.requireNonNull(queues.get(arn), arn);
    }

    private void written(Instance instance, List<String> keys) {
        writes++;
        keys.forEach(key -> calls.wrote(instance.invocation(), key, scheduler.now()));
        feeds.forEach(SimulatedFeed::wake);
    }

    void sent() {
        writes++;
    }

    /** Connects all feeds and queues to their functions. */
    void attach() {
        for (Deployment.Feed feed : deployment.feeds()) {
            for (int shard = 0; shard < SimulatedFeed.SHARDS; shard++) {
                feeds.add(new SimulatedFeed(this, feed, shard));
            }
        }
        for (Deployment.QueueFeed feed : deployment.queueFeeds()) {
            queue(feed.queue()).attach(feed);
        }
    }

    /** Returns whether no delivery or invocation is in progress. */
    boolean atRest() {
        return busy == 0
                && deadlines.isDone()
                && feeds.stream().allMatch(SimulatedFeed::atEnd)
                && queues.values().stream().allMatch(SimulatedQueue::isDone);
    }

    /** Ends all idle instances. */
    void forgetInstances() {
        idle.clear();
    }

    private record Running(Instance instance, SliceLoader.Function function) {}

    private Running start(String arn) {
        Deployment.FunctionSpec function = deployment.function(arn);
        Instance instance = new Instance(function.export() + "/" + ++instances, scheduler, faults, random);
        Edge edge = new Edge(
                new Settings(function.environment()),
                FaultyDynamoDb.of(dynamo, instance, keys -> written(instance, keys)),
                new Reaching(instance),
                instance.clock(),
                instance,
                instance);
        return new Running(instance, starter.start(function, Permissions.held(edge, function)));
    }

    /** Thrown when an invocation fails; its effects may have happened nevertheless. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Invokes a function in an instance of its own.
     *
     * @throws Failed if the function throws, or if its instance crashes
     */
    JsonNode invoke(String arn, JsonNode event) throws Failed {
        List<Running> free = idle.computeIfAbsent(arn, unseen -> new ArrayList<>());
        Running running = free.isEmpty() || faults.strikes(Fault.COLD_START)
                ? start(arn)
                : free.remove(random.nextInt(free.size()));
        busy++;
        long now = scheduler.now();
        Deployment.FunctionSpec function = deployment.function(arn);
        EffectCalls.Invocation invocation = new EffectCalls.Invocation(
                function.slice(),
                now,
                now
                        + (faults.strikes(Fault.TIME_OUT)
                                ? random.nextInt(LONGEST_SHORT_TIME)
                                : function.timeout().toNanos()));
        running.instance.begin(invocation);
        try {
            JsonNode answer = Deadline.of(() -> Duration.ofNanos(invocation.until() - scheduler.now()))
                    .during(() -> called(running.function, event));
            if (running.instance.dead()) {
                throw new Failed("crashed");
            }
            free.add(running);
            String what = event.path("do").asText();
            if (answer.path("behind").asLong() > 0 || what.equals("rebuild")) {
                reach(what);
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw failed(running, free, e.getCause());
        } finally {
            invocation.ended(scheduler.now());
            busy--;
        }
    }

    private static JsonNode called(SliceLoader.Function function, JsonNode event) throws InvocationTargetException {
        try {
            return function.call(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Failed failed(Running running, List<Running> free, @Nullable Throwable cause) {
        if (cause instanceof Scheduler.Stopped stopped) {
            throw stopped;
        }
        if (running.instance.dead() || cause instanceof Instance.Crash) {
            return new Failed("crashed");
        }
        boolean passes = cause instanceof TransientFailure
                || cause instanceof StoreFailure.Throttled
                || cause instanceof StoreFailure.Unavailable
                || cause instanceof Rebuild.Interrupted
                || cause instanceof Rebuild.Failed;
        if (!passes) {
            blame("A function fails for a reason that will not pass: " + running.instance.name() + " " + cause);
        }
        free.add(running);
        return new Failed(String.valueOf(cause));
    }

    /** Records a call of an effect. Each key has exactly one effect, and each repetition an excuse. */
    private EffectCalls.Call effect(Instance instance, String key, JsonNode content, String stream) {
        EffectCalls.Call call = calls.begin(key, instance.invocation(), scheduler.now());
        if (calls.isRepeated(key)) {
            reach("repeated effect");
        }
        String objection = calls.objection(key, stream, scheduler.now());
        if (objection != null) {
            blame(objection);
        }
        JsonNode before = effects.putIfAbsent(key, content);
        if (before != null && !before.equals(content)) {
            blame("Two effects under the key " + key + ": " + before + " and " + content);
        }
        return call;
    }

    /** Returns the stream in the key of an effect, {@code context/handler/stream@version/name}, or in an event's id. */
    private static String stream(String key) {
        String before = key.substring(0, Math.max(0, key.lastIndexOf('@')));
        return before.substring(before.lastIndexOf('/') + 1);
    }

    /** The outbound calls of one instance. */
    private final class Reaching implements OutboundCalls {
        private final Instance instance;

        Reaching(Instance instance) {
            this.instance = instance;
        }

        private void begin(String what) {
            instance.step(what);
            if (faults.strikes(Fault.TIMEOUT_BEFORE)) {
                throw new TransientFailure("Never sent", null);
            }
        }

        private void end() {
            instance.done();
            if (faults.strikes(Fault.TIMEOUT_AFTER)) {
                throw new TransientFailure("The answer was lost", null);
            }
        }

        @Override
        public JsonNode invoke(String function, JsonNode event) {
            begin("invoke" + function);
            String key = event.path("commandId").asText();
            EffectCalls.Call call = effect(
                    instance,
                    key,
                    dispatched(function, event),
                    stream(event.path("causation").asText()));
            try {
                JsonNode reply = World.this.invoke(function, event);
                replies.put(key, reply);
                end();
                call.answered();
                if (event.path("followedUp").asBoolean()
                        && reply.path("outcome").asText().equals("rejected")) {
                    call.followedUp();
                }
                return reply;
            } catch (Failed e) {
                throw new TransientFailure(String.valueOf(e.getMessage()), null);
            }
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            begin("publish" + bus);
            List<Integer> left = new ArrayList<>();
            List<EffectCalls.Call> taken = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                if (faults.strikes(Fault.NOT_TAKEN)) {
                    left.add(i);
                } else {
                    taken.add(publish(bus, events.get(i)));
                }
            }
            end();
            taken.forEach(EffectCalls.Call::answered);
            return left;
        }

        /** Each queue may lose a message, get it twice, late, and in any order. */
        @Override
        public List<Integer> announce(String topic, List<String> messages) {
            begin("announce" + topic);
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                if (faults.strikes(Fault.NOT_TAKEN)) {
                    left.add(i);
                    continue;
                }
                for (Deployment.Subscription subscription : deployment.subscriptions()) {
                    if (!subscription.topic().equals(topic) || faults.strikes(Fault.DROP)) {
                        continue;
                    }
                    queue(subscription.queue()).send(messages.get(i));
                    if (faults.strikes(Fault.DUPLICATE)) {
                        queue(subscription.queue()).send(messages.get(i));
                    }
                }
            }
            end();
            return left;
        }

        private EffectCalls.Call publish(String bus, CloudEvent event) {
            JsonNode content = Json.mapper().valueToTree(event);
            EffectCalls.Call call = effect(instance, event.id(), published(bus, content), stream(event.id()));
            ObjectNode envelope = Json.mapper()
                    .createObjectNode()
                    .put("version", "0")
                    .put("detail-type", event.type())
                    .put("source", event.source());
            envelope.set("detail", content);
            for (Deployment.EventRule rule : deployment.rules()) {
                if (rule.bus().equals(bus)
                        && rule.sources().contains(event.source())
                        && rule.types().contains(event.type())) {
                    queue(rule.target()).send(envelope.toString());
                    if (faults.strikes(Fault.DUPLICATE)) {
                        queue(rule.target()).send(envelope.toString());
                    }
                }
            }
            return call;
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            begin("schedule" + schedule.function());
            JsonNode event = schedule.event();
            EffectCalls.Call call = effect(
                    instance,
                    event.path("commandId").asText(),
                    dispatched(schedule.function(), event),
                    stream(event.path("causation").asText()));
            deadlines.add(schedule);
            end();
            call.answered();
        }

        @Override
        public void unschedule(String group, String name) {
            begin("unschedule" + name);
            deadlines.takeBack(name);
            end();
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            begin("post" + url);
            EffectCalls.Call call = effect(instance, key, called(url, request), stream(key));
            end();
            call.answered();
            return Json.mapper().nullNode();
        }
    }

    /** Returns a dispatched command in the form used for comparison, whether or not a schedule sends it. */
    static JsonNode dispatched(String function, JsonNode event) {
        ObjectNode command = event.deepCopy();
        command.remove("unheard");
        return Json.mapper().createObjectNode().put("function", function).set("command", command);
    }

    /** Returns a published event in the form used for comparison. */
    static JsonNode published(String bus, JsonNode event) {
        return Json.mapper().createObjectNode().put("bus", bus).set("event", event);
    }

    /** Returns a call of a port in the form used for comparison. */
    static JsonNode called(String url, JsonNode request) {
        return Json.mapper().createObjectNode().put("url", url).set("request", request);
    }

    /** The response that a client gets; to a complete command, 200 or 422 with the reply of the internal endpoint. */
    record FunctionResponse(int status, JsonNode body) {
        /** Returns whether the command has recorded something. */
        boolean recorded() {
            return !body.path("events").isEmpty()
                    || (body.path("version").asLong() > 0
                            && body.path("outcome").asText().matches("accepted|rejected"));
        }
    }

    /**
     * Sends a request to the function of its route, or a complete command to the internal endpoint of its slice.
     *
     * @return null if the client never gets an answer
     */
    @Nullable
    FunctionResponse http(SimulatedStory.Request request, String key) {
        scheduler.travel();
        if (faults.strikes(Fault.TIMEOUT_BEFORE)) {
            return null;
        }
        try {
            FunctionResponse response = new RequestRouter(this).answer(request, key);
            scheduler.travel();
            return faults.strikes(Fault.ANSWER_LOST) ? null : response;
        } catch (Failed e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a batch of queue messages in the form in which a function receives it. */
    static ObjectNode batch(String queue, List<SimulatedQueue.Message> messages) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (SimulatedQueue.Message message : messages) {
            records.addObject()
                    .put("messageId", message.id())
                    .put("body", message.body())
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", queue);
        }
        return event;
    }
}
