package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Rebuild;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rebuilds a view, or switches back to the generation that the last rebuild kept. Parameters: {@code segments},
 * {@code readUnits}, {@code keep}, {@code back}, {@code honourSkips}. Logs its progress twice a second at most. If the time of the function is
 * over before, the answer has {@code "done": false}, and the same request with {@code "continue": true} goes on.
 *
 * @param edge the slice's edge
 * @param projection the projection of the view
 */
record RebuildOperation(Edge edge, ProjectionEngine projection) implements MaintenanceOperation {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final int SEGMENTS = 4;
    private static final long REPORT_EACH_NANOS = 500_000_000;

    @Override
    public JsonNode run(JsonNode request) {
        AtomicLong reportedAt = new AtomicLong(System.nanoTime() - REPORT_EACH_NANOS);
        Rebuild.Plan plan = new Rebuild.Plan(
                request.path("segments").asInt(SEGMENTS),
                request.path("readUnits").asInt(0),
                Duration.ofSeconds(edge.settings().number("FEED_TIMEOUT_SECONDS")),
                Rebuild.AFTER_SWITCH,
                request.path("keep").asBoolean(false),
                progress -> report(progress, reportedAt),
                request.path("continue").asBoolean(false));
        Rebuild rebuild = projection.rebuild(edge.scan(), plan);
        if (request.path("honourSkips").asBoolean(false)) {
            rebuild.honouringSkips();
        }
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
}
