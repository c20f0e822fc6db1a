package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the result of one command into the HTTP response, and logs refusals.
 *
 * @param edge the slice's edge
 * @param event the request
 * @param commandId the id of the command
 * @param made where what the command makes can be read; null if it makes nothing
 */
record CommandReply(
        Edge edge,
        HttpEvent event,
        String commandId,
        @Nullable Location made) {
    /** @throws Problem if nothing was recorded because of a rule, a conflict, or an outdated slice */
    HttpReply of(CommandResult result) {
        return switch (result) {
            case CommandResult.Accepted(Commit commit) ->
                accepted(commit).with("etag", CommandHeaders.tag(commit.last()));
            case CommandResult.AlreadySo(StreamId stream, long version) ->
                HttpReply.json(200, members(stream, version, List.of())).with("etag", CommandHeaders.tag(version));
            case CommandResult.RejectedOnRecord(
                    Commit commit,
                    CommitMetadata.Rejection(String rule, String sentence)) -> {
                log("rejected", rule);
                Problem problem = Problem.ruled(rule, sentence);
                recorded(commit).forEach(problem::with);
                yield problem.header("etag", CommandHeaders.tag(commit.last())).reply(event.path());
            }
            case CommandResult.Rejected(Rule rule) -> {
                log("rejected", rule.name());
                throw Problem.ruled(rule);
            }
            case CommandResult.Refused(Rule rule) -> throw refused(rule);
            case CommandResult.KeyReused(String reused) -> {
                log("refused", "idempotency-key-reused");
                throw Problem.keyReused(reused);
            }
            case CommandResult.VersionMismatch(StreamId stream, long version) ->
                throw Problem.moved(stream.toString(), version);
            case CommandResult.Contended(StreamId stream, int tries) ->
                throw Problem.contended(stream.toString(), tries);
            case CommandResult.Outdated(String reason) -> throw Problem.outdated(reason);
            case CommandResult.Archived(StreamId stream, Instant at) -> throw Problem.archived(stream.toString(), at);
        };
    }

    /** The problem of a request that a gatekeeper or the look-up of its stream refuses. */
    Problem refused(Rule rule) {
        log("refused", rule.name());
        return Problem.ruled(rule);
    }

    private static Map<String, Object> members(StreamId stream, long version, List<Map<String, Object>> events) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("stream", stream.toString());
        members.put("version", version);
        members.put("events", events);
        return members;
    }

    private HttpReply accepted(Commit commit) {
        Map<String, Object> recorded = recorded(commit);
        if (made == null) {
            return HttpReply.json(200, recorded);
        }
        Map<String, String> path = event.pathValues();
        String location = made.of(name -> {
            JsonNode told = told(commit, name);
            return told == null ? String.valueOf(path.get(name)) : told.asText();
        });
        recorded.putIfAbsent(made.made(), path.get(made.made()));
        return HttpReply.json(201, recorded).with("location", location);
    }

    /** The value of a field in the first event that has it; null if none has. */
    private static @Nullable JsonNode told(Commit commit, String field) {
        for (StoredEvent stored : commit.events()) {
            JsonNode value = data(stored).get(field);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Map<String, Object> recorded(Commit commit) {
        List<Map<String, Object>> events = new ArrayList<>();
        long version = commit.version();
        for (StoredEvent stored : commit.events()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("type", stored.type());
            members.put("version", version++);
            members.put("data", data(stored));
            events.add(members);
        }
        Map<String, Object> members = members(commit.stream(), commit.last(), events);
        JsonNode id = made == null ? null : told(commit, made.made());
        if (made != null && id != null) {
            members.put(made.made(), id);
        }
        return members;
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new StoreFailure.Corrupted("The data of a stored " + event.type() + " is not JSON", e);
        }
    }

    private void log(String what, String rule) {
        HttpErrors.log(
                HttpErrors.line(what, edge.slice(), event).with("rule", rule).with("command", commandId));
    }
}
