package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP endpoint of a command: HTTP request -> gatekeeper -> command -> command handler -> HTTP response.
 *
 * <p>{@code Idempotency-Key} is the command's id; the endpoint makes one if it is missing, and every response names it.
 * {@code If-Match} is the version that the client expects. A success is 200, or 201 with {@code Location} if the command
 * makes something, with stream, version and events. Problem documents have the status 400, 403, 404, 409, 412, 413, 415,
 * 422, 500 or 503.
 *
 * @param <R> the request: its components come from the path and the body
 * @param <C> the complete command
 */
public final class HttpCommandEndpoint<R extends Record, C> {
    /** The largest body of a command, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    /** How often a stream is looked up: after pauses that grow, about 1.5 seconds in all. */
    private static final int MOST_LOOKS = 7;

    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 800_000_000;

    private final Edge edge;
    private final String slice;
    private final Measured measured;
    private final CommandHandler<C, ?, ?> handler;
    private final RequestReader<R> reader;
    private final KeyedFinder<R> finder;
    private final Gatekeeper<R, C> gatekeeper;
    private final @Nullable Location made;
    private final @Nullable OwnershipCheck<R> own;

    private HttpCommandEndpoint(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            RequestReader<R> reader,
            KeyedFinder<R> finder,
            Gatekeeper<R, C> gatekeeper,
            @Nullable Location made,
            @Nullable OwnershipCheck<R> own) {
        this.edge = edge;
        this.slice = edge.slice();
        this.measured = new Measured(edge);
        this.handler = handler;
        this.reader = reader;
        this.finder = finder;
        this.gatekeeper = gatekeeper;
        this.made = made;
        this.own = own;
    }

    /** Finds the stream that a request is about. Asked again for a moment if there is none. */
    @FunctionalInterface
    public interface StreamFinder<R> {
        /** The stream, or the rule that says that there is none. */
        Found find(R request);

        /** The result of a look-up. */
        sealed interface Found {
            /** The stream exists. */
            record At(StreamId stream) implements Found {}

            /** There is no stream; the rule says why. */
            record Nowhere(Rule rule) implements Found {}
        }
    }

    /** Finds the stream that a request under a key is about. */
    @FunctionalInterface
    private interface KeyedFinder<R> {
        StreamFinder.Found find(R request, String key);
    }

    /** An endpoint for requests that name their stream. */
    public static <R extends Record, C> HttpCommandEndpoint<R, C> of(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            Class<R> request,
            Function<R, StreamId> stream,
            Gatekeeper<R, C> gatekeeper) {
        return finding(edge, handler, request, r -> new StreamFinder.Found.At(stream.apply(r)), gatekeeper);
    }

    /** An endpoint for requests whose stream has to be looked up. */
    public static <R extends Record, C> HttpCommandEndpoint<R, C> finding(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            Class<R> request,
            StreamFinder<R> finder,
            Gatekeeper<R, C> gatekeeper) {
        return new HttpCommandEndpoint<>(
                edge, handler, new RequestReader<>(request), (r, key) -> finder.find(r), gatekeeper, null, null);
    }

    /**
     * An endpoint for requests that begin a stream which they do not name: its name follows from the request and its
     * key, so every retry is about the same stream.
     *
     * @param stream gets the request and the command's id
     */
    public static <R extends Record, C> HttpCommandEndpoint<R, C> beginning(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            Class<R> request,
            BiFunction<R, String, StreamId> stream,
            Gatekeeper<R, C> gatekeeper) {
        return new HttpCommandEndpoint<>(
                edge,
                handler,
                new RequestReader<>(request),
                (r, key) -> new StreamFinder.Found.At(stream.apply(r, key)),
                gatekeeper,
                null,
                null);
    }

