package dev.storyline.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.EventStore.AppendResult;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AggregateBasedConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.AggregateBasedEventStorageEngineUtils;
import org.axonframework.eventsourcing.eventstore.AggregateSequenceNumberPosition;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TooManyTagsOnEventMessageException;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.LegacyResources;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Axon's aggregate-based storage engine on this event store. An aggregate is a stream. An append is one commit for each
 * aggregate, all or nothing. Axon counts an aggregate's events from 0, and a stream counts from 1. An event without a
 * tag belongs to no aggregate and gets its own stream.
 *
 * <p>Axon's marker is 0 for an aggregate without events and also for an aggregate with one event. An append with marker
 * 0 therefore reads the stream to distinguish them. This has a limit: if another client's first commit has one event
 * and arrives between the sourcing of an empty aggregate and the append, the append does not notice it, because such a
 * marker cannot distinguish the two cases. The command handler of this repository has no markers.
 */
final class StorylineStorageEngine implements EventStorageEngine {
    private static final JsonMapper JSON = new JsonMapper();

    private final EventStore store;
    private final EventConverter converter;

    StorylineStorageEngine(EventStore store, EventConverter converter) {
        this.store = store;
        this.converter = converter;
    }

    /** An Axon event as the data of a stored event. The payload is the converter's output as text. */
    private record Data(
            String id,
            String version,
            String at,
            @Nullable String aggregateType,
            Map<String, String> metadata,
            String payload) {}

    private record Sourced(EventMessage message, Context context) {}

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        try {
            AggregateBasedEventStorageEngineUtils.assertValidTags(events);
        } catch (TooManyTagsOnEventMessageException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.completedFuture(
                events.isEmpty()
                        ? EmptyAppendTransaction.INSTANCE
                        : new Transaction(AggregateBasedConsistencyMarker.from(condition), events));
    }

    final class Transaction implements AppendTransaction<ConsistencyMarker> {
        private final AggregateBasedConsistencyMarker seen;
        private final List<TaggedEventMessage<?>> events;
        private final AtomicBoolean finished = new AtomicBoolean();

        Transaction(AggregateBasedConsistencyMarker seen, List<TaggedEventMessage<?>> events) {
            this.seen = seen;
            this.events = events;
        }

        @Override
        public CompletableFuture<ConsistencyMarker> commit(@Nullable ProcessingContext context) {
            if (finished.getAndSet(true)) {
                return CompletableFuture.failedFuture(new IllegalStateException("Committed or rolled back before"));
            }
            EventMessage first = events.getFirst().event();
            Map<String, List<StoredEvent>> aggregates = new LinkedHashMap<>();
            List<Commit> commits = new ArrayList<>();
            for (TaggedEventMessage<?> event : events) {
                if (event.tags().isEmpty()) {
                    StreamId own = new StreamId("untagged", event.event().identifier());
                    commits.add(commitOf(own, 1, first, List.of(stored(event.event(), null))));
                } else {
                    Tag tag = event.tags().iterator().next();
                    aggregates
                            .computeIfAbsent(tag.value(), id -> new ArrayList<>())
                            .add(stored(event.event(), tag.key()));
                }
            }
            ConsistencyMarker after = seen;
            for (Map.Entry<String, List<StoredEvent>> aggregate : aggregates.entrySet()) {
                String id = aggregate.getKey();
                Commit commit = commitOf(stream(id), head(id) + 1, first, aggregate.getValue());
                commits.add(commit);
                after = after.upperBound(new AggregateBasedConsistencyMarker(id, commit.last() - 1));
            }
            AppendResult appended =
                    commits.size() == 1 ? store.append(commits.getFirst()) : store.appendAll(commits, List.of());
            return switch (appended) {
                case AppendResult.Appended() -> CompletableFuture.completedFuture(after);
                case AppendResult.Conflict(Commit inTheWay)
                when inTheWay != null && inTheWay.id().equals(first.identifier()) ->
                    CompletableFuture.completedFuture(after);
                case AppendResult.Conflict _ ->
                    CompletableFuture.failedFuture(
                            AppendEventsTransactionRejectedException.conflictingEventsDetected(seen));
            };
        }

