package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.RunningCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A local cloud that runs: it does what is asked itself, in its own functions with its own settings. */
final class RunningInstallation implements Installation {
    private static final String GONE = "The local cloud ended before it answered: run the command again.";

    private final RunningCloud.Access access;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final List<String> slices;

    /**
     * Asks a running local cloud which slices it has.
     *
     * @param contexts the contexts whose slices are looked at; empty for all that run
     * @throws LocalCloudException if it leaves one of the contexts out
     */
    RunningInstallation(RunningCloud.Access access, Set<String> contexts) {
        this.access = access;
        List<String> all = new ArrayList<>();
        send(request("slices").GET().build()).forEach(line -> read(line).forEach(slice -> all.add(slice.asText())));
        Set<String> running =
                all.stream().map(RunningInstallation::context).collect(Collectors.toCollection(TreeSet::new));
        for (String context : contexts) {
            if (!running.contains(context)) {
                close();
                throw new LocalCloudException("The running local cloud leaves the context '" + context
                        + "' out: it runs " + String.join(", ", running) + ".");
            }
        }
        this.slices = all.stream()
                .filter(slice -> contexts.isEmpty() || contexts.contains(context(slice)))
                .toList();
    }

    private static String context(String slice) {
        return slice.substring(0, slice.indexOf('/'));
    }

    @Override
    public List<String> slices() {
        return slices;
    }

    @Override
    public JsonNode ask(String slice, ObjectNode request, Consumer<JsonNode> steps) {
        ObjectNode call = Json.mapper().createObjectNode().put("slice", slice);
        call.set("request", request);
        HttpRequest post = request("ask")
                .POST(HttpRequest.BodyPublishers.ofString(call.toString()))
                .build();
        try (Stream<String> lines = send(post)) {
            Iterator<String> each = lines.filter(line -> !line.isBlank()).iterator();
            while (each.hasNext()) {
                JsonNode line = read(each.next());
                if (line.has("answer")) {
                    return line.get("answer");
                }
                if (line.has("failed")) {
                    throw new LocalCloudException(line.get("failed").asText());
                }
                steps.accept(line.path("step"));
            }
        } catch (UncheckedIOException e) {
            throw gone(e);
        }
        throw new LocalCloudException(GONE);
    }

    @Override
    public JsonNode clock(ObjectNode request) {
        HttpRequest post = request("clock")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build();
        try (Stream<String> lines = send(post)) {
            return read(lines.findFirst().orElse("{}"));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(access.address().resolve(path))
                .header("authorization", OperatorEndpoint.BEARER + access.key());
    }

    private Stream<String> send(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new LocalCloudException("The local cloud at " + access.address() + " answered "
                        + response.statusCode() + ": run the command again.");
            }
            return response.body();
        } catch (IOException e) {
            throw gone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone(e);
        }
    }

    private static LocalCloudException gone(Throwable cause) {
        return new LocalCloudException(GONE, cause);
    }

    private static JsonNode read(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new LocalCloudException("The local cloud answered something that is not JSON: " + line, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
