package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.DynamoJson;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Delivers one shard of a table's change stream to one function: in batches, in order, with retries, bisecting and
 * giving up, as Lambda does. Faults make it deliver twice, out of order, to two instances at once, or never.
 */
final class SimulatedFeed {
    /** The number of shards of a change stream. */
    static final int SHARDS = 2;

    private static final long SECOND = 1_000_000_000;

    private final World world;
    private final Deployment.Feed feed;
    private final int shard;
    private final String table;
    private final Scheduler.Actor poller;
    private final List<SimulatedDynamoDb.Change> delivered = new ArrayList<>();
    private long seen;
    private boolean working;

    SimulatedFeed(World world, Deployment.Feed feed, int shard) {
        this.world = world;
        this.feed = feed;
        this.shard = shard;
        this.table = world.deployment().table(feed).name();
        this.poller = world.scheduler().spawn("feed " + feed.name() + " " + shard, () -> {
            while (true) {
                poll();
            }
        });
    }

    void wake() {
        world.scheduler().wake(poller);
    }

    /** Returns whether the feed has nothing left to deliver. */
    boolean atEnd() {
        return !working && world.dynamo().changes(table, seen).isEmpty();
    }

    private void poll() {
        List<SimulatedDynamoDb.Change> changes = world.dynamo().changes(table, seen);
        if (changes.isEmpty()) {
            working = false;
            world.scheduler().rest();
            return;
        }
        working = true;
        int most = world.faults().strikes(Fault.SPLIT) ? 1 + world.random().nextInt(3) : feed.batchSize();
        List<SimulatedDynamoDb.Change> batch = new ArrayList<>();
        for (SimulatedDynamoDb.Change change : changes) {
            if (batch.size() == most) {
                break;
            }
            seen = change.sequence();
            String stream = Objects.requireNonNull(change.keys().get("stream")).s();
            if (Math.floorMod(stream.hashCode(), SHARDS) == shard) {
                batch.add(change);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        if (world.faults().strikes(Fault.DELAY)) {
            world.scheduler().pause((1 + world.random().nextInt(20)) * SECOND);
        }
        if (world.faults().strikes(Fault.REORDER)) {
            Collections.shuffle(batch, world.random());
        }
        batch.removeIf(change -> world.faults().strikes(Fault.DROP));
        if (!delivered.isEmpty() && world.faults().strikes(Fault.DUPLICATE)) {
            batch.add(
                    world.random().nextInt(batch.size() + 1),
                    delivered.get(world.random().nextInt(delivered.size())));
        }
        delivered.addAll(batch);
        deliver(batch);
    }

    private void deliver(List<SimulatedDynamoDb.Change> batch) {
        List<SimulatedDynamoDb.Change> pending = batch;
        int tries = 0;
        while (!pending.isEmpty()) {
            List<SimulatedDynamoDb.Change> now = pending;
            if (world.faults().strikes(Fault.TWO_INVOKERS)) {
                world.scheduler().spawn("twin of " + feed.name(), () -> done(now));
            }
            int done = done(pending);
            if (done > 0 && world.faults().strikes(Fault.DUPLICATE)) {
                done(pending);
            }
            if (done > 0) {
                pending = pending.subList(done, pending.size());
                tries = 0;
            } else if (feed.bisect() && pending.size() > 1) {
                int cut = done < 0 ? pending.size() / 2 : 1;
                deliver(pending.subList(0, cut));
                pending = pending.subList(cut, pending.size());
                tries = 0;
            } else if (feed.retries() >= 0 && tries >= feed.retries()) {
                giveUp();
                return;
            } else {
                tries++;
                world.scheduler().pause(world.random().nextInt(50_000_000 << Math.min(tries, 5)) + 1L);
            }
        }
    }

    private void giveUp() {
        if (!feed.onFailure().isEmpty()) {
            world.reach("failure queue");
            world.queue(feed.onFailure()).send("{\"requestContext\": {\"condition\": \"RetryAttemptsExhausted\"}}");
        }
    }

    /** Returns how many records at the start of the batch were processed; -1 if the whole invocation failed. */
    private int done(List<SimulatedDynamoDb.Change> batch) {
        try {
            JsonNode reply = world.invoke(feed.function(), event(feed.source(), batch, world.throughKinesis(feed)));
            Set<String> failed = new HashSet<>();
            reply.path("batchItemFailures")
                    .forEach(one -> failed.add(one.path("itemIdentifier").asText()));
            for (int i = 0; i < batch.size(); i++) {
                if (failed.contains(sequence(batch.get(i)))) {
                    return i;
                }
            }
            return batch.size();
        } catch (World.Failed e) {
            return -1;
        }
    }

    private static String sequence(SimulatedDynamoDb.Change change) {
        return String.valueOf(1_000_000 + change.sequence());
    }

    /** Returns a batch in the form in which a function receives it. */
    static JsonNode event(String source, List<SimulatedDynamoDb.Change> batch, boolean kinesis) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (SimulatedDynamoDb.Change change : batch) {
            ObjectNode record = Json.mapper().createObjectNode();
            record.put("eventName", change.eventName())
                    .put("eventSource", "aws:dynamodb")
                    .put("eventSourceARN", source);
            ObjectNode image = record.putObject("dynamodb").put("SequenceNumber", sequence(change));
            image.set("Keys", DynamoJson.item(change.keys()));
            if (change.newImage() != null) {
                image.set("NewImage", DynamoJson.item(change.newImage()));
            }
            if (kinesis) {
                records.addObject()
                        .put("eventSource", "aws:kinesis")
                        .putObject("kinesis")
                        .put("sequenceNumber", sequence(change))
                        .put(
                                "data",
                                Base64.getEncoder()
                                        .encodeToString(record.toString().getBytes(StandardCharsets.UTF_8)));
            } else {
                records.add(record);
            }
        }
        return event;
    }
}
