package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Counts the round trips to DynamoDB for which a caller of a started function waits, one after the other. Requests that
 * are sent side by side take the time of one.
 */
class RoundTripsTest {
    private static final Set<String> CONTEXTS = Set.of("wishes", "naughtychildren", "logistics", "fieldops", "orders");
    private static final Deployment DEPLOYMENT = Deployment.read(Repository.root(), CONTEXTS);

    private final SliceLoader slices = new SliceLoader();
    private final SimulatedDynamoDb dynamo = SimulatedDynamoDb.with(DEPLOYMENT);
    private final Map<String, SliceLoader.Function> started = new HashMap<>();
    private final Trips trips = new Trips();

    @AfterEach
    void end() {
        slices.close();
    }

    /** Counts time in round trips: several tasks take as long as the longest of them. */
    private static final class Trips implements ParallelTasks {
        private int time;
        private int requests;

        @Override
        public void runAll(List<Runnable> tasks) {
            int begin = time;
            int end = begin;
            for (Runnable task : tasks) {
                time = begin;
                task.run();
                end = Math.max(end, time);
            }
            time = end;
        }

        private DynamoDbClient count(DynamoDbClient client) {
            return (DynamoDbClient) Proxy.newProxyInstance(
                    Trips.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                        time++;
                        requests++;
                        try {
                            return method.invoke(client, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    /** What one call took. */
    private record Taken(int trips, int requests) {}

    private JsonNode send(String export, JsonNode event) throws Exception {
        SliceLoader.Function function = started.get(export);
        if (function == null) {
            Deployment.FunctionSpec spec = DEPLOYMENT.functions().stream()
                    .filter(one -> one.export().equals(export))
                    .findFirst()
                    .orElseThrow();
            Edge edge = new Edge(
                    new Settings(spec.environment()),
                    trips.count(dynamo),
                    OutboundCalls.NONE,
                    Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
                    _ -> {},
                    trips);
            function = slices.start(spec, edge);
            started.put(export, function);
        }
        trips.time = 0;
        trips.requests = 0;
        return function.call(event);
    }

    private Taken command(String export, String key, Map<String, String> path, String body) throws Exception {
        String event = LambdaEvents.http(path, Map.of(), Map.of("idempotency-key", key), body.replace('\'', '"'));
        JsonNode reply = send(export, Json.mapper().readTree(event));
        assertThat(reply.path("statusCode").asInt()).as("%s", reply).isIn(200, 201);
        return new Taken(trips.time, trips.requests);
    }

    private Taken wish(String child, String key) throws Exception {
        return command("make-wish", key, Map.of("childId", child), "{'wish': 'a train'}");
    }

    @Test
    void a_command_whose_gate_reads_takes_two_round_trips_on_a_cold_stream_and_on_a_warm_one() throws Exception {
        assertThat(wish("ann", "a")).as("in a new function").isEqualTo(new Taken(3, 4));
        assertThat(wish("ben", "b")).as("cold stream").isEqualTo(new Taken(2, 3));
        assertThat(wish("ben", "c")).as("warm stream").isEqualTo(new Taken(2, 2));
        assertThat(wish("ben", "c")).as("a retry").isEqualTo(new Taken(1, 1));
    }

    @Test
    void a_command_whose_gate_reads_nothing_takes_one_round_trip_on_a_warm_stream() throws Exception {
        Map<String, String> child = Map.of("childId", "ann");
        assertThat(command("mark-naughty", "a", child, "{'until': '2026-02-01T00:00:00Z'}"))
                .isEqualTo(new Taken(2, 2));
        assertThat(command("mark-naughty", "b", child, "{'until': '2026-03-01T00:00:00Z'}"))
                .isEqualTo(new Taken(1, 1));
    }

    @Test
    void a_command_that_creates_its_stream_takes_one_round_trip_and_one_more_if_its_gate_reads() throws Exception {
        assertThat(command(
                        "open-region",
                        "a",
                        Map.of("regionId", "north"),
                        "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}"))
                .isEqualTo(new Taken(1, 1));
        assertThat(command(
                        "register-crew",
                        "a",
                        Map.of("crewId", "red"),
                        "{'rateClass': 'standard', 'hourlyRate': {'amount': 60, 'currency': 'EUR'},"
                                + " 'from': '2026-01-01'}"))
                .isEqualTo(new Taken(1, 1));
        assertThat(command(
                        "register-equipment",
                        "a",
                        Map.of("equipmentId", "lift"),
                        "{'hourlyRate': {'amount': 25, 'currency': 'EUR'}, 'serviceIntervalHours': 5}"))
                .isEqualTo(new Taken(1, 1));
        assertThat(command(
                        "create-job",
                        "a",
                        Map.of("jobId", "4711"),
                        "{'customer': 'Ada Wong', 'siteAddress': '1 Mill Lane', 'regionId': 'north',"
                                + " 'trade': 'heating', 'plannedStart': '2027-03-01T07:00:00Z', 'estimatedHours': 3}"))
                .isEqualTo(new Taken(2, 2));
        send(
                "order-present-translation",
                Json.mapper()
                        .readTree(LambdaEvents.messages(LambdaEvents.cloudEvent(
                                "wishes.WishApproved.v1",
                                UUID.randomUUID().toString(),
                                Map.of("wishId", "w1", "childId", "ann", "wish", "a train")))));
        assertThat(new Taken(trips.time, trips.requests)).isEqualTo(new Taken(1, 1));
    }

    @Test
    void an_order_of_ninety_lines_takes_as_many_round_trips_as_one_of_one_line() throws Exception {
        assertThat(order("a", 1)).as("in a new function").isEqualTo(new Taken(3, 3));
        assertThat(order("b", 1)).isEqualTo(new Taken(2, 2));
        assertThat(order("c", 90)).isEqualTo(new Taken(2, 2));
        assertThat(order("c", 90)).as("a retry").isEqualTo(new Taken(1, 1));
    }

    /** Places an order of so many products that somebody offers. */
    private Taken order(String key, int lines) throws Exception {
        List<String> wanted = new ArrayList<>();
        for (int n = 0; n < lines; n++) {
            send(
                    "record-offer-translation",
                    Json.mapper()
                            .readTree(LambdaEvents.messages(LambdaEvents.cloudEvent(
                                    "catalogue.ProductOffered.v1",
                                    "offer-" + n,
                                    Map.of(
                                            "productId",
                                            "p" + n,
                                            "name",
                                            "A product",
                                            "price",
                                            Map.of("amount", 1, "currency", "EUR"),
                                            "taxRate",
                                            0,
                                            "at",
                                            "2025-01-01T00:00:00Z")))));
            wanted.add("{'productId': 'p" + n + "', 'quantity': 1, 'price': {'amount': 1, 'currency': 'EUR'}}");
        }
        for (SimulatedDynamoDb.Change change : dynamo.changes("storyline-dev-orders-events", 0)) {
            send("offer-feed", LambdaEvents.feed(CommitItem.read(Objects.requireNonNull(change.newImage()))));
        }
        return command(
                "place-order",
                key,
                Map.of(),
                "{'customerId': 'ada', 'lines': " + wanted
                        + ", 'deliveryAddress': {'name': 'A', 'street': 'B', 'city': 'C', 'country': 'AT'}}");
    }

    @Test
    void a_query_takes_one_round_trip_for_the_pointer_to_its_view_only_now_and_then() throws Exception {
        JsonNode query = Json.mapper().readTree(LambdaEvents.http(Map.of(), Map.of(), Map.of(), null));
        send("naughty-list", query);
        assertThat(new Taken(trips.time, trips.requests))
                .as("in a new function")
                .isEqualTo(new Taken(2, 2));
        send("naughty-list", query);
        assertThat(new Taken(trips.time, trips.requests)).isEqualTo(new Taken(1, 1));
    }
}
