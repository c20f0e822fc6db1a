package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Simulates few children with many wishes. Some children are naughty. Presents are delivered while wishes are
 * cancelled.
 */
final class WishesStory implements SimulatedStory {
    private static final List<String> CHILDREN = List.of("ann", "bob", "cid");
    private static final String EVENTS = "storyline-dev-wishes-events";
    private static final String ORDERS = "storyline-dev-logistics-events";
    private static final int MOST_OPEN_WISHES = 10;

    private final boolean withLogistics;
    /** The child of each known wish. Wishes whose response did not reach a client are missing. */
    private final Map<String, String> wishes = new LinkedHashMap<>();

    WishesStory(boolean withLogistics) {
        this.withLogistics = withLogistics;
    }

    @Override
    public Request next(Random random) {
        String child = CHILDREN.get(Math.min(random.nextInt(4), CHILDREN.size() - 1));
        int kind = random.nextInt(100);
        if (kind < 45 || wishes.isEmpty()) {
            String wish = random.nextInt(8) == 0 ? "some poison" : "wish " + random.nextInt(1_000);
            return post("/wishes/children/" + child + "/wishes", body("wish", wish));
        }
        if (kind < 53) {
            String until = "2026-01-" + (10 + random.nextInt(20)) + "T00:00:00Z";
            return post("/wishes/children/" + child + "/mark-naughty", body("until", until));
        }
        List<String> known = List.copyOf(wishes.keySet());
        String wish = known.get(random.nextInt(known.size()));
        if (kind < 73) {
            return post("/wishes/children/" + wishes.get(wish) + "/wishes/" + wish + "/cancel", "");
        }
        if (kind < 88 && withLogistics) {
            return post("/logistics/orders/" + wish + "/deliver", "");
        }
        return post("/wishes/wishes/" + wish + "/fulfil", "");
    }

    private static Request post(String path, String body) {
        return new Request("POST", path, body);
    }

    private static String body(String name, String value) {
        return Json.mapper().createObjectNode().put(name, value).toString();
    }

    @Override
    public void answered(Request request, int status, JsonNode body) {
        if (status == 201) {
            wishes.put(
                    body.path("wishId").asText(), body.path("stream").asText().substring("child#".length()));
        }
    }

    @Override
    public List<String> objections(Map<String, Map<String, List<Commit>>> streams, long since, Witness witness) {
        List<String> objections = new ArrayList<>();
        Map<String, String> states = new TreeMap<>();
        Set<String> old = new HashSet<>();
        Set<String> inVain = new HashSet<>();
        streams.getOrDefault(EVENTS, Map.of())
                .forEach((stream, commits) -> follow(stream, commits, since, states, old, inVain, objections));
        if (withLogistics) {
            Map<String, List<Commit>> orders = streams.getOrDefault(ORDERS, Map.of());
            states.forEach((wish, state) -> {
                List<Commit> commits = orders.getOrDefault("order#" + wish, List.of());
                // A delivery that a slow clock dates before the activation was told to nobody, like any older event.
                boolean dated = commits.stream().anyMatch(commit -> commit.at().toEpochMilli() < since);
                if (!old.contains(wish) && !dated) {
                    order(wish, state, inVain.contains(wish), commits, objections);
                }
            });
        }
        return objections;
    }

    /** Follows the wishes of one child. */
    private static void follow(
            String stream,
            List<Commit> commits,
            long since,
            Map<String, String> states,
            Set<String> old,
            Set<String> inVain,
            List<String> objections) {
        Set<String> open = new HashSet<>();
        for (Commit commit : commits) {
            for (StoredEvent event : commit.events()) {
                String wish = data(event).path("wishId").asText();
                boolean closes = event.type().equals("WishCancelled")
                        || event.type().equals("WishFulfilled")
                        || event.type().equals("WishRejected");
                if (event.type().equals("WishApproved")) {
                    open.add(wish);
                } else if (closes && !open.remove(wish) && !event.type().equals("WishRejected")) {
                    objections.add("The wish " + wish + " is closed twice in " + stream);
                }
                if (open.size() > MOST_OPEN_WISHES) {
                    objections.add("There are " + open.size() + " open wishes in " + stream);
                }
                if (event.type().equals("PresentDeliveredInVain")) {
                    inVain.add(wish);
                } else if (!wish.isEmpty()) {
                    states.put(wish, event.type());
                    if (commit.at().toEpochMilli() < since) {
                        old.add(wish);
                    }
                }
            }
        }
    }

    /**
     * Checks that a wish and its order in logistics agree. The order of a cancelled wish must be cancelled, or its
     * delivered present recalled.
     */
    private static void order(
            String wish, String state, boolean inVain, List<Commit> commits, List<String> objections) {
        Set<String> happened = new HashSet<>();
        commits.forEach(commit -> commit.events().forEach(event -> happened.add(event.type())));
        boolean recalled = happened.contains("PresentRecalled");
        boolean stopped = happened.contains("OrderCancelled") || recalled;
        String what = "The wish " + wish + " ends with " + state + ", and its order with " + happened;
        if (state.equals("WishCancelled") && !stopped) {
            objections.add(what + ": nobody wants the present, and nobody stops it");
        }
        if (state.equals("WishApproved") && (happened.isEmpty() || stopped || happened.contains("PresentDelivered"))) {
            objections.add(what + ": somebody waits for it");
        }
        boolean delivered = happened.contains("PresentDelivered");
        if (delivered && state.equals("WishCancelled") != inVain) {
            objections.add(what + ": whether it was delivered in vain is said to be " + inVain);
        }
        if (recalled && !delivered) {
            objections.add(what + ": what was never delivered is recalled");
        }
    }

    private static ObjectNode data(StoredEvent event) {
        try {
            return (ObjectNode) Json.mapper().readTree(event.data());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
