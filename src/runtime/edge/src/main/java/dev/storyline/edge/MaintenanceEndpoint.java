package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Parked;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Repair;
import dev.storyline.projections.RestoreFindings;
import dev.storyline.projections.SliceStatus;
import dev.storyline.projections.StreamMachine;
import dev.storyline.projections.ViewTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance endpoint of a projection or an event handler. It takes
 *
 * <ul>
 *   <li>{@code {"do": "parked"}}: lists the parked streams, {@value #LISTED_AT_ONCE} at once; with {@code "after"}, the
 *       {@code next} of the last answer, the following ones; with {@code "stream"} that one, if it is parked;
 *   <li>{@code {"do": "status"}}: tells how the slice does, see {@link SliceStatus};
 *   <li>{@code {"do": "skip"}}: lets a parked stream step over one commit; see {@link SkipOperation};
 *   <li>{@code {"do": "skipped"}}: lists the commits that were skipped, in parts as the parked streams;
 *   <li>{@code {"do": "redrive"}}: redrives all parked streams, or with {@code "stream"} one stream; with {@code "after"} it
 *       goes on;
 *   <li>{@code {"do": "redrive-due"}}: redrives the streams whose retry is due, goes on with a reconciliation that is not
 *       done, and tells metrics (on a schedule, each minute);
 *   <li>{@code {"do": "reconcile"}}: compares heads with positions (on a schedule, each day); with {@code "continue": true}
 *       only what is left of a comparison; {@code "readUnits"} is the most read units in a second;
 *   <li>messages of the queue of failed deliveries: compares heads with positions too, because a message may name less than
 *       what is missing. What is left when the time is over is stored, and the schedule goes on with it;
 *   <li>{@code {"do": "rebuild"}} and others: rebuild the view of a projection; see {@link RebuildOperations};
 *   <li>{@code {"do": "fold", "stream": ...}}: tells the state of the machine, with {@code "at"} as of a version; see {@link
 *       FoldOperation};
 *   <li>{@code {"do": "replay", "stream": ...}}: tells what the machine does at each event; see {@link ReplayOperation};
 *   <li>{@code {"do": "restore-check"}}: compares positions and rows with the restored event table of a drill; see {@link
 *       RestoreFindings}, and {@code view}, whether it is a view. With {@code "after"}, the {@code next} of the last answer, it goes on;
 *       {@code "readUnits"} is the most read units in a second;
 *   <li>{@code {"do": "nothing"}}: does nothing, before a snapshot;
 *   <li>a custom resource of CloudFormation, or {@code {"do": "birth"}}: stores the activation time of the handler.
 * </ul>
 *
 * <p>What an operator asks for and what changes something is recorded with its {@code actor}, its {@code reason} and its
 * {@code id}; see {@link OperatorJournal}. A schedule names no actor.
 *
 * <p>An operation that works on many streams ends before the time of the function is over, and answers {@code "done":
 * false} if something is left.
 */
final class MaintenanceEndpoint {
    /** An answer of Lambda has 6 MB at most; an entry has 2 KB at most. */
    private static final int LISTED_AT_ONCE = 1_000;

    private final Edge edge;
    private final Measured measured;
    private final Repair repair;
    private final ViewTable table;
    private final OperatorJournal journal;
    private final ActivationOperation activation;
    private final Map<String, MaintenanceOperation> operations;

    MaintenanceEndpoint(
            Edge edge, Repair repair, ViewTable table, StreamMachine machine, @Nullable ProjectionEngine projection) {
        this.edge = edge;
        this.measured = new Measured(edge);
        this.repair = repair;
        this.table = table;
        this.journal = new OperatorJournal(edge);
        this.activation = new ActivationOperation(edge, table);
        RedriveOperation redrive = new RedriveOperation(repair, report -> logged("redrive", report));
        Map<String, MaintenanceOperation> all = new HashMap<>();
        all.put("parked", request -> Json.mapper().valueToTree(parked(request)));
        all.put(
                "skipped",
                request -> Json.mapper()
                        .valueToTree(repair.skipped(request.path("after").asText(), LISTED_AT_ONCE)));
        all.put("status", _ -> Json.mapper().valueToTree(repair.status()));
        all.put("redrive", request -> redrive(redrive, request));
        all.put("redrive-due", _ -> redriveDue());
        all.put("reconcile", this::reconcile);
        all.put("fold", new FoldOperation(machine));
        all.put("replay", new ReplayOperation(machine));
        all.put("restore-check", request -> restoreCheck(machine, request));
        all.putAll(rebuilds(projection));
        all.put("skip", new SkipOperation(repair, journal));
        all.put("birth", activation);
        all.put(Priming.NOTHING, _ -> Json.mapper().createObjectNode());
        this.operations = new TreeMap<>(all);
    }

    private Map<String, MaintenanceOperation> rebuilds(@Nullable ProjectionEngine projection) {
        return projection == null
                ? Map.of(
                        RebuildOperations.REBUILD, _ -> noView(),
                        RebuildOperations.PLAN, _ -> noView(),
                        RebuildOperations.STATUS, _ -> RebuildOperations.status(null),
                        RebuildOperations.SET, _ -> noView(),
                        RebuildOperations.BEGIN, _ -> noView(),
                        RebuildOperations.SEGMENT, _ -> noView(),
                        RebuildOperations.DROP, _ -> noView())
                : recorded(new RebuildOperations(edge, projection).all());
    }

    /** @throws IllegalArgumentException if there is no such operation */
    JsonNode handle(JsonNode request) {
        return measured.invocation(() -> {
            try {
                return done(request);
            } finally {
                // Repairs are late by their nature; these two are about feeds.
                Tally.current().forget(Metric.LAG);
                Tally.current().forget(Metric.LATE_COMMITS);
            }
        });
    }

    private JsonNode done(JsonNode request) {
        if (request.has("RequestType")) {
            return activation.customResource(request);
        }
        if (request.has("Records")) {
            Tally.current().add(Metric.FAILED_DELIVERIES, request.get("Records").size());
            reconciled(false, CapacityCeilings.NONE);
            return Json.mapper()
                    .createObjectNode()
                    .set("batchItemFailures", Json.mapper().createArrayNode());
        }
        String name = request.path("do").asText();
        MaintenanceOperation operation = operations.get(name);
        if (operation == null) {
            throw new IllegalArgumentException("There is no maintenance operation '" + name + "'; there are: "
                    + String.join(", ", operations.keySet()));
        }
        return operation.run(request);
    }

    private Repair.ParkedPage parked(JsonNode request) {
        if (!request.hasNonNull("stream")) {
            return repair.parked(request.path("after").asText(), LISTED_AT_ONCE);
        }
        StreamId stream = RedriveOperation.stream(request.path("stream").asText());
        Parked standing = repair.standing(stream);
        return new Repair.ParkedPage(
                standing == null ? List.of() : List.of(new Repair.ParkedStream(stream.toString(), standing)), null);
    }

    private JsonNode redrive(RedriveOperation redrive, JsonNode request) {
        boolean one = request.hasNonNull("stream");
        String stream = request.path("stream").asText();
        boolean begins = request.path("after").asText().isEmpty();
        boolean changes = one
                ? repair.standing(RedriveOperation.stream(stream)) != null
                : begins && !repair.parked("", 1).parked().isEmpty();
        if (changes) {
            ObjectNode what = Json.mapper().createObjectNode().put("action", "redrive");
            journal.record(request, one ? what.put("stream", stream) : what);
        }
        return redrive.run(request);
    }

    /** The daily comparison names no actor, and is not recorded. */
    private JsonNode reconcile(JsonNode request) {
        boolean goesOn = request.path("continue").asBoolean();
        Repair.Report report = reconciled(goesOn, ceilings(request));
        if (request.hasNonNull("actor") && report.healed() > 0 && (report.done() || !goesOn)) {
            journal.record(
                    request,
                    Json.mapper()
                            .createObjectNode()
                            .put("action", "reconcile")
                            .put("behind", report.behind())
                            .put("healed", report.healed()));
        }
        return logged("reconcile", report);
    }

    private static CapacityCeilings ceilings(JsonNode request) {
        return new CapacityCeilings(
                request.hasNonNull("readUnits")
                        ? (Integer) request.get("readUnits").asInt()
                        : null,
                null);
    }

    private JsonNode restoreCheck(StreamMachine machine, JsonNode request) {
        RestoreFindings findings = machine.compare(
                edge.restored(), ceilings(request), request.path("after").asText());
        return Json.mapper().<ObjectNode>valueToTree(findings).put("view", machine instanceof ProjectionEngine);
    }

    private Map<String, MaintenanceOperation> recorded(Map<String, MaintenanceOperation> rebuilds) {
        Map<String, MaintenanceOperation> recorded = new HashMap<>(rebuilds);
        for (String changing : List.of(
                RebuildOperations.REBUILD, RebuildOperations.BEGIN, RebuildOperations.SET, RebuildOperations.DROP)) {
            recorded.computeIfPresent(changing, this::recorded);
        }
        return recorded;
    }

    /**
     * Records what an operator asks for, once and not with each part of it, before it is done: nothing that was changed may
     * lack its record.
     */
    private MaintenanceOperation recorded(String action, MaintenanceOperation operation) {
        return request -> {
            if (request.hasNonNull("actor") && !request.path("continue").asBoolean()) {
                String what = request.path("back").asBoolean() ? "switch-back" : action;
                journal.record(request, Json.mapper().createObjectNode().put("action", what));
            }
            return operation.run(request);
        };
    }

    private JsonNode redriveDue() {
        Repair.Due due = repair.redriveDue();
        Tally tally = Tally.current();
        tally.set(Metric.PARKED_STREAMS, due.forOperator());
        tally.set(Metric.RETRYING_STREAMS, due.forRetry());
        tally.set(Metric.OUTDATED_STREAMS, due.forNewerSlice());
        tally.set(Metric.OLDEST_PARKED, due.oldest() == null ? 0 : age(due.oldest()));
        tally.add(Metric.OUTDATED_SLICE, repair.isOutdated() || due.forNewerSlice() > 0 ? 1 : 0);
        Duration behind = repair.oldestBehind();
        tally.set(Metric.OLDEST_BEHIND, behind == null ? 0 : Math.max(0, behind.toSeconds()));
        table.sampleTaken(edge.clock().instant());
        logged("reconcile", reconciled(true, CapacityCeilings.NONE));
        return logged("redrive-due", due.redriven());
    }

    private long age(Instant at) {
        return Math.max(0, Duration.between(at, edge.clock().instant()).toSeconds());
    }

    /** What a reconciliation applies late was never delivered; what is on its way to a feed is not late yet. */
    private Repair.Report reconciled(boolean goOn, CapacityCeilings ceilings) {
        Tally tally = Tally.current();
        tally.forget(Metric.LATE_COMMITS);
        try {
            return goOn ? repair.goOn(ceilings) : repair.reconcile(ceilings);
        } finally {
            tally.add(Metric.FOUND_BEHIND, tally.sum(Metric.LATE_COMMITS));
        }
    }

    private JsonNode noView() {
        throw new IllegalArgumentException("The slice " + edge.slice()
                + " is an event handler: it has no view to rebuild, and history never fires again");
    }

    private JsonNode logged(String operation, Repair.Report report) {
        if (report.behind() > 0) {
            HttpErrors.log(LogLine.of(operation)
                    .with("slice", edge.slice())
                    .with("streams", report.streams())
                    .with("behind", report.behind())
                    .with("healed", report.healed()));
        }
        return Json.mapper().valueToTree(report);
    }
}
