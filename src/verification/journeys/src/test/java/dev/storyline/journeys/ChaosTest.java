package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs three contexts whose feeds and queues deliver messages twice, out of order, or not at all: by the change stream
 * itself, and by a distributor as the templates deploy it. The system property
 * {@code chaos.commands} sets the number of commands, and {@code chaos.seed} sets the seed.
 */
class ChaosTest {
    private static final int COMMANDS = Integer.getInteger("chaos.commands", RunLength.of(160, 1_000));
    private static final int CLIENTS = 8;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(5);

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "fanout"})
    void however_deliveries_go_wrong_views_equal_their_streams_and_every_ordered_present_is_wanted_or_called_back(
            String feed) throws Exception {
        long seed = Long.getLong("chaos.seed", new Random().nextLong());
        System.out.println("chaos seed " + seed + ", " + COMMANDS + " commands, feed " + feed);
        try (LocalCloud cloud = LocalCloud.start(new LocalCloud.Options(
                Repository.root(),
                0,
                null,
                seed,
                Map.of(Deployment.FEED, feed),
                ContextSelection.withNeeds("wishes"),
                null,
                LocalCloud.Run.IN_PROCESS))) {
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            Map<Integer, Integer> answers = command(calls, seed);
            System.out.println("answers by status: " + answers);
            assertThat(answers.keySet()).isSubsetOf(200, 201, 404, 409, 422);
            Eventually.within(SETTLED_WITHIN, () -> assertSettled(cloud, calls));
            System.out.println("settled: " + counts(cloud));
        }
    }

    private static Map<Integer, Integer> command(HttpCalls calls, long seed) throws Exception {
        List<String> wishes = new ArrayList<>();
        ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
        Map<Integer, Integer> answers = new TreeMap<>();
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Integer>>> clients = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                clients.add(executor.submit(() -> {
                    List<Integer> statuses = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < COMMANDS; i = next.getAndIncrement()) {
                        statuses.add(one(calls, random, made, i));
                    }
                    return statuses;
                }));
            }
            for (Future<List<Integer>> client : clients) {
                client.get().forEach(status -> answers.merge(status, 1, Integer::sum));
            }
        }
        wishes.addAll(made);
        assertThat(wishes).as("approved wishes").isNotEmpty();
        return answers;
    }

    /** Sends one command. Keeps the child and wish of approved wishes for later commands. */
    private static int one(HttpCalls calls, Random random, ConcurrentLinkedQueue<String> made, int number)
            throws IOException, InterruptedException {
        String child = "c" + random.nextInt(Math.max(4, COMMANDS / 12));
        int choice = random.nextInt(100);
        String known = choice < 65 ? null : made.poll();
        if (known == null) {
            String wish = random.nextInt(12) == 0 ? "some poison" : "wish " + number;
            HttpResponse<String> response = calls.wish(child, "key-" + number, wish);
            if (response.statusCode() == 201) {
                made.add(child + " "
                        + Json.mapper().readTree(response.body()).path("wishId").asText());
            }
            return response.statusCode();
        }
        String[] childAndWish = known.split(" ");
        made.add(known);
        if (choice < 80) {
            return calls.post("/wishes/children/" + childAndWish[0] + "/wishes/" + childAndWish[1] + "/cancel", "{}");
        }
        if (choice < 97) {
            return calls.post("/logistics/orders/" + childAndWish[1] + "/deliver", "{}");
        }
        return calls.post("/wishes/children/" + child + "/mark-naughty", "{\"until\": \"2999-01-01T00:00:00Z\"}");
    }

    /** Returns the recorded events of each wish, order and child, with their types in order. */
    private static Map<String, List<String>> story(LocalCloud cloud, String context, String idField)
            throws IOException {
        Map<String, List<String>> story = new HashMap<>();
        EventScan scan = new EventScan(cloud.dynamo(), "storyline-dev-" + context + "-events");
        EventScan.After after = null;
        do {
            EventScan.ScanPage page = scan.page(0, 1, after);
            for (var item : page.items()) {
                Commit commit = CommitItem.read(item);
                for (StoredEvent event : commit.events()) {
                    JsonNode data = Json.mapper().readTree(event.data());
                    story.computeIfAbsent(data.path(idField).asText(), id -> new ArrayList<>())
                            .add(event.type());
                }
            }
            after = page.next();
        } while (after != null);
        story.remove("");
        return story;
    }

    private static String counts(LocalCloud cloud) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String context : List.of("wishes", "logistics")) {
            story(cloud, context, "wishId")
                    .values()
                    .forEach(events -> events.forEach(type -> counts.merge(context + "." + type, 1, Integer::sum)));
        }
        return counts.toString();
    }

    private static void assertSettled(LocalCloud cloud, HttpCalls calls) throws IOException, InterruptedException {
        Map<String, List<String>> wishes = story(cloud, "wishes", "wishId");
        Map<String, List<String>> orders = story(cloud, "logistics", "wishId");
        wishes.forEach((wish, events) -> {
            if (!events.contains("WishRejected")) {
                assertAgree(wish, events, orders.getOrDefault(wish, List.of()));
            }
        });
        assertThat(wishes.keySet()).containsAll(orders.keySet());
        for (Map.Entry<String, List<String>> wish : wishes.entrySet()) {
            assertThat(calls.get("/wishes/wishes/" + wish.getKey())
                            .path("state")
                            .asText())
                    .as("%s in the view", wish)
                    .isEqualTo(state(wish.getValue()));
        }
        Set<String> children = new HashSet<>(story(cloud, "wishes", "childId").keySet());
        for (String child : children) {
            assertThat(calls.get("/wishes/children/" + child))
                    .as("%s in the view", child)
                    .isEqualTo(calls.get("/wishes/children/" + child + "?consistency=strong"));
        }
        story(cloud, "naughtychildren", "childId")
                .forEach((child, events) ->
                        assertThat(events).as("%s is listed", child).isNotEmpty());
    }

    /** Checks that neither context recorded an event of a wish twice, and that both contexts agree on the outcome. */
    private static void assertAgree(String wish, List<String> events, List<String> order) {
        assertThat(order).as("order of %s", wish).doesNotHaveDuplicates();
        assertThat(events).as("wish %s", wish).doesNotHaveDuplicates();
        boolean cancelled = events.contains("WishCancelled");
        boolean delivered = order.contains("PresentDelivered");
        assertThat(order.contains("OrderCancelled") || order.contains("PresentRecalled"))
                .as("%s %s is called off over there: %s", wish, events, order)
                .isEqualTo(cancelled);
        assertThat(order.contains("PresentOrdered") || order.contains("OrderCancelled"))
                .as("%s is known over there", wish)
                .isTrue();
        if (delivered) {
            assertThat(events).as("%s was delivered", wish).containsAnyOf("WishFulfilled", "PresentDeliveredInVain");
            assertThat(events.contains("PresentDeliveredInVain")).isEqualTo(cancelled);
        }
    }

    private static String state(List<String> events) {
        if (events.contains("WishRejected")) {
            return "rejected";
        }
        if (events.contains("WishCancelled")) {
            return "cancelled";
        }
        return events.contains("WishFulfilled") ? "fulfilled" : "open";
    }
}
