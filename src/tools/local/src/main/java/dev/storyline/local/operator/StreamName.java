package dev.storyline.local.operator;

import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A stream as an operator names it: {@code child#simo}, or with its context, {@code wishes/child#simo}.
 *
 * @param context the context
 * @param stream the stream
 */
public record StreamName(String context, StreamId stream) {
    /**
     * The name of a stream of the context of a slice.
     *
     * @param slice {@code wishes/child-wishes}
     * @param name the stream, with the context or without it
     * @throws LocalCloudException if it is the stream of another context, or no name of a stream
     */
    public static String within(String slice, String name) {
        String context = Installation.contextOf(slice);
        int slash = contextEnd(name);
        if (slash >= 0 && !name.substring(0, slash).equals(context)) {
            throw new LocalCloudException("The stream '" + name + "' is not of the context '" + context + "'.");
        }
        return parsed(slash < 0 ? name : name.substring(slash + 1), name).toString();
    }

    /**
     * Finds the stream of an installation that an operator names.
     *
     * @throws LocalCloudException if there is no such stream, or if several contexts have one and the name does not say which
     */
    public static StreamName find(Installation installation, String name) {
        int slash = contextEnd(name);
        if (slash >= 0) {
            StreamName found = new StreamName(name.substring(0, slash), parsed(name.substring(slash + 1), name));
            if (!found.isIn(installation)) {
                throw new LocalCloudException("There is no stream '" + name + "'.");
            }
            return found;
        }
        StreamId stream = parsed(name, name);
        List<StreamName> found = new ArrayList<>();
        for (String context : installation.contexts()) {
            StreamName here = new StreamName(context, stream);
            if (here.isIn(installation)) {
                found.add(here);
            }
        }
        if (found.isEmpty()) {
            throw new LocalCloudException(
                    "There is no stream '" + name + "' in " + String.join(", ", installation.contexts()) + ".");
        }
        if (found.size() > 1) {
            throw new LocalCloudException("Several contexts have a stream '" + name + "'. Name one of them: "
                    + String.join(", ", found.stream().map(StreamName::toString).toList()) + ".");
        }
        return found.getFirst();
    }

    /** Where the context ends in a name; -1 where the name has none. */
    private static int contextEnd(String name) {
        int slash = name.indexOf('/');
        int hash = name.indexOf('#');
        return slash >= 0 && (hash < 0 || slash < hash) ? slash : -1;
    }

    private static StreamId parsed(String stream, String name) {
        try {
            return StreamId.parse(stream);
        } catch (Id.InvalidId e) {
            throw new LocalCloudException("The stream '" + name + "' " + e.getMessage() + ".", e);
        }
    }

    /** Whether the event table of the context has the stream. Costs half a read unit. */
    private boolean isIn(Installation installation) {
        String table = installation.eventTable(context);
        return installation.calling(() -> installation
                        .dynamo()
                        .query(query -> query.tableName(table)
                                .keyConditionExpression("#stream = :stream")
                                .expressionAttributeNames(Map.of("#stream", "stream"))
                                .expressionAttributeValues(Map.of(":stream", AttributeValue.fromS(stream.toString())))
                                .limit(1))
                        .count()
                > 0);
    }

    @Override
    public String toString() {
        return context + "/" + stream;
    }
}
