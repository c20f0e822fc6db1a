package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Asks the world of a history when all is calm. */
final class EndWitness implements SimulatedStory.Witness {
    private final World world;
    private final Map<String, Map<String, Long>> places = new HashMap<>();
    private int queries;

    EndWitness(World world) {
        this.world = world;
    }

    @Override
    public JsonNode answer(String query) {
        World.FunctionResponse response =
                world.http(new SimulatedStory.Request("GET", query, ""), "query-" + ++queries);
        if (response == null || response.status() >= 500) {
            world.blame("Although all is calm, " + query + " is answered with " + response);
            return Json.mapper().missingNode();
        }
        return response.body();
    }

    @Override
    public long place(String table, Commit commit) {
        return Objects.requireNonNull(
                places.computeIfAbsent(table, this::places).get(commit.stream() + "@" + commit.version()));
    }

    private Map<String, Long> places(String table) {
        Map<String, Long> all = new HashMap<>();
        for (SimulatedDynamoDb.Change change : world.dynamo().changes(table, 0)) {
            if (change.newImage() != null) {
                Commit commit = CommitItem.read(change.newImage());
                all.put(commit.stream() + "@" + commit.version(), change.sequence());
            }
        }
        return all;
    }
}