    /**
     * The same endpoint for a command that makes something: it answers 201 with the {@code Location} of what it made,
     * and its id.
     *
     * @param path the path of the query that shows it, {@code /wishes/wishes/{wishId}}; each parameter is a field of the
     *     events or of the request's path, and the last one is the id
     */
    public HttpCommandEndpoint<R, C> making(String path) {
        return new HttpCommandEndpoint<>(edge, handler, reader, finder, gatekeeper, new Location(path), own);
    }

    /**
     * The same endpoint for people who act only for themselves: a request whose token has another subject than this id
     * is answered 403 {@code not-yours} before anything is read.
     *
     * @param id the person that a request is about
     * @param actors the actors who may act for anybody: a token with the scope of one of them is not compared
     */
    public HttpCommandEndpoint<R, C> own(Function<R, ? extends Id> id, String... actors) {
        return new HttpCommandEndpoint<>(
                edge, handler, reader, finder, gatekeeper, made, OwnershipCheck.of(slice, id, actors));
    }

    /** Answers one request. */
    public HttpReply handle(HttpEvent event) {
        return measured.invocation(() -> answer(event));
    }

    private HttpReply answer(HttpEvent event) {
        String commandId = CommandHeaders.commandId(event);
        HttpReply reply = HttpErrors.answer(
                slice,
                event,
                () -> Measured.command(() -> {
                    if (!CommandHeaders.isKey(commandId)) {
                        throw Problem.malformed(
                                "header", "Idempotency-Key", "must have 1 to 128 printable ASCII characters");
                    }
                    return handle(event, commandId);
                }));
        return CommandHeaders.isKey(commandId) ? reply.with("idempotency-key", commandId) : reply;
    }

    private HttpReply handle(HttpEvent event, String commandId) {
        String encoding = event.header("content-encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw Problem.encoded(encoding);
        }
        byte[] content = content(event);
        if (content.length > MAX_BODY) {
            throw Problem.tooLarge(content.length, MAX_BODY);
        }
        if (content.length > 0 && !CommandHeaders.isJson(event)) {
            throw Problem.notJson(event.header("content-type"));
        }
        checkNoQuery(event);
        LongPredicate expected = CommandHeaders.expectedVersion(event);
        ObjectNode body = StrictJson.body(content);
        R request = reader.read(event.pathValues(), "body", body);
        OwnershipCheck.check(own, request, event);
        CommandReply reply = new CommandReply(edge, event, commandId, made);
        return switch (find(request, commandId)) {
            case StreamFinder.Found.Nowhere(Rule rule) -> throw reply.refused(rule);
            case StreamFinder.Found.At(StreamId stream) -> {
                Instant at = edge.clock().instant().truncatedTo(ChronoUnit.MILLIS);
                CommandEnvelope envelope = new CommandEnvelope(
                                stream,
                                CommandId.http(commandId),
                                RequestHash.of(slice, event.pathValues(), body),
                                expected,
                                event.actor(),
                                commandId,
                                null,
                                at)
                        .under(event.header("traceparent"));
                CommandContext context = new CommandContext(stream, commandId, event.actor(), event.scopes(), at);
                yield reply.of(Measured.noted(handler.handle(envelope, () -> gatekeeper.gate(request, context))));
            }
        };
    }

    /** A view may lag behind, so a missing stream is looked up again. */
    private StreamFinder.Found find(R request, String key) {
        for (int looks = 1; ; looks++) {
            StreamFinder.Found found = finder.find(request, key);
            if (found instanceof StreamFinder.Found.At || looks == MOST_LOOKS) {
                return found;
            }
            edge.backoff().backOff(looks, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
    }

    private static void checkNoQuery(HttpEvent event) {
        List<Problem.Flaw> flaws = event.query().keySet().stream()
                .map(name -> new Problem.Flaw(
                        "query", StrictJson.shortened(name), "is not known; a command has no parameters"))
                .toList();
        if (!flaws.isEmpty()) {
            throw Problem.malformed(flaws);
        }
    }

    private static byte[] content(HttpEvent event) {
        try {
            return event.content();
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", "", "is not valid base64");
        }
    }
}
