package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Parked;
import dev.storyline.projections.Repair;
import dev.storyline.projections.SkipResult;

/**
 * Lets the parked {@code stream} step over the commit at {@code version}, at which it is parked, for a {@code reason}. The
 * answer has {@code skipped} and how the stream went on, as that of a redrive; or {@code refused} with the reason, and then
 * nothing has changed.
 *
 * @param repair skips
 * @param journal records it before it is done
 */
record SkipOperation(Repair repair, OperatorJournal journal) implements MaintenanceOperation {
    @Override
    public JsonNode run(JsonNode request) {
        StreamId stream = RedriveOperation.stream(request.path("stream").asText());
        long version = request.path("version").asLong();
        String reason = request.path("reason").asText();
        if (version < 1 || reason.isBlank()) {
            throw new IllegalArgumentException("A skip needs the version at which the stream is parked, and a reason.");
        }
        Parked standing = repair.standing(stream);
        if (standing != null && standing.version() == version) {
            journal.record(
                    request,
                    Json.mapper()
                            .createObjectNode()
                            .put("action", "skip")
                            .put("stream", stream.toString())
                            .put("version", version)
                            .put("cause", standing.reason()));
        }
        return switch (repair.skip(stream, version, OperatorJournal.actor(request), reason)) {
            case SkipResult.NotSkipped(String why) ->
                Json.mapper().createObjectNode().put("refused", why);
            case SkipResult.Done done -> {
                ObjectNode answer = RedriveOperation.result(done.now());
                answer.set("skipped", Json.mapper().valueToTree(done.skipped()));
                yield answer;
            }
        };
    }
}
