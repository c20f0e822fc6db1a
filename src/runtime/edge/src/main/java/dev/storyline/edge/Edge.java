package dev.storyline.edge;

import dev.storyline.common.Backoff;
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
 * What a function gets from where it runs: on Lambda from the environment of the process, in the local cloud from its
 * template.
 *
 * @param settings the function's own settings
 * @param dynamo the client for its tables
 * @param outgoing how it reaches out to others
 * @param clock the time
 * @param pace how it waits
 */
public record Edge(Settings settings, DynamoDbClient dynamo, OutboundCalls outgoing, Clock clock, Backoff pace) {
    /** An edge of a function that reaches out to nobody. */
    public Edge(Settings settings, DynamoDbClient dynamo) {
        this(settings, dynamo, OutboundCalls.NONE, Clock.systemUTC(), Backoff.REAL);
    }

    /** The slice's name with its context's, {@code wishes/make-wish}, from the setting {@code SLICE}. */
    public String slice() {
        return settings.require("SLICE");
    }

    /** The context's events, in the table that the setting {@code EVENT_TABLE} names. */
    public EventStore events() {
        return new DynamoDbEventStore(dynamo, settings.require("EVENT_TABLE"));
    }

    /** Reads the whole table of the context's events. */
    public EventScan scan() {
        return new EventScan(dynamo, settings.require("EVENT_TABLE"));
    }

    /** A command handler over the context's events. */
    public <C, S, E> CommandHandler<C, S, E> handler(Language language, Decider<C, S, E> decider) {
        return CommandHandler.of(events(), language, decider).with(pace);
    }

    /** A handler of commands that are decided from several of the context's streams, and recorded in them atomically. */
    public <C, S, E, T, F> CommandHandler<C, S, E> handler(Language language, AtomicDecider<C, S, E, T, F> decider) {
        return CommandHandler.of(events(), language, decider).with(pace);
    }

    /** The context's streams as this slice folds them: for a gatekeeper that asks another stream than its command's. */
    public <S, E> StreamFold<S, E> fold(Language language, Fold<S, E> fold) {
        return StreamFold.of(events(), language, fold);
    }

    /**
     * A view, in the table that a setting names.
     *
     * @param setting {@code VIEW_TABLE} for the slice's own, else the one that its template imports
     * @param projection the declared name of the projection that writes it
     */
    public ViewTable view(String setting, String projection) {
        return ViewTable.of(dynamo, settings.require(setting), projection);
    }
}
