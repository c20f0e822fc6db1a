package dev.storyline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.Test;

/** Tests a case that Axon's suite does not cover: an append with the marker of an aggregate without events. */
class StorylineStorageEngineTest {
    private final EventCriteria order = EventCriteria.havingTags("Order", "o-1");
    private final StorylineStorageEngine engine =
            new StorylineStorageEngine(TestEventStore.empty(), new DelegatingEventConverter(new JacksonConverter()));

    @Test
    void an_aggregate_sourced_without_events_begins_at_its_first_version() {
        ConsistencyMarker nothing = source().getLast().orElseThrow();
        ConsistencyMarker one = append(nothing, 1);
        assertThat(source()).hasSize(2).last().isEqualTo(Optional.of(one));
        append(one, 2);
        assertThat(source()).hasSize(4);
    }

    @Test
    void what_others_appended_to_an_aggregate_sourced_without_events_is_a_conflict() {
        ConsistencyMarker nothing = source().getLast().orElseThrow();
        append(ConsistencyMarker.ORIGIN, 2);
        assertThatThrownBy(() -> append(nothing, 1))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AppendEventsTransactionRejectedException.class);
        assertThat(source()).hasSize(3);
    }

    private ConsistencyMarker append(ConsistencyMarker seen, int events) {
        List<TaggedEventMessage<?>> tagged = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            EventMessage event = new GenericEventMessage(new MessageType("placed"), "event-" + i);
            tagged.add(new GenericTaggedEventMessage<>(event, Set.of(new Tag("Order", "o-1"))));
        }
        StorylineStorageEngine.Transaction transaction = (StorylineStorageEngine.Transaction)
                engine.appendEvents(AppendCondition.withCriteria(order).withMarker(seen), null, tagged)
                        .join();
        return transaction.commit(null).join();
    }

    /** Returns the markers of the sourced entries: none for an event, and one at the end. */
    private List<Optional<ConsistencyMarker>> source() {
        List<Optional<ConsistencyMarker>> markers = new ArrayList<>();
        MessageStream<EventMessage> stream = engine.source(SourcingCondition.conditionFor(order), null);
        stream.reduce(markers, (all, entry) -> {
                    all.add(Optional.ofNullable(entry.getResource(ConsistencyMarker.RESOURCE_KEY)));
                    return all;
                })
                .join();
        return markers;
    }
}
