package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The door of a command slice to the world: HTTP request -> gatekeeper -> command -> handler -> HTTP response.
 *
 * <p>Headers: {@code Idempotency-Key} is the command's id (made here where it is missing, and told in the answer);
 * {@code If-Match} is the version that the client expects. Answers: 200, or 201 where the command makes something, with
 * stream, version and events; problem documents with 400, 403, 404, 409, 412, 413, 422, 500 and 503.
 *
 * @param <R> the request: its components come from the path and the body
 * @param <C> the complete command
 */
public final class HttpCommandEndpoint<R extends Record, C> {
    /** The largest body of a command, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    private static final int MOST_LOOKS = 32;
    private static final long FIRST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private final Edge edge;
    private final String slice;
    private final CommandHandler<C, ?, ?> handler;
    private final RequestReader<R> reader;
    private final StreamFinder<R> finder;
    private final Gatekeeper<R, C> gatekeeper;
    private final @Nullable String made;
    private final @Nullable OwnershipCheck<R> own;

    private HttpCommandEndpoint(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            RequestReader<R> reader,
            StreamFinder<R> finder,
            Gatekeeper<R, C> gatekeeper,
            @Nullable String made,
            @Nullable OwnershipCheck<R> own) {
        this.edge = edge;
        this.slice = edge.slice();
        this.handler = handler;
        this.reader = reader;
        this.finder = finder;
        this.gatekeeper = gatekeeper;
        this.made = made;
        this.own = own;
    }

    /** Finds the stream that a request is about; asked again for a moment where there is none. */
    @FunctionalInterface
    public interface StreamFinder<R> {
        /** The stream, or the rule that says that there is none. */
        Found find(R request);

        /** Where a request leads. */
        sealed interface Found {
            /** To this stream. */
            record At(StreamId stream) implements Found {}

            /** Nowhere, by this rule. */
            record Nowhere(Rule rule) implements Found {}
        }
    }

    /** A door for requests that name their stream. */
    public static <R extends Record, C> HttpCommandEndpoint<R, C> of(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            Class<R> request,
            Function<R, StreamId> stream,
            Gatekeeper<R, C> gatekeeper) {
        return finding(edge, handler, request, r -> new StreamFinder.Found.At(stream.apply(r)), gatekeeper);
    }

    /** A door for requests whose stream has to be looked up. */
    public static <R extends Record, C> HttpCommandEndpoint<R, C> finding(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            Class<R> request,
            StreamFinder<R> finder,
            Gatekeeper<R, C> gatekeeper) {
        return new HttpCommandEndpoint<>(edge, handler, new RequestReader<>(request), finder, gatekeeper, null, null);
    }

    /** The same door for a command that makes something: answers 201 and tells the new thing's id from the events. */
    public HttpCommandEndpoint<R, C> making(String idField) {
        return new HttpCommandEndpoint<>(edge, handler, reader, finder, gatekeeper, idField, own);
    }

    /**
     * The same door for people who act for themselves only: with a token whose subject is another id than this, a request
     * is answered 403 {@code not-yours} before anything is read.
     *
     * @param id whom a request is about
     * @param actors who may act for anybody: a token with the scope of one of them is not compared
     */
    public HttpCommandEndpoint<R, C> own(Function<R, ? extends Id> id, String... actors) {
        return new HttpCommandEndpoint<>(
                edge, handler, reader, finder, gatekeeper, made, OwnershipCheck.of(slice, id, actors));
    }

    /** Answers one request. */
    public HttpReply handle(HttpEvent event) {
        String key = event.header("idempotency-key");
        String commandId = key == null ? UUID.randomUUID().toString() : key.strip();
        HttpReply reply = HttpErrors.answer(slice, event, () -> {
            if (!KEY.matcher(commandId).matches()) {
                throw Problem.malformed("header", "Idempotency-Key", "must have 1 to 128 printable ASCII characters");
            }
            return handle(event, commandId);
        });
        return KEY.matcher(commandId).matches() ? reply.with("idempotency-key", commandId) : reply;
    }

