package dev.storyline.edge;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Language;
import dev.storyline.projections.ViewTable;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Everything that a function gets from outside: on Lambda from the environment of the process, in the local cloud from
 * the template.
 *
 * @param settings the function's settings
 * @param dynamo the client for its tables
 * @param outgoing calls other functions, buses and ports
 * @param clock the time
 * @param backoff how it waits before it tries again
 * @param tasks how it runs independent tasks
 * @param metrics where it tells what it measured
 */
public record Edge(
        Settings settings,
        DynamoDbClient dynamo,
        OutboundCalls outgoing,
        Clock clock,
        Backoff backoff,
        ParallelTasks tasks,
        MetricLog metrics) {
    /** The edge of a function that tells nobody what it measured. */
    public Edge(
            Settings settings,
            DynamoDbClient dynamo,
            OutboundCalls outgoing,
            Clock clock,
            Backoff backoff,
            ParallelTasks tasks) {
        this(settings, dynamo, outgoing, clock, backoff, tasks, MetricLog.NOBODY);
    }

    /** The edge of a function that calls nobody, and tells nobody what it measured. */
    public Edge(Settings settings, DynamoDbClient dynamo) {
        this(settings, dynamo, OutboundCalls.NONE, Clock.systemUTC(), Backoff.REAL, ParallelTasks.REAL);
    }

    /** The same edge with another place to tell what was measured. */
    public Edge telling(MetricLog other) {
        return new Edge(settings, dynamo, outgoing, clock, backoff, tasks, other);
    }

    /** The slice's name with its context's, {@code wishes/make-wish}, from the setting {@code SLICE}. */
    public String slice() {
        return settings.require("SLICE");
    }

    /** The context's events, in the table of the setting {@code EVENT_TABLE}. */
    public EventStore events() {
        return new DynamoDbEventStore(dynamo, settings.require("EVENT_TABLE"), outgoing.objects());
    }

    /** Reads the whole table of the context's events. */
    public EventScan scan() {
        return new EventScan(dynamo, settings.require("EVENT_TABLE"), outgoing.objects());
    }

    /** Reads the table into which a drill has restored the context's events. */
    EventScan restored() {
        return new EventScan(dynamo, settings.require("EVENT_TABLE") + EventScan.RESTORED);
    }

    /** A command handler over the context's events. */
    public <C, S, E> CommandHandler<C, S, E> handler(Language language, Decider<C, S, E> decider) {
        return CommandHandler.of(events(), language, decider)
                .with(backoff, tasks)
                .with(clock);
    }

    /**
     * A command handler over the context's events, for commands that usually create their stream. It tries to append
     * the first commit before it loads anything, in one round trip.
     */
    public <C, S, E> CommandHandler<C, S, E> creating(Language language, Decider<C, S, E> decider) {
        return CommandHandler.creating(events(), language, decider)
                .with(backoff, tasks)
                .with(clock);
    }

    /** A handler of commands that are decided from several streams of the context and recorded atomically. */
    public <C, S, E, T, F> CommandHandler<C, S, E> handler(Language language, AtomicDecider<C, S, E, T, F> decider) {
        return CommandHandler.of(events(), language, decider)
                .with(backoff, tasks)
                .with(clock);
    }

    /** Folds streams of the context, for a gatekeeper that asks about another stream than its command's. */
    public <S, E> StreamFold<S, E> fold(Language language, Fold<S, E> fold) {
        return StreamFold.of(events(), language, fold);
    }

    /**
     * A view for gatekeepers and queries, in the table of a setting. It keeps the number of the served generation for a
     * moment; see {@link ViewTable#keeping}.
     *
     * @param setting {@code VIEW_TABLE} for the slice's own view, else the setting of an imported one
     * @param projection the declared name of the projection that writes the view
     */
    public ViewTable view(String setting, String projection) {
        return ViewTable.of(dynamo, settings.require(setting), projection).keeping(clock);
    }

    /** The view of the slice's own feed, in the table of the setting {@code VIEW_TABLE}. It keeps nothing. */
    ViewTable fed(String projection) {
        return ViewTable.of(dynamo, settings.require("VIEW_TABLE"), projection);
    }
}
