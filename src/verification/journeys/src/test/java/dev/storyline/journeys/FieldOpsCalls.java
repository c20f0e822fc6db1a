package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sends the requests of dispatchers, technicians and operators of field operations over plain HTTP, and reads the
 * recorded events.
 */
record FieldOpsCalls(LocalCloud cloud, HttpCalls calls) {
    static FieldOpsCalls to(LocalCloud cloud) {
        return new FieldOpsCalls(cloud, HttpCalls.to(cloud.baseUri()));
    }

    HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
        return send(path, UUID.randomUUID().toString(), body);
    }

    HttpResponse<String> send(String path, String key, String body) throws IOException, InterruptedException {
        return calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve(path))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a command that must be accepted. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("/fieldops/" + path, body);
        assertThat(response.statusCode()).as(path + " " + response.body()).isIn(200, 201);
        return Json.mapper().readTree(response.body());
    }

    /** Sends a command that a rule must reject, and returns the rule. */
    String refused(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("/fieldops/" + path, body);
        assertThat(response.statusCode()).as(path + " " + response.body()).isIn(404, 422);
        return Json.mapper().readTree(response.body()).path("rule").asText();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return calls.get("/fieldops/" + path);
    }

    void openNorth() throws IOException, InterruptedException {
        post("regions/north/open", "{'timeZone': 'Europe/Vienna', 'currency': 'EUR'}");
    }

    void registerCrew(String crew, String rateClass, String amount, String from)
            throws IOException, InterruptedException {
        post(
                "crews/" + crew + "/register",
                "{'rateClass': '" + rateClass + "', 'hourlyRate': {'amount': " + amount
                        + ", 'currency': 'EUR'}, 'from': '" + from + "'}");
    }

    void createJob(String job, String plannedStart, String hours) throws IOException, InterruptedException {
        post(
                "jobs/" + job + "/create",
                "{'customer': 'Ada Wong', 'siteAddress': '1 Mill Lane', 'regionId': 'north', 'trade': 'heating',"
                        + " 'plannedStart': '" + plannedStart + "', 'estimatedHours': " + hours + "}");
    }

    /** Returns every stored event of the context, with its stream and type. */
    List<Stored> recorded() {
        String table = cloud.deployment().tables().stream()
                .map(one -> one.name())
                .filter(name -> name.endsWith("-fieldops-events"))
                .findFirst()
                .orElseThrow();
        List<Stored> events = new ArrayList<>();
        cloud.dynamo()
                .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(item -> {
                    for (AttributeValue event : value(item, "events").l()) {
                        events.add(new Stored(
                                value(item, "stream").s(),
                                value(event.m(), "type").s()));
                    }
                });
        return events;
    }

    long recorded(String type) {
        return recorded().stream().filter(event -> event.type().equals(type)).count();
    }

    /** One stored event. */
    record Stored(String stream, String type) {}

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name));
    }
}
