package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.FoldedViews;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.View;
import dev.storyline.projections.ViewTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a query: GET -> query handler -> 200 with the answer, or 404 if there is none.
 *
 * <p>{@code atLeast=<stream>@<version>} waits until the view has reached a write, 2 seconds at most, and then answers
 * 503 {@code view-behind}; a version that the stream does not have is 422 {@code no-such-version} at once. If the view
 * belongs to one stream, {@code consistency=strong} folds the stream itself. A list has {@code limit}, and ends where
 * an answer would become larger than Lambda returns.
 *
 * @param <Q> the query: its components come from the path and the query string
 */
public final class QueryEndpoint<Q extends Record> {
    /** The most rows of a page of a list, also without {@code limit}: so the longest list answers as fast as any. */
    public static final int MOST_ROWS = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final int MOST_LOOKS = 200;
    private static final String AT_LEAST = "atLeast";
    private static final String CONSISTENCY = "consistency";
    private static final String LIMIT = "limit";

    private final Measured measured;
    private final String slice;
    private final Backoff backoff;
    private final RequestReader<Q> reader;
    private final boolean lists;
    private final Supplier<EventStore> events;
    private final @Nullable ViewTable view;
    private final Handler<Q> handler;
    private final Details<Q> details;

    /** Answers a query from a view, a page at a time. */
    private interface Handler<Q> {
        @Nullable
        Object answer(Q query, View view, PageSize size, RankedPage page);
    }

    /** Answers a query with a page of a list that it orders itself. */
    @FunctionalInterface
    public interface RankingHandler<Q> {
        /** The page, or null if there is nothing. */
        @Nullable
        Object answer(Q query, View view, RankedPage page);
    }

    /** Finds the stream of the one entity that a query is about, or null if the view does not have it. */
    @FunctionalInterface
    public interface EntityFinder<Q> {
        /** The stream, perhaps by a look at the view. */
        @Nullable
        StreamId find(Q query, View view);
    }

    /** What differs between queries. */
    private record Details<Q>(
            @Nullable Function<Q, View> strong,
            @Nullable OwnershipCheck<Q> own,
            @Nullable EntityFinder<Q> entity,
            @Nullable Function<Q, StreamId> within,
            @Nullable OwnerCheck<Q> owner) {}

    private QueryEndpoint(Edge edge, Class<Q> query, @Nullable ViewTable view, Handler<Q> handler, Details<Q> details) {
        this(
                new Measured(edge),
                edge.slice(),
                edge.backoff(),
                new RequestReader<>(query),
                edge::events,
                view,
                handler,
                details);
    }

    private QueryEndpoint(
            Measured measured,
            String slice,
            Backoff backoff,
            RequestReader<Q> reader,
            Supplier<EventStore> events,
            @Nullable ViewTable view,
            Handler<Q> handler,
            Details<Q> details) {
        this.measured = measured;
        this.slice = slice;
        this.backoff = backoff;
        this.reader = reader;
        this.lists = reader.reads(FieldBounds.AFTER);
        this.events = events;
        this.view = view;
        this.handler = handler;
        this.details = details;
    }

    /** An endpoint that reads a view. The handler answers null if there is nothing. */
    public static <Q extends Record> QueryEndpoint<Q> of(
            Edge edge, Class<Q> query, ViewTable view, BiFunction<Q, View, @Nullable Object> handler) {
        return new QueryEndpoint<>(
                edge,
                query,
                view,
                (q, rows, size, page) -> handler.apply(q, rows),
                new Details<>(null, null, null, null, null));
    }

    /**
     * An endpoint that reads a view and puts what it finds in an order of its own, such as the best first. Its handler
     * reads with page sizes of its own.
     */
    public static <Q extends Record> QueryEndpoint<Q> ranked(
            Edge edge, Class<Q> query, ViewTable view, RankingHandler<Q> handler) {
        return new QueryEndpoint<>(
                edge,
                query,
                view,
                (q, rows, size, page) -> handler.answer(q, rows, page),
                new Details<>(null, null, null, null, null));
    }

    /**
     * An endpoint that reads the event table itself, which is never stale. The handler answers null if there is
     * nothing.
     *
     * @param handler gets the query and the size of a page
     */
    public static <Q extends Record> QueryEndpoint<Q> ofEvents(
            Edge edge, Class<Q> query, BiFunction<Q, PageSize, @Nullable Object> handler) {
        return new QueryEndpoint<>(
                edge,
                query,
                null,
                (q, none, size, page) -> handler.apply(q, size),
                new Details<>(null, null, null, null, null));
    }

