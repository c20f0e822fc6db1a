package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.ApplyResult;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Rebuild;
import dev.storyline.projections.Repair;
import dev.storyline.projections.ViewTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The door of the upkeep of a projection or an event handler. It takes
 *
 * <ul>
 *   <li>{@code {"do": "parked"}}: which streams stand still;
 *   <li>{@code {"do": "redrive"}}, of all or with {@code "stream"} of one; {@code redrive-due} of those whose time has come
 *       (a schedule, each minute);
 *   <li>{@code {"do": "reconcile"}}: heads against positions (a schedule, each day);
 *   <li>messages of the queue of failed deliveries: heads against positions as well, since a message may tell less than
 *       what is missing;
 *   <li>{@code {"do": "rebuild"}} with {@code segments}, {@code readUnits}, {@code keep}, {@code back}: of a projection
 *       only;
 *   <li>{@code {"do": "nothing"}}, before a snapshot;
 *   <li>a custom resource of CloudFormation, or {@code {"do": "birth"}}: stores the handler's birth, once.
 * </ul>
 */
final class MaintenanceEndpoint {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final int SEGMENTS = 4;
    private static final long REPORT_EACH_NANOS = 500_000_000;

    private final Edge edge;
    private final Repair upkeep;
    private final ViewTable table;
    private final @Nullable ProjectionEngine projection;

    MaintenanceEndpoint(Edge edge, Repair upkeep, ViewTable table, @Nullable ProjectionEngine projection) {
        this.edge = edge;
        this.upkeep = upkeep;
        this.table = table;
        this.projection = projection;
    }

    JsonNode handle(JsonNode request) {
        if (request.has("RequestType")) {
            return customResource(request);
        }
        if (request.has("Records")) {
            upkeep.reconcile();
            return Json.mapper()
                    .createObjectNode()
                    .set("batchItemFailures", Json.mapper().createArrayNode());
        }
        String what = request.path("do").asText();
        return switch (what) {
            case "parked" ->
                Json.mapper().createObjectNode().set("parked", Json.mapper().valueToTree(upkeep.parked()));
            case "redrive" ->
                request.hasNonNull("stream")
                        ? redriven(stream(request.get("stream").asText()))
                        : logged(what, upkeep.redriveAll());
            case "redrive-due" -> logged(what, upkeep.redriveDue());
            case "reconcile" -> logged(what, upkeep.reconcile());
            case "rebuild" -> rebuild(request);
            case "birth" -> birth();
            case Priming.NOTHING -> Json.mapper().createObjectNode();
            default -> throw new IllegalArgumentException("The upkeep does not know '" + what + "'");
        };
    }

    private static JsonNode redriven(ApplyResult applied) {
        return switch (applied) {
            case ApplyResult.Reached(long version) ->
                Json.mapper().createObjectNode().put("version", version);
            case ApplyResult.Standing standing -> Json.mapper().valueToTree(standing);
            case ApplyResult.Outdated(int machine) ->
                Json.mapper()
                        .createObjectNode()
                        .put("outdated", "The view was made by version " + machine + " of it: rebuild it.");
        };
    }

    private static StreamId stream(String name) {
        try {
            return StreamId.parse(name);
        } catch (Id.InvalidId e) {
            throw new IllegalArgumentException("The stream '" + name + "' " + e.getMessage() + ".", e);
        }
    }

    private JsonNode redriven(StreamId stream) {
        return redriven(upkeep.redrive(stream));
    }

    private JsonNode logged(String what, Repair.Report report) {
        if (report.behind() > 0) {
            HttpErrors.log(LogLine.of(what)
                    .with("slice", edge.slice())
                    .with("streams", report.streams())
                    .with("behind", report.behind())
                    .with("healed", report.healed()));
        }
        return Json.mapper().valueToTree(report);
    }

    private JsonNode birth() {
        table.recordBirth(edge.clock().instant());
        return Json.mapper().createObjectNode().put("birth", String.valueOf(table.birth()));
    }

    private JsonNode rebuild(JsonNode request) {
        if (projection == null) {
            throw new IllegalArgumentException("The slice " + edge.slice()
                    + " is an event handler: it has no view, and history never fires again");
        }
        AtomicLong reportedAt = new AtomicLong(System.nanoTime() - REPORT_EACH_NANOS);
        Rebuild.Plan plan = new Rebuild.Plan(
                request.path("segments").asInt(SEGMENTS),
                request.path("readUnits").asInt(0),
                Duration.ofSeconds(edge.settings().number("FEED_TIMEOUT_SECONDS")),
                request.path("keep").asBoolean(false),
                progress -> report(progress, reportedAt));
        Rebuild rebuild = projection.rebuild(edge.scan(), plan);
        return Json.mapper().valueToTree(request.path("back").asBoolean(false) ? rebuild.back() : rebuild.run());
    }

    private void report(Rebuild.Progress progress, AtomicLong reportedAt) {
        long now = System.nanoTime();
        long before = reportedAt.get();
        if (now - before < REPORT_EACH_NANOS || !reportedAt.compareAndSet(before, now)) {
            return;
        }
        double seconds = Math.max(0.001, progress.elapsed().toNanos() / 1e9);
        LogLine line = LogLine.of("rebuild")
                .with("slice", edge.slice())
                .with("doing", progress.doing())
                .with("events", progress.events())
                .with("eventsPerSecond", Math.round(progress.events() / seconds));
        if (progress.ofCommits() > 0 && progress.commits() > 0) {
            double part = Math.min(1, progress.commits() / (double) progress.ofCommits());
            line.with("percent", Math.round(part * 100)).with("etaSeconds", Math.round(seconds / part - seconds));
        }
        LOG.log(System.Logger.Level.INFO, line.text());
    }

    /** Answers CloudFormation where it waits; without an address, as in the local cloud, it only does its work. */
    private JsonNode customResource(JsonNode request) {
        String status = "SUCCESS";
        String reason = "";
        try {
            if (!request.path("RequestType").asText().equals("Delete")) {
                birth();
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
                .PUT(HttpRequest.BodyPublishers.ofString(answer.toString()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(put, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("CloudFormation was not answered", e);
        }
    }
}