    private HttpReply handle(HttpEvent event, String commandId) {
        byte[] content = content(event);
        if (content.length > MAX_BODY) {
            throw Problem.tooLarge(content.length, MAX_BODY);
        }
        LongPredicate expected = expected(event.header("if-match"));
        ObjectNode body = RequestReader.body(content);
        R request = reader.read(event.pathValues(), "body", body);
        OwnershipCheck.check(own, request, event);
        return switch (find(request)) {
            case StreamFinder.Found.Nowhere(Rule rule) -> {
                log("refused", event, rule.name(), commandId);
                throw Problem.ruled(rule);
            }
            case StreamFinder.Found.At(StreamId stream) -> {
                Instant at = edge.clock().instant().truncatedTo(ChronoUnit.MILLIS);
                CommandEnvelope envelope = new CommandEnvelope(
                        stream,
                        commandId,
                        RequestReader.hash(slice, event.pathValues(), body),
                        expected,
                        event.actor(),
                        commandId,
                        null,
                        at);
                CommandContext occasion = new CommandContext(stream, commandId, event.actor(), event.scopes(), at);
                yield answer(event, handler.handle(envelope, () -> gatekeeper.gate(request, occasion)), commandId);
            }
        };
    }

    /** What is looked up in a view may be a moment behind, so a no is asked for again, for some 1.5 seconds in all. */
    private StreamFinder.Found find(R request) {
        for (int looks = 1; ; looks++) {
            StreamFinder.Found found = finder.find(request);
            if (found instanceof StreamFinder.Found.At || looks == MOST_LOOKS) {
                return found;
            }
            edge.pace().backOff(looks, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
    }

    private static byte[] content(HttpEvent event) {
        try {
            return event.content();
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", "", "is not valid base64");
        }
    }

    private static LongPredicate expected(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return version -> true;
        }
        if (ifMatch.strip().equals("*")) {
            return version -> version > 0;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.malformed("header", "If-Match", "must be a version in quotes, like \"3\", or *");
        }
        long wanted = Long.parseLong(tag.group(1));
        return version -> version == wanted;
    }

    private HttpReply answer(HttpEvent event, CommandResult outcome, String commandId) {
        return switch (outcome) {
            case CommandResult.Accepted(Commit commit) ->
                HttpReply.json(made == null ? 200 : 201, recorded(commit)).with("etag", tag(commit.last()));
            case CommandResult.AlreadySo(StreamId stream, long version) ->
                HttpReply.json(200, new Recorded(stream.toString(), version, List.of()).members())
                        .with("etag", tag(version));
            case CommandResult.RejectedOnRecord(
                    Commit commit,
                    CommitMetadata.Rejection(String rule, String sentence)) -> {
                log("rejected", event, rule, commandId);
                Problem problem = Problem.ruled(rule, sentence);
                recorded(commit).forEach(problem::with);
                yield problem.header("etag", tag(commit.last())).reply(event.path());
            }
            case CommandResult.Rejected(Rule rule) -> {
                log("rejected", event, rule.name(), commandId);
                throw Problem.ruled(rule);
            }
            case CommandResult.Refused(Rule rule) -> {
                log("refused", event, rule.name(), commandId);
                throw Problem.ruled(rule);
            }
            case CommandResult.KeyReused(String reused) -> {
                log("refused", event, "idempotency-key-reused", commandId);
                throw Problem.keyReused(reused);
            }
            case CommandResult.VersionMismatch(StreamId stream, long version) ->
                throw Problem.moved(stream.toString(), version);
            case CommandResult.Contended(StreamId stream, int tries) ->
                throw Problem.contended(stream.toString(), tries);
            case CommandResult.Outdated(String reason) -> throw Problem.outdated(reason);
        };
    }

    /** What a command put into its stream, as the client sees it. */
    private record Recorded(String stream, long version, List<Map<String, Object>> events) {
        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("stream", stream);
            members.put("version", version);
            members.put("events", events);
            return members;
        }
    }

    private Map<String, Object> recorded(Commit commit) {
        List<Map<String, Object>> events = new ArrayList<>();
        JsonNode id = null;
        long version = commit.version();
        for (StoredEvent event : commit.events()) {
            JsonNode data = data(event);
            if (made != null && id == null) {
                id = data.get(made);
            }
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("type", event.type());
            members.put("version", version++);
            members.put("data", data);
            events.add(members);
        }
        Map<String, Object> members = new Recorded(commit.stream().toString(), commit.last(), events).members();
        if (made != null && id != null) {
            members.put(made, id);
        }
        return members;
    }

    static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new StoreFailure.Corrupted("An event's data is no JSON", e);
        }
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    private void log(String what, HttpEvent event, String rule, String commandId) {
        HttpErrors.log(HttpErrors.line(what, slice, event).with("rule", rule).with("command", commandId));
    }
}