    private QueryEndpoint<Q> with(Details<Q> others) {
        return new QueryEndpoint<>(measured, slice, backoff, reader, events, view, handler, others);
    }

    /** The same endpoint for a view of one stream, which can be folded from its events. */
    public <S, E> QueryEndpoint<Q> folding(
            EventStore store, Language language, Projection<S, E> projection, Function<Q, StreamId> stream) {
        FoldedViews<S, E> folded = new FoldedViews<>(store, language, projection);
        return with(new Details<>(
                q -> folded.of(stream.apply(q)), details.own(), details.entity(), details.within(), details.owner()));
    }

    /**
     * The same endpoint for people who see only their own data: a query whose token has another subject than this id is
     * answered 403 {@code not-yours}, whether there is data or not. The same goes for waiting for a stream with another
     * id.
     *
     * @param id the id of the person that a query is about
     * @param actors the actors who see all data: a token with the scope of one of them is not compared
     */
    public QueryEndpoint<Q> own(Function<Q, ? extends Id> id, String... actors) {
        return with(new Details<>(
                details.strong(),
                OwnershipCheck.of(slice, id, actors),
                details.entity(),
                details.within(),
                details.owner()));
    }

    /**
     * The same endpoint for people who see only what is theirs, where the view tells whose it is: what belongs to
     * somebody else is answered 404, as if it did not exist. Such people may wait for no other stream than that of the
     * query.
     *
     * @param stream the stream that a query is about
     * @param owner the id of the person to whom it belongs; null if there is nothing
     * @param actors the actors who see all data
     */
    public QueryEndpoint<Q> owned(
            Function<Q, StreamId> stream, BiFunction<Q, View, @Nullable Id> owner, String... actors) {
        return with(new Details<>(
                details.strong(),
                details.own(),
                details.entity(),
                details.within(),
                new OwnerCheck<>(slice, stream, owner, List.of(actors))));
    }

    /**
     * The same endpoint for a query of one entity: the answer shows the rows of this stream alone and has its version
     * as {@code ETag}, so that the {@code If-Match} of a command can start from it.
     */
    public QueryEndpoint<Q> entity(Function<Q, StreamId> stream) {
        return entity((query, rows) -> stream.apply(query));
    }

    /** The same endpoint for a query of one entity whose stream is looked up in the view. */
    public QueryEndpoint<Q> entity(EntityFinder<Q> finder) {
        return with(new Details<>(details.strong(), details.own(), finder, details.within(), details.owner()));
    }

    /**
     * The same endpoint for a list of what belongs to one entity: without rows, the entity's stream is looked up, and a
     * stream without events is answered 404.
     */
    public QueryEndpoint<Q> within(Function<Q, StreamId> stream) {
        return with(new Details<>(details.strong(), details.own(), details.entity(), stream, details.owner()));
    }

    /** Answers one query. */
    public HttpReply handle(HttpEvent event) {
        return measured.invocation(() -> Measured.query(() -> answer(event)));
    }

    private HttpReply answer(HttpEvent event) {
        return HttpErrors.answer(slice, event, () -> {
            String doubled = event.doubled();
            if (doubled != null) {
                throw Problem.malformed("query", StrictJson.shortened(doubled), "is given twice");
            }
            Map<String, String> parameters = new HashMap<>(event.query());
            String atLeast = parameters.remove(AT_LEAST);
            String consistency = parameters.remove(CONSISTENCY);
            String limit = lists ? parameters.remove(LIMIT) : null;
            String cursors = cursors(event.pathValues(), parameters);
            ObjectNode fields = StrictJson.query(parameters);
            Q query = reader.read(event.pathValues(), "query", fields, known());
            OwnershipCheck.check(details.own(), query, event);
            MinimumVersion written = atLeast == null ? null : MinimumVersion.parse(atLeast);
            // The position of a stream tells about the stream, so people may only wait for their own.
            if (details.own() != null
                    && written != null
                    && !details.own().lets(event, written.stream().id())) {
                throw Problem.notYours(event.actor());
            }
            int rows = limit == null ? Integer.MAX_VALUE : rows(limit);
            OwnerCheck<Q> owner = details.owner();
            if (owner != null && written != null && !owner.mayWait(event, query, written.stream())) {
                throw Problem.notYours(event.actor());
            }
            View source = source(query, written, consistency);
            if (owner != null && !owner.lets(event, query, source)) {
                throw unknown(event);
            }
            return answer(event, query, source, cursors, rows);
        });
    }

