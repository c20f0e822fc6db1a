package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Tills.Till;
import dev.storyline.projections.Tills.Till.Cleared;
import dev.storyline.projections.Tills.Till.Sold;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A handler without state stores its positions in the format of a handler whose state is an empty record. */
class StatelessEventHandlerTest {
    /** Thanks for each sale. */
    private static final class Thanks implements StatelessEventHandler<Till> {
        @Override
        public String name() {
            return "thanks";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public List<Effect> effects(Recorded<Till> event) {
            return thanks(event);
        }
    }

    /** The same handler, with an empty state of its own. */
    private static final class ThanksWithEmptyState implements EventHandler<ThanksWithEmptyState.Nothing, Till> {
        record Nothing() {}

        @Override
        public String name() {
            return "thanks";
        }

        @Override
        public Class<Till> folds() {
            return Till.class;
        }

        @Override
        public Nothing initialState() {
            return new Nothing();
        }

        @Override
        public Reaction<Nothing> on(Nothing nothing, Recorded<Till> event) {
            return new Reaction<>(nothing, thanks(event));
        }
    }

    private static List<Effect> thanks(Recorded<Till> event) {
        return switch (event.event()) {
            case Sold sold -> List.of(new Effect.Publish("thank", sold));
            case Cleared _ -> List.of();
        };
    }

    private final DynamoDbClient client = Tills.client(new ExecutionInterceptor() {});
    private final EventStore store = new DynamoDbEventStore(client, Tills.eventTable());
    private final List<String> keys = new ArrayList<>();
    private final StreamId stream = new StreamId("till", "one");

    private void feed(EventHandler<?, Till> handler, String table, long version, Record event) {
        ViewTable positions = ViewTable.of(client, table, "thanks");
        positions.recordActivation(Instant.EPOCH);
        EventCodec codec = new EventCodec(Tills.LANGUAGE);
        Commit commit = new Commit(
                stream,
                version,
                "command-" + version,
                Instant.EPOCH,
                List.of(codec.encode(event)),
                new CommitMetadata("tester", "conversation", null, null, null));
        EventHandlerEngine engine = EventHandlerEngine.of(
                store,
                Tills.LANGUAGE,
                handler,
                positions,
                (key, effect, cause) -> {
                    keys.add(key);
                    return null;
                },
                Clock.systemUTC(),
                Backoff.REAL,
                ParallelTasks.REAL);
        assertThat(engine.apply(List.of(new FeedRecord.Inserted(commit.id(), commit))))
                .isEmpty();
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return client.scan(request -> request.tableName(table)).items();
    }

    @Test
    void the_items_of_a_handler_without_state_equal_those_of_a_handler_with_an_empty_state() {
        String without = Tills.table();
        String with = Tills.table();
        feed(new Thanks(), without, 1, new Sold("tea", 1));
        feed(new ThanksWithEmptyState(), with, 1, new Sold("tea", 1));
        assertThat(items(without)).containsExactlyInAnyOrderElementsOf(items(with));
        assertThat(items(without))
                .filteredOn(item -> item.containsKey("pos"))
                .singleElement()
                .satisfies(
                        item -> assertThat(item).containsEntry("pos", AttributeValue.fromN("1")),
                        item -> assertThat(item).containsEntry("state", AttributeValue.fromS("{}")));
    }

    @Test
    void a_handler_without_state_continues_at_the_position_that_a_handler_with_an_empty_state_stored() {
        String table = Tills.table();
        feed(new ThanksWithEmptyState(), table, 1, new Sold("tea", 1));
        feed(new Thanks(), table, 1, new Sold("tea", 1));
        feed(new Thanks(), table, 2, new Sold("cup", 1));
        assertThat(keys).containsExactly("tills/thanks/till#one@1/thank", "tills/thanks/till#one@2/thank");
    }
}