        /**
         * Returns the version of the last event that the marker has seen of an aggregate; 0 for none. It is always the
         * last event of a commit.
         */
        private long head(String id) {
            long next = seen.createSequencer().incrementAndGetSequenceOf(id);
            return next == 1 && store.read(stream(id), 0, 1, commit -> {}) != 1 ? 0 : next;
        }

        @Override
        public void rollback(@Nullable ProcessingContext context) {
            finished.set(true);
        }

        @Override
        public CompletableFuture<ConsistencyMarker> afterCommit(
                ConsistencyMarker after, @Nullable ProcessingContext context) {
            return CompletableFuture.completedFuture(after);
        }
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        long start = AggregateSequenceNumberPosition.toSequenceNumber(condition.start());
        Set<String> ids = condition.criteria().flatten().stream()
                .flatMap(criterion -> criterion.tags().stream())
                .map(Tag::value)
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            throw new NoGlobalSequence();
        }
        List<Sourced> sourced = new ArrayList<>();
        ConsistencyMarker marker = ConsistencyMarker.ORIGIN;
        for (String id : ids) {
            // A read starts at a commit's first event, but a position may be in the middle of a commit.
            long head = store.read(stream(id), 0, Long.MAX_VALUE, commit -> {
                for (int i = 0; i < commit.events().size(); i++) {
                    Sourced event = sourced(
                            id, commit.version() - 1 + i, commit.events().get(i));
                    Tag tag = new Tag(event.context().getResource(LegacyResources.AGGREGATE_TYPE_KEY), id);
                    if (commit.version() - 1 + i >= start
                            && condition.matches(event.message().type().qualifiedName(), Set.of(tag))) {
                        sourced.add(event);
                    }
                }
            });
            marker = marker.upperBound(new AggregateBasedConsistencyMarker(id, Math.max(0, head - 1)));
        }
        sourced.add(new Sourced(TerminalEventMessage.INSTANCE, Context.with(ConsistencyMarker.RESOURCE_KEY, marker)));
        return MessageStream.fromStream(sourced.stream(), Sourced::message, Sourced::context);
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        throw new NoGlobalSequence();
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        throw new NoGlobalSequence();
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        throw new NoGlobalSequence();
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        throw new NoGlobalSequence();
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("store", store);
    }

    private static StreamId stream(String aggregate) {
        return new StreamId("aggregate", aggregate);
    }

    private static Commit commitOf(StreamId stream, long version, EventMessage first, List<StoredEvent> events) {
        CommitMetadata meta = new CommitMetadata("axon", first.identifier(), null, null, null);
        return new Commit(stream, version, first.identifier(), first.timestamp(), events, meta);
    }

    private StoredEvent stored(EventMessage event, @Nullable String aggregateType) {
        byte[] payload = event.payloadAs(byte[].class, converter);
        Data data = new Data(
                event.identifier(),
                event.type().version(),
                event.timestamp().toString(),
                aggregateType,
                event.metadata(),
                new String(payload, StandardCharsets.UTF_8));
        try {
            return new StoredEvent(event.type().name(), 1, false, JSON.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sourced sourced(String id, long sequence, StoredEvent event) {
        Data data;
        try {
            data = JSON.readValue(event.data(), Data.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        EventMessage message = new GenericEventMessage(
                data.id(),
                new MessageType(event.type(), data.version()),
                data.payload().getBytes(StandardCharsets.UTF_8),
                data.metadata(),
                Instant.parse(data.at()));
        return new Sourced(
                message,
                Context.with(LegacyResources.AGGREGATE_IDENTIFIER_KEY, id)
                        .withResource(LegacyResources.AGGREGATE_SEQUENCE_NUMBER_KEY, sequence)
                        .withResource(LegacyResources.AGGREGATE_TYPE_KEY, data.aggregateType()));
    }

    /** Reports that the requested operation needs one order over the events of all streams. */
    static final class NoGlobalSequence extends UnsupportedOperationException {
        private static final long serialVersionUID = 1L;

        NoGlobalSequence() {
            super("Order is kept within a stream; there is none over all of them");
        }
    }
}
