package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.projections.ViewTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Stores the activation time of an event handler, once. A deployment asks for it by a custom resource of
 * CloudFormation.
 *
 * @param edge the slice's edge
 * @param table the handler's table
 */
record ActivationOperation(Edge edge, ViewTable table) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        table.recordActivation(edge.clock().instant());
        return Json.mapper().createObjectNode().put("birth", String.valueOf(table.activation()));
    }

    /**
     * Stores the activation time and tells CloudFormation, which waits for it. Without a {@code ResponseURL}, as in the
     * local cloud, nobody is told.
     */
    JsonNode customResource(JsonNode request) {
        String status = "SUCCESS";
        String reason = "";
        try {
            if (!request.path("RequestType").asText().equals("Delete")) {
                run(request);
            }
        } catch (RuntimeException e) {
            status = "FAILED";
            reason = String.valueOf(e.getMessage());
        }
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("Status", status)
                .put("Reason", reason)
                .put("PhysicalResourceId", edge.slice() + "/birth")
                .put("StackId", request.path("StackId").asText())
                .put("RequestId", request.path("RequestId").asText())
                .put("LogicalResourceId", request.path("LogicalResourceId").asText());
        String address = request.path("ResponseURL").asText();
        if (!address.isEmpty()) {
            send(address, answer);
        }
        return answer;
    }

    private static void send(String address, JsonNode answer) {
        HttpRequest put = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .PUT(HttpRequest.BodyPublishers.ofString(Json.text(answer)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(put, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The answer to CloudFormation was interrupted before it was sent", e);
        }
    }
}
