package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.FoldedView;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import dev.storyline.projections.ViewTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a query: GET -> query handler -> 200 with the answer, or 404 if there is none.
 *
 * <p>If the query reads a view, {@code atLeast=<stream>@<version>} waits until the view has reached a write, 2 seconds
 * at most, and then answers 503 {@code view-behind}. If the view belongs to one stream, {@code consistency=strong}
 * folds the stream itself.
 *
 * @param <Q> the query: its components come from the path and the query string
 */
public final class QueryEndpoint<Q extends Record> {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final int MOST_LOOKS = 200;
    private static final String AT_LEAST = "atLeast";
    private static final String CONSISTENCY = "consistency";

    private final String slice;
    private final Backoff backoff;
    private final RequestReader<Q> reader;
    private final @Nullable ViewTable view;
    private final BiFunction<Q, View, @Nullable Object> handler;
    private final @Nullable Function<Q, View> strong;
    private final @Nullable OwnershipCheck<Q> own;

    private QueryEndpoint(
            String slice,
            Backoff backoff,
            RequestReader<Q> reader,
            @Nullable ViewTable view,
            BiFunction<Q, View, @Nullable Object> handler,
            @Nullable Function<Q, View> strong,
            @Nullable OwnershipCheck<Q> own) {
        this.slice = slice;
        this.backoff = backoff;
        this.reader = reader;
        this.view = view;
        this.handler = handler;
        this.strong = strong;
        this.own = own;
    }

    /** An endpoint that reads a view. The handler answers null if there is nothing. */
    public static <Q extends Record> QueryEndpoint<Q> of(
            Edge edge, Class<Q> query, ViewTable view, BiFunction<Q, View, @Nullable Object> handler) {
        return new QueryEndpoint<>(edge.slice(), edge.backoff(), new RequestReader<>(query), view, handler, null, null);
    }

    /**
     * An endpoint that reads the event table itself, which is never stale. The handler answers null if there is
     * nothing.
     */
    public static <Q extends Record> QueryEndpoint<Q> ofEvents(
            Edge edge, Class<Q> query, Function<Q, @Nullable Object> handler) {
        return new QueryEndpoint<>(
                edge.slice(),
                edge.backoff(),
                new RequestReader<>(query),
                null,
                (q, none) -> handler.apply(q),
                null,
                null);
    }

    /** The same endpoint for a view of one stream, which can be folded from its events. */
    public <S, E> QueryEndpoint<Q> folding(
            EventStore store, Language language, Projection<S, E> projection, Function<Q, StreamId> stream) {
        return new QueryEndpoint<>(
                slice,
                backoff,
                reader,
                view,
                handler,
                q -> FoldedView.of(store, language, projection, stream.apply(q)),
                own);
    }

    /**
     * The same endpoint for people who see only their own data: a query whose token has another subject than this id is
     * answered 403 {@code not-yours}, whether there is data or not. The same goes for waiting for a stream with another
     * id.
     *
     * @param id the person that a query is about
     * @param actors the actors who see all data: a token with the scope of one of them is not compared
     */
    public QueryEndpoint<Q> own(Function<Q, ? extends Id> id, String... actors) {
        return new QueryEndpoint<>(slice, backoff, reader, view, handler, strong, OwnershipCheck.of(slice, id, actors));
    }

    /** Answers one query. */
    public HttpReply handle(HttpEvent event) {
        return HttpErrors.answer(slice, event, () -> {
            Map<String, String> parameters = new HashMap<>(event.query());
            String atLeast = parameters.remove(AT_LEAST);
            String consistency = parameters.remove(CONSISTENCY);
            ObjectNode fields = StrictJson.query(parameters);
            Q query = reader.read(event.pathValues(), "query", fields);
            OwnershipCheck.check(own, query, event);
            MinimumVersion written = atLeast == null ? null : MinimumVersion.parse(atLeast);
            // The position of a stream tells about the stream, so people may only wait for their own.
            if (own != null
                    && written != null
                    && !own.lets(event, written.stream().id())) {
                throw Problem.notYours(event.actor());
            }
            Object answer = handler.apply(query, source(query, written, consistency));
            if (answer == null) {
                throw Problem.unknown("There is nothing to see at " + event.path()
                        + ": it does not exist, or the view has not heard of it yet.");
            }
            return HttpReply.json(200, answer);
        });
    }

    private View source(Q query, @Nullable MinimumVersion written, @Nullable String consistency) {
        if (consistency != null && !consistency.equals("strong") && !consistency.equals("eventual")) {
            throw Problem.malformed("query", CONSISTENCY, "must be strong or eventual");
        }
        if (view == null) {
            return NO_VIEW;
        }
        if ("strong".equals(consistency)) {
            if (strong == null) {
                throw Problem.malformed(
                        "query", CONSISTENCY, "cannot be strong here: this view gathers many streams; use atLeast");
            }
            return strong.apply(query);
        }
        if (written == null) {
            return view.now();
        }
        return await(view.consistent(), written);
    }

    /** A write that the client knows. */
    private record MinimumVersion(StreamId stream, long version) {
        static MinimumVersion parse(String text) {
            int at = text.lastIndexOf('@');
            try {
                long version = at < 0 ? 0 : Long.parseLong(text.substring(at + 1));
                if (version < 1) {
                    throw new NumberFormatException("a version counts from 1");
                }
                return new MinimumVersion(StreamId.parse(text.substring(0, at)), version);
            } catch (NumberFormatException | Id.InvalidId e) {
                throw Problem.malformed(
                        "query", AT_LEAST, "must be a stream and a version, like child%23simo@3 (with # as %23)");
            }
        }
    }

    /** The view after it has reached the write. */
    private View await(ViewTable consistent, MinimumVersion written) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (int tries = 1; ; tries++) {
            View now = consistent.now();
            StreamPosition head = now.head(written.stream());
            if (head.position() >= written.version()) {
                return now;
            }
            if (head.parked() != null) {
                throw Problem.parked(
                        written.stream().toString(),
                        head.parked().version(),
                        head.parked().reason());
            }
            if (tries == MOST_LOOKS || System.nanoTime() - deadline >= 0) {
                throw Problem.behind(written.stream().toString(), written.version(), head.position());
            }
            backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
    }

    private static final View NO_VIEW = new View() {
        @Override
        public StreamPosition head(StreamId stream) {
            throw new IllegalStateException("This query reads events and has no view");
        }

        @Override
        public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
            throw new IllegalStateException("This query reads events and has no view");
        }

        @Override
        public <R extends Record> RowPage<R> rows(String partition, String after, Class<R> type) {
            throw new IllegalStateException("This query reads events and has no view");
        }
    };
}
