package dev.storyline.local.history;

import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import java.util.List;
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

    /**
     * The tables of some contexts.
     *
     * @param tables the name of the event table of each context
     */
    public EventTables(DynamoDbClient dynamo, Map<String, String> tables) {
        this.dynamo = dynamo;
        this.tables = new TreeMap<>(tables);
    }

    /** The contexts, in alphabetical order. */
    Set<String> contexts() {
        return tables.navigableKeySet();
    }

    DynamoDbEventStore events(String context) {
        return new DynamoDbEventStore(dynamo, table(context));
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
    Commit commitOf(ContextStream stream, long version) {
        return tables.containsKey(stream.context())
                ? events(stream.context()).commitOf(stream.stream(), version)
                : null;
    }

    /**
     * Finds a stream.
     *
     * @param text {@code child#simo}, or {@code wishes/child#simo} where several contexts have such a stream
     * @throws LocalCloudException if no context has it, or more than one
     */
    public ContextStream find(String text) {
        int slash = text.indexOf('/');
        boolean named = slash >= 0 && slash < text.indexOf('#');
        String context = named ? text.substring(0, slash) : "";
        StreamId stream = stream(named ? text.substring(slash + 1) : text);
        List<String> having = (named ? List.of(context) : List.copyOf(tables.keySet()))
                .stream().filter(one -> events(one).head(stream) > 0).toList();
        if (having.isEmpty()) {
            throw new LocalCloudException(
                    named
                            ? "The context " + context + " has no stream '" + stream + "'."
                            : "There is no stream '" + stream + "' in " + String.join(", ", tables.keySet()) + ".");
        }
        if (having.size() > 1) {
            throw new LocalCloudException("Several contexts have a stream '" + stream + "'. Name one: "
                    + String.join(
                            ", ", having.stream().map(one -> one + "/" + stream).toList()) + ".");
        }
        return new ContextStream(having.getFirst(), stream);
    }

    private static StreamId stream(String text) {
        try {
            return StreamId.parse(text);
        } catch (Id.InvalidId e) {
            throw new LocalCloudException("The stream '" + text + "' " + e.getMessage() + ".", e);
        }
    }
}
