package dev.storyline.conformance;

import dev.storyline.conformance.StorylineStorageEngine.NoGlobalSequence;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.AggregateBasedStorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs Axon Framework's own tests for aggregate-based storage engines against the event store on DynamoDB Local. Axon's
 * other suite does not apply: it tests another kind of store, with conditional appends over tags of all events.
 */
class AxonStorageEngineTest extends AggregateBasedStorageEngineTestSuite<StorylineStorageEngine> {
    private static final String TOKENS = "a tracking token is a place in one sequence of all events";

    @RegisterExtension
    static final Scoreboard SCOREBOARD = new Scoreboard(
            "axon-eventsourcing",
            AggregateBasedStorageEngineTestSuite.class,
            NoGlobalSequence.class,
            Map.of(
                    "streamingFromStartReturnsSelectedMessages",
                    "reads the events of all streams in one order, with their numbers in it",
                    "streamingFromSpecificPositionSkipsMessages",
                    "reads on from a number in the one order of all events",
                    "streamingAfterLastPositionReturnsEmptyStream",
                    "reads on from a number after the last in the one order of all events",
                    "firstTokenShouldReturnNonNullForEmptyStore",
                    TOKENS,
                    "latestTokenShouldReturnNonNullForEmptyStore",
                    TOKENS,
                    "firstTokenAndLatestTokenShouldBeEqualForEmptyStore",
                    TOKENS,
                    "tokenAtShouldReturnNonNullForEmptyStore",
                    TOKENS));

    @Override
    protected StorylineStorageEngine buildStorageEngine() {
        return new StorylineStorageEngine(TestEventStore.empty(), converter);
    }

    /** This engine has no transactions with participants: a commit is one call. */
    @Override
    protected @Nullable ProcessingContext processingContext() {
        return null;
    }

    @Override
    protected long globalSequenceOfEvent(long position) {
        throw new NoGlobalSequence();
    }

    @Override
    protected TrackingToken trackingTokenAt(long position) {
        throw new NoGlobalSequence();
    }

    @Override
    protected EventMessage convertPayload(EventMessage original) {
        return original.withConvertedPayload(String.class, converter);
    }
}
