package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Parked;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.Repair;
import dev.storyline.projections.SliceStatus;
import dev.storyline.projections.StreamState;
import dev.storyline.projections.ViewTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
 *       only what is left of a comparison;
 *   <li>messages of the queue of failed deliveries: compares heads with positions too, because a message may name less than
 *       what is missing. What is left when the time is over is stored, and the schedule goes on with it;
 *   <li>{@code {"do": "rebuild"}}: rebuilds the view of a projection; see {@link RebuildOperation};
 *   <li>{@code {"do": "fold", "stream": ...}}: tells the state of the machine, with {@code "at"} as of a version; see {@link
 *       FoldOperation};
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
    private final Repair repair;
    private final ViewTable table;
    private final OperatorJournal journal;
    private final ActivationOperation activation;
    private final Map<String, MaintenanceOperation> operations;

    MaintenanceEndpoint(
            Edge edge,
            Repair repair,
            ViewTable table,
            BiFunction<StreamId, Long, StreamState> states,
            @Nullable ProjectionEngine projection) {
        this.edge = edge;
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
        all.put("skip", new SkipOperation(repair, journal));
        all.put("rebuild", projection == null ? _ -> noView() : recorded(new RebuildOperation(edge, projection)));
        all.put("fold", new FoldOperation(states));
        all.put("birth", activation);
        all.put(Priming.NOTHING, _ -> Json.mapper().createObjectNode());
        this.operations = Map.copyOf(all);
    }

    /** @throws IllegalArgumentException if there is no such operation */
    JsonNode handle(JsonNode request) {
        if (request.has("RequestType")) {
            return activation.customResource(request);
        }
        if (request.has("Records")) {
            repair.reconcile();
            return Json.mapper()
                    .createObjectNode()
                    .set("batchItemFailures", Json.mapper().createArrayNode());
        }
        String name = request.path("do").asText();
        MaintenanceOperation operation = operations.get(name);
        if (operation == null) {
            throw new IllegalArgumentException("There is no maintenance operation '" + name + "'; there are: "
                    + String.join(", ", new TreeMap<>(operations).keySet()));
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
        Repair.Report report = goesOn ? repair.goOn() : repair.reconcile();
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

    private MaintenanceOperation recorded(RebuildOperation rebuild) {
        return request -> {
            ObjectNode what = Json.mapper().createObjectNode();
            if (request.path("back").asBoolean()) {
                JsonNode answer = rebuild.run(request);
                journal.record(request, what.put("action", "switch-back"));
                return answer;
            }
            if (!request.path("continue").asBoolean()) {
                journal.record(request, what.put("action", "rebuild"));
            }
            return rebuild.run(request);
        };
    }

    private JsonNode redriveDue() {
        Repair.Due due = repair.redriveDue();
        Metric.PARKED_STREAMS.tell(edge, due.forOperator());
        Metric.OUTDATED_SLICE.tell(edge, repair.isOutdated() ? 1 : 0);
        table.sampleTaken(edge.clock().instant());
        logged("reconcile", repair.goOn());
        return logged("redrive-due", due.redriven());
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
