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
 * A request to a function of a slice, and the reply that its kind of endpoint owes to it. Lambda may deliver every event
 * twice, so the request is sent twice: both replies must hold, and the second delivery must change no item.
 *
 * @param function the function that is called
 * @param sentence what is checked, as a sentence
 * @param event the event that Lambda hands to the function
 * @param past commits that the event table has before the request
 * @param expected what the reply must be, in words
 * @param holds whether a reply is as expected
 */
public record EndpointCheck(
        Deployment.FunctionSpec function,
        String sentence,
        JsonNode event,
        List<Commit> past,
        String expected,
        Predicate<JsonNode> holds) {
    /** Where a function runs: in this process, in Quarkus, or in a process of its own. */
    public interface World {
        /** Calls the function with an event, and returns its reply. */
        JsonNode call(Deployment.FunctionSpec function, JsonNode event);

        /** Records a commit in the event table that the function names in its environment. */
        void append(Deployment.FunctionSpec function, Commit commit);

        /** All items of the tables that the function names in its environment. */
        List<Map<String, AttributeValue>> items(Deployment.FunctionSpec function);
    }

    /** Sends the request twice, and tells every reply and every change of items that is not as expected. */
    public List<String> differences(World world) {
        List<String> differences = new ArrayList<>();
        past.forEach(commit -> world.append(function, commit));
        JsonNode first = world.call(function, event);
        List<Map<String, AttributeValue>> items = world.items(function);
        JsonNode second = world.call(function, event);
        for (JsonNode reply : List.of(first, second)) {
            if (!holds.test(reply)) {
                differences.add("The function " + function.export() + " answers " + reply + " to " + event
                        + "; expected: " + expected + ".");
            }
        }
        if (!items.equals(world.items(function))) {
            differences.add("The function " + function.export() + " changed its tables when it got this event for the"
                    + " second time: " + event);
        }
        return differences;
    }
}
