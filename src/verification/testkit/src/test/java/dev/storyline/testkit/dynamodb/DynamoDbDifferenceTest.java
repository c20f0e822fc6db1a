package dev.storyline.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Checks that the simulation and DynamoDB Local give the same answers to random calls, valid and invalid ones. */
class DynamoDbDifferenceTest {
    private static final int HISTORIES = 4;
    private static final int CALLS = 250;

    @Test
    void every_call_has_the_same_answer_and_every_history_leaves_the_same_items_and_changes() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> answers = new TreeMap<>();
        for (int history = 0; history < HISTORIES; history++) {
            SimulatedDynamoDb simulated = new SimulatedDynamoDb();
            RandomCalls calls = new RandomCalls(random);
            calls.createTables(simulated);
            calls.createTables(EmbeddedTables.CLIENT);
            for (int i = 0; i < CALLS; i++) {
                RandomCall call = calls.next();
                RandomCall.Answer expected =
                        RandomCall.Answer.of(() -> call.sent().apply(EmbeddedTables.CLIENT));
                RandomCall.Answer answer =
                        RandomCall.Answer.of(() -> call.sent().apply(simulated));
                assertThat(answer)
                        .as("seed %s, history %s, call %s: %s", seed, history, i, call.request())
                        .isEqualTo(expected);
                answers.merge(call.request().getClass().getSimpleName() + " " + answer.failure(), 1, Integer::sum);
            }
            List<Change> expected = simulated.changes(calls.events, 0);
            assertThat(sorted(EmbeddedTables.changes(calls.events, expected.size())))
                    .as("seed %s, history %s", seed, history)
                    .isEqualTo(sorted(expected));
        }
        System.out.println("answers " + answers);
    }

    /** Groups changes by item, with numbers by value: the items of one transaction have no order. */
    private static Map<Map<String, AttributeValue>, List<String>> sorted(List<Change> changes) {
        Map<Map<String, AttributeValue>, List<String>> byItem = new HashMap<>();
        for (Change change : changes) {
            byItem.computeIfAbsent(CanonicalValues.kept(change.keys()), absent -> new ArrayList<>())
                    .add(change.eventName()
                            + (change.newImage() == null
                                    ? ""
                                    : new TreeMap<>(CanonicalValues.kept(change.newImage()))));
        }
        return byItem;
    }
}
