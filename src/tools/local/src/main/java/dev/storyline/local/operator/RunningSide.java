package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.RunningCloud;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What only a local cloud has, of one that runs in another process. */
final class RunningSide implements LocalSide, AutoCloseable {
    private final RunningCloud.Access access;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    RunningSide(RunningCloud.Access access) {
        this.access = access;
    }

    @Override
    public JsonNode clock(ObjectNode request) {
        return post(OperatorEndpoint.CLOCK, request);
    }

    @Override
    public JsonNode restore(ObjectNode request) {
        return post(OperatorEndpoint.RESTORE, request);
    }

    private JsonNode post(String path, ObjectNode request) {
        return send(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(access.address().resolve(path))
                .header("authorization", OperatorEndpoint.BEARER + access.key());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new LocalCloudException("The local cloud at " + access.address() + " answered "
                        + response.statusCode() + ": run the command again.");
            }
            return Json.mapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new LocalCloudException("The local cloud answered something that is not JSON.", e);
        } catch (IOException e) {
            throw gone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone(e);
        }
    }

    private static LocalCloudException gone(Throwable cause) {
        return new LocalCloudException("The local cloud ended before it answered: run the command again.", cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
