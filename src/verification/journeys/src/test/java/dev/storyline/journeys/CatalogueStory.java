package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Commit;
import dev.storyline.simulation.SimulatedStory;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Simulates merchandisers who describe, rename, price and retire a few products that share their words. */
final class CatalogueStory implements SimulatedStory {
    private static final int PRODUCTS = 5;
    private static final List<String> NAMES =
            List.of("Oak chair", "Oak table", "Folding chairs", "Table lamp", "The chair of oak", "Lamp");

    @Override
    public Request next(Random random) {
        String product = "products/p" + random.nextInt(PRODUCTS);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int kind = random.nextInt(100);
        if (kind < 45) {
            return post(
                    product + "/describe",
                    "{'name': '" + name + "', 'description': 'Goes with a lamp.', 'category': 'home',"
                            + " 'language': 'en', 'price': {'amount': 10, 'currency': 'EUR'}, 'taxRate': 0.2}");
        }
        if (kind < 75) {
            return post(product + "/rename", "{'name': '" + name + "'}");
        }
        return kind < 90
                ? post(product + "/price", "{'price': {'amount': " + (1 + random.nextInt(9)) + ", 'currency': 'EUR'}}")
                : post(product + "/retire", "{}");
    }

    private static Request post(String path, String body) {
        return new Request("POST", "/catalogue/" + path, body.replace('\'', '"'));
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        // The next request does not depend on earlier answers.
    }

    /** No two streams have to agree. That the index is that of the products is what every history checks of a view. */
    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        return List.of();
    }
}