    /** The parameters of every query, beside those of its own. */
    private List<String> known() {
        List<String> known = new ArrayList<>(List.of(AT_LEAST, CONSISTENCY));
        if (lists) {
            known.add(LIMIT);
        }
        return known;
    }

    private static int rows(String limit) {
        int rows = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
        if (rows < 1 || rows > MOST_ROWS) {
            throw Problem.malformed("query", LIMIT, "must be a whole number from 1 to " + MOST_ROWS);
        }
        return rows;
    }

    /** Pages are measured as they are read, and the answer once more as a whole: what is too large is read in halves. */
    private HttpReply answer(HttpEvent event, Q query, View source, String cursors, int rows) {
        EntityFinder<Q> entity = details.entity();
        StreamId stream = entity == null ? null : entity.find(query, source);
        View one = stream == null ? source : source.entity(stream);
        long version = stream == null ? 0 : one.head(stream).position();
        if (entity != null && version == 0) {
            throw unknown(event);
        }
        String after = event.query().get(FieldBounds.AFTER);
        RankedPage page = new RankedPage(
                rows, after == null ? null : Cursor.position(cursors, after), position -> Cursor.of(cursors, position));
        // Without pages, an answer has all rows: a client could not ask for the others.
        int most = lists ? Math.min(rows, MOST_ROWS) : rows;
        for (long bytes = PageSize.LARGEST.bytes(); bytes > 0; bytes /= 2) {
            PageSize size = new PageSize(most, bytes);
            PagedView paged = new PagedView(new CursorView(one, cursors), size);
            Object answer = handler.answer(query, paged, size, page);
            if (answer == null || isUnknown(query, paged)) {
                throw unknown(event);
            }
            HttpReply reply = HttpReply.json(200, answer);
            if (reply.isReturnable()) {
                return version == 0 ? reply : reply.with("etag", CommandHeaders.tag(version));
            }
        }
        throw new IllegalStateException("An answer with one row is larger than a function can return");
    }

    /** Whether there are no rows, and nothing that they could belong to. */
    private boolean isUnknown(Q query, PagedView paged) {
        Function<Q, StreamId> within = details.within();
        return within != null && !paged.showed() && events.get().head(within.apply(query)) == 0;
    }

    private static Problem unknown(HttpEvent event) {
        return Problem.unknown("There is nothing to see at " + event.path()
                + ": it does not exist, or the view has not heard of it yet.");
    }

    /**
     * Checks the cursor of the request. An empty one is the beginning.
     *
     * @return the query as its cursors know it: the same one from any position
     */
    private String cursors(Map<String, String> path, Map<String, String> parameters) {
        Map<String, String> same = new TreeMap<>(parameters);
        same.remove(FieldBounds.AFTER);
        String cursors = slice + new TreeMap<>(path) + same;
        String after = parameters.get(FieldBounds.AFTER);
        if (view != null && after != null && lists) {
            if (after.isEmpty()) {
                parameters.remove(FieldBounds.AFTER);
            } else if (Cursor.position(cursors, after) == null) {
                throw Problem.malformed("query", FieldBounds.AFTER, "must be the 'next' of an answer to this query");
            }
        }
        return cursors;
    }

    private View source(Q query, @Nullable MinimumVersion written, @Nullable String consistency) {
        if (consistency != null && !consistency.equals("strong") && !consistency.equals("eventual")) {
            throw Problem.malformed("query", CONSISTENCY, "must be strong or eventual");
        }
        boolean strongly = "strong".equals(consistency);
        if (view == null || (strongly && details.strong() != null)) {
            View folded = view == null || details.strong() == null
                    ? new EventsView(events.get())
                    : details.strong().apply(query);
            if (written != null) {
                checkHead(written);
            }
            return folded;
        }
        if (strongly) {
            throw Problem.malformed(
                    "query", CONSISTENCY, "cannot be strong here: this view gathers many streams; use atLeast");
        }
        return written == null ? view.now() : await(view.consistent(), written);
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

    /** @throws Problem if the stream does not have the version */
    private void checkHead(MinimumVersion written) {
        long head = events.get().head(written.stream());
        if (head < written.version()) {
            throw Problem.noSuchVersion(written.stream().toString(), written.version(), head);
        }
    }

    /** The view after it has reached the write. The stream is read once, if the view is behind at the first look. */
    private View await(ViewTable consistent, MinimumVersion written) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (int tries = 1; ; tries++) {
            View now = consistent.now();
            StreamPosition head = now.head(written.stream());
            if (head.position() >= written.version()) {
                return now;
            }
            if (tries == 1) {
                checkHead(written);
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
}
