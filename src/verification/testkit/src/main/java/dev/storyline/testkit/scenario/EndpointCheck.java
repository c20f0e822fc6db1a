package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request to a function of a slice, with the reply that its kind of endpoint must give. Lambda may deliver every
 * event twice, so the request is sent twice: both replies must be as expected, and the second delivery must change no
 * item.
 *
 * @param function the function that is called
 * @param sentence the check, as a sentence
 * @param event the event that Lambda passes to the function
 * @param past the commits in the event table before the request
 * @param expected the expected reply, in words
 * @param holds whether a reply is as expected
 */
public record EndpointCheck(
        Deployment.FunctionSpec function,
        String sentence,
        JsonNode event,
        List<Commit> past,
        String expected,
        Predicate<JsonNode> holds) {
    /** The place where a function runs: in this process, in Quarkus, or in a process of its own. */
    public interface World {
        /** Calls the function with an event, and returns its reply. */
        JsonNode call(Deployment.FunctionSpec function, JsonNode event);

        /** Records a commit in the event table that the function names in its environment. */
        void append(Deployment.FunctionSpec function, Commit commit);

        /** Returns all items of the tables that the function names in its environment. */
        List<Map<String, AttributeValue>> items(Deployment.FunctionSpec function);
    }

    /** Sends the request twice, and returns each unexpected reply and each unexpected change of items. */
    public List<String> differences(World world) {
        List<String> differences = new ArrayList<>();
        past.forEach(commit -> world.append(function, commit));
        JsonNode first = world.call(function, event);
        List<Map<String, AttributeValue>> items = deciding(world);
        JsonNode second = world.call(function, event);
        for (JsonNode reply : List.of(first, second)) {
            if (!holds.test(reply)) {
                differences.add("The function " + function.export() + " answers " + reply + " to " + event
                        + "; expected: " + expected + ".");
            }
        }
        if (!items.equals(deciding(world))) {
            differences.add("The function " + function.export() + " changed its tables when it got this event for the"
                    + " second time: " + event);
        }
        return differences;
    }

    /** The items that decide anything. How many commits a feed has taken, for people, counts repetitions. */
    private List<Map<String, AttributeValue>> deciding(World world) {
        return world.items(function).stream()
                .filter(item -> !AttributeValue.fromS("@taken").equals(item.get("pk")))
                .toList();
    }
}
