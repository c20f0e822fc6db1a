package dev.storyline.local.history;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.operator.Installation;
import dev.storyline.local.operator.StreamName;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The event tables of an installation, one for each context. They are read only. */
public final class EventTables {
    private final DynamoDbClient dynamo;
    private final NavigableMap<String, String> tables;
    private final ObjectStore archive;

    /**
     * The tables of some contexts.
     *
     * @param tables the name of the event table of each context
     */
    public EventTables(DynamoDbClient dynamo, Map<String, String> tables) {
        this(dynamo, tables, ObjectStore.NONE);
    }

    private EventTables(DynamoDbClient dynamo, Map<String, String> tables, ObjectStore archive) {
        this.dynamo = dynamo;
        this.tables = new TreeMap<>(tables);
        this.archive = archive;
    }

    /** The tables of an installation. */
    public static EventTables of(Installation installation) {
        Map<String, String> tables = new TreeMap<>();
        for (String context : installation.contexts()) {
            tables.put(context, installation.eventTable(context));
        }
        return new EventTables(installation.dynamo(), tables, installation.objects());
    }

    /** The contexts, in alphabetical order. */
    Set<String> contexts() {
        return tables.navigableKeySet();
    }

    DynamoDbEventStore events(String context) {
        return new DynamoDbEventStore(dynamo, table(context), archive);
    }

    EventScan scan(String context) {
        return new EventScan(dynamo, table(context));
    }

    private String table(String context) {
        String table = tables.get(context);
        if (table == null) {
            throw new LocalCloudException(
                    "There is no context '" + context + "'. There are: " + String.join(", ", tables.keySet()) + ".");
        }
        return table;
    }

    /** The commit that holds an event; null if nothing knows of it. */
    @Nullable
    Commit commitOf(StreamName stream, long version) {
        return tables.containsKey(stream.context())
                ? events(stream.context()).commitOf(stream.stream(), version)
                : null;
    }
}
