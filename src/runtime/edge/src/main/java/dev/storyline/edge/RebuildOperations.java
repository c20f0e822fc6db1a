package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.TableExport;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Rebuild;
import dev.storyline.projections.RebuildPlan;
import dev.storyline.projections.RebuildStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the maintenance endpoint on the rebuild of a view:
 *
 * <ul>
 *   <li>{@code rebuild}: rebuilds the view. Parameters, all of them optional: {@code segments}, {@code honourSkips}, {@code
 *       readUnits}, {@code writeUnits}, {@code keep}; {@code diff} to compare the rows of both generations, {@code
 *       "serve": false} to serve the new one only in another run; {@code export}, the place of an export of the event table
 *       from which the commits are read; {@code back} to switch back to the generation that the
 *       last rebuild kept. If the time of the function is over before, the answer has {@code "done": false}, and the
 *       same request with {@code "continue": true} goes on;
 *   <li>{@code rebuild-plan}: what a rebuild will read and write: a {@link dev.storyline.projections.RebuildEstimate};
 *   <li>{@code rebuild-status}: the {@link RebuildStatus} of the last rebuild under {@code rebuild}, null if there was none;
 *   <li>{@code rebuild-set}: changes {@code readUnits} or {@code writeUnits} of the rebuild under way; null lifts a ceiling;
 *   <li>{@code rebuild-drop}: gives up a generation that was built and not served;
 *   <li>{@code rebuild-begin}: announces a new generation for others to build, with the parameters of {@code rebuild}, and
 *       answers with {@code segments}, their numbers, and {@code waitSeconds};
 *   <li>{@code rebuild-segment}: builds the part with the number {@code segment}, while {@code beside} parts are built at the
 *       same time. If the answer has {@code "done": false}, the same request goes on. When all are done, {@code rebuild}
 *       with {@code "continue": true} compares and serves.
 * </ul>
 */
final class RebuildOperations {
    /** The names of the operations. */
    static final String REBUILD = "rebuild";

    static final String PLAN = "rebuild-plan";
    static final String STATUS = "rebuild-status";
    static final String SET = "rebuild-set";
    static final String DROP = "rebuild-drop";
    static final String BEGIN = "rebuild-begin";
    static final String SEGMENT = "rebuild-segment";

    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final int SEGMENTS = 4;
    private static final long REPORT_EACH_NANOS = 30_000_000_000L;
    private static final String READ_UNITS = "readUnits";
    private static final String WRITE_UNITS = "writeUnits";

    private final Edge edge;
    private final ProjectionEngine projection;

    /** Operations on the view of a projection. */
    RebuildOperations(Edge edge, ProjectionEngine projection) {
        this.edge = edge;
        this.projection = projection;
    }

    Map<String, MaintenanceOperation> all() {
        return Map.of(
                REBUILD, this::rebuild,
                PLAN, _ -> Json.mapper().valueToTree(projection.estimate(edge.scan(), waits())),
                STATUS, _ -> status(projection.rebuildStatus()),
                SET, request -> status(projection.limitRebuild(held -> changed(held, request))),
                BEGIN, request -> Json.mapper().valueToTree(rebuilds(request).begin()),
                SEGMENT,
                        request -> Json.mapper()
                                .valueToTree(rebuilds(request)
                                        .segment(
                                                request.path("segment").asInt(),
                                                Math.max(
                                                        1,
                                                        request.path("beside").asInt(1)))),
                DROP,
                        request -> Json.mapper()
                                .valueToTree(projection
                                        .rebuild(edge.scan(), plan(request))
                                        .drop()));
    }

    static JsonNode status(@Nullable RebuildStatus status) {
        return Json.mapper().createObjectNode().set("rebuild", Json.mapper().valueToTree(status));
    }

    private Duration settle() {
        return Duration.ofSeconds(edge.settings().number("FEED_TIMEOUT_SECONDS"));
    }

    /** Before the scan, after the switch, and before the old generation is deleted. */
    private Duration waits() {
        return settle().multipliedBy(2).plus(Rebuild.AFTER_SWITCH);
    }

    private static CapacityCeilings changed(CapacityCeilings held, JsonNode request) {
        return new CapacityCeilings(
                request.has(READ_UNITS) ? units(request, READ_UNITS) : held.readUnits(),
                request.has(WRITE_UNITS) ? units(request, WRITE_UNITS) : held.writeUnits());
    }

    private static @Nullable Integer units(JsonNode request, String name) {
        return request.hasNonNull(name) ? (Integer) request.get(name).asInt() : null;
    }

    private RebuildPlan plan(JsonNode request) {
        AtomicLong reportedAt = new AtomicLong(System.nanoTime());
        return new RebuildPlan(
                request.path("segments").asInt(SEGMENTS),
                new CapacityCeilings(units(request, READ_UNITS), units(request, WRITE_UNITS)),
                settle(),
                Rebuild.AFTER_SWITCH,
                request.path("actor").asText("an operator"),
                Rebuild.BEAT,
                request.path("keep").asBoolean(false),
                request.path("diff").asBoolean(false),
                request.path("serve").asBoolean(true),
                request.path("continue").asBoolean(false),
                status -> report(status, reportedAt));
    }

    private Rebuild rebuilds(JsonNode request) {
        Rebuild rebuild = projection
                .rebuild(edge.scan(), plan(request))
                .from(request.hasNonNull("export") ? request.get("export").asText() : null, this::export);
        return request.path("honourSkips").asBoolean(false) ? rebuild.honouringSkips() : rebuild;
    }

    /** Opens an export of the event table; see {@link ExportFolder}. */
    private TableExport export(String place) {
        return TableExport.of(ExportFolder.at(place), edge.settings().require("EVENT_TABLE"));
    }

    private JsonNode rebuild(JsonNode request) {
        Rebuild rebuild = rebuilds(request);
        return Json.mapper().valueToTree(request.path("back").asBoolean(false) ? rebuild.back() : rebuild.run());
    }

    /** The log has a line now and then; whoever waits reads the status. */
    private void report(RebuildStatus status, AtomicLong reportedAt) {
        long now = System.nanoTime();
        long before = reportedAt.get();
        if (now - before < REPORT_EACH_NANOS || !reportedAt.compareAndSet(before, now)) {
            return;
        }
        LOG.log(
                System.Logger.Level.INFO,
                LogLine.of("rebuild")
                        .with("slice", edge.slice())
                        .with("doing", status.work().doing())
                        .with("scanned", status.work().scanned())
                        .with("ofScanned", status.work().ofScanned())
                        .with("events", status.work().events())
                        .text());
    }
}
