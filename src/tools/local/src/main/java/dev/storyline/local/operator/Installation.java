package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.ObjectStore;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * What an operator works on: a local cloud, running or not, or an account of AWS. All are used through the same interfaces
 * of the AWS SDK with the rights of an operator: Lambda tells the functions with their settings and invokes the maintenance
 * functions of slices, DynamoDB reads the event tables.
 */
public final class Installation implements AutoCloseable {
    private static final String MAINTENANCE = "-upkeep";
    private static final String INTERNAL = "-inner";

    /** A maintenance function that is busy is asked again, for two minutes. */
    private static final int MOST_TRIES = 24;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final Connection connection;

    /** The ARNs of the maintenance functions, by slice. */
    private final Map<String, String> maintenance = new TreeMap<>();

    /** The ARNs of the internal endpoints of commands, by slice. */
    private final Map<String, String> deciders = new TreeMap<>();

    /** The names of the event tables, by context. */
    private final Map<String, String> eventTables = new TreeMap<>();

    /** The settings of the archives, by context. */
    private final Map<String, ArchiveSettings> archives = new TreeMap<>();

    /** The functions that know no archive, by context: commands must not meet what they do not know. */
    private final Map<String, Set<String>> withoutArchive = new TreeMap<>();

    /**
     * What the functions of a context say of its archive.
     *
     * @param bucket the bucket of the objects
     * @param keep how long a stream stays, by the stored name of the event that ends it
     */
    record ArchiveSettings(String bucket, Map<String, Duration> keep) {}

    /**
     * How an installation is reached.
     *
     * @param place what messages call it, at the beginning of a sentence: {@code The local cloud}
     * @param lambda invokes functions, without retries and with the patience of the longest function
     * @param dynamo reads tables, and writes event tables for the archiver
     * @param objects reads archives, and writes them for the archiver
     * @param stage the stage whose functions count; null for all
     * @param actor who the operator is
     * @param failures says what a failed call means
     * @param local what only a local cloud has; null on AWS
     * @param closing releases everything
     */
    record Connection(
            String place,
            LambdaClient lambda,
            DynamoDbClient dynamo,
            ObjectStore objects,
            @Nullable String stage,
            Supplier<String> actor,
            SdkFailures failures,
            @Nullable LocalSide local,
            Runnable closing) {}

    /**
     * Looks which slices an installation has.
     *
     * @param contexts the contexts that count; empty for all
     * @throws LocalCloudException if it cannot be reached, or has no such stage or context
     */
    Installation(Connection connection, Set<String> contexts) {
        this.connection = connection;
        try {
            look(contexts);
        } catch (SdkException e) {
            connection.closing().run();
            throw connection.failures().sentence(e);
        } catch (RuntimeException e) {
            connection.closing().run();
            throw e;
        }
    }

    private void look(Set<String> contexts) {
        Set<String> stages = new TreeSet<>();
        for (FunctionConfiguration function :
                connection.lambda().listFunctionsPaginator().functions()) {
            Map<String, String> settings = function.environment() == null
                    ? Map.of()
                    : function.environment().variables();
            String slice = settings.getOrDefault("SLICE", "");
            String stage = settings.getOrDefault("STAGE", "");
            if (slice.indexOf('/') < 0 || stage.isEmpty()) {
                continue;
            }
            stages.add(stage);
            String context = contextOf(slice);
            if (connection.stage() != null && !connection.stage().equals(stage)) {
                continue;
            }
            String table = settings.get("EVENT_TABLE");
            if (table != null) {
                eventTables.put(context, table);
            }
            note(context, slice, settings);
            if (settings.getOrDefault("QUARKUS_FUNQY_EXPORT", "").endsWith(MAINTENANCE)) {
                maintenance.put(slice, function.functionArn());
            }
            if (settings.getOrDefault("QUARKUS_FUNQY_EXPORT", "").endsWith(INTERNAL)) {
                deciders.put(slice, function.functionArn());
            }
        }
        check(contexts, stages);
        if (!contexts.isEmpty()) {
            eventTables.keySet().retainAll(contexts);
            maintenance.keySet().removeIf(slice -> !contexts.contains(contextOf(slice)));
            deciders.keySet().removeIf(slice -> !contexts.contains(contextOf(slice)));
        }
    }

    private void note(String context, String slice, Map<String, String> settings) {
        String bucket = settings.get("ARCHIVE");
        if (settings.get("EVENT_TABLE") != null && bucket == null) {
            withoutArchive.computeIfAbsent(context, _ -> new TreeSet<>()).add(slice);
        }
        String ends = settings.get("ENDS");
        if (bucket != null && ends != null) {
            Map<String, Duration> keep = new TreeMap<>();
            for (String end : ends.split(" ")) {
                int equals = end.indexOf('=');
                keep.put(end.substring(0, equals), Duration.ofDays(Long.parseLong(end.substring(equals + 1))));
            }
            archives.put(context, new ArchiveSettings(bucket, keep));
        }
    }

    /**
     * What the functions of a context say of its archive.
     *
     * @throws LocalCloudException if no stream of the context ends, or a slice of it is older than its archive
     */
    ArchiveSettings archive(String context) {
        String table = eventTable(context);
        ArchiveSettings settings = archives.get(context);
        if (settings == null) {
            throw new LocalCloudException("No stream of the context '" + context
                    + "' ends: its model says 'ends' and 'keep' of none. Nothing leaves the table " + table + ".");
        }
        Set<String> older = withoutArchive.getOrDefault(context, Set.of());
        if (!older.isEmpty()) {
            throw new LocalCloudException("Nothing was archived, because these slices do not know the archive yet: "
                    + String.join(", ", older) + ". Deploy them anew.");
        }
        return settings;
    }

    /** The objects of archives, with the rights of an operator. */
    public ObjectStore objects() {
        return connection.objects();
    }

    private void check(Set<String> contexts, Collection<String> stages) {
        if (eventTables.isEmpty() && connection.stage() != null) {
            throw new LocalCloudException(connection.place() + " has no context: "
                    + (stages.isEmpty()
                            ? "no function there is of Storyline."
                            : "the stages there are " + String.join(", ", stages) + "."));
        }
        for (String context : contexts) {
            if (!eventTables.containsKey(context)) {
                throw new LocalCloudException(connection.place() + " leaves the context '" + context + "' out: it has "
                        + String.join(", ", eventTables.keySet()) + ".");
            }
        }
    }

    /** The context of a slice. */
    static String contextOf(String slice) {
        return slice.substring(0, slice.indexOf('/'));
    }

    /** What messages call it, at the beginning of a sentence. */
    public String place() {
        return connection.place();
    }

    /** The slices that have a view or an event handler, {@code wishes/child-wishes}. */
    public List<String> slices() {
        return List.copyOf(maintenance.keySet());
    }

    /** The contexts, in the order of their names. */
    public List<String> contexts() {
        return List.copyOf(eventTables.keySet());
    }

    /**
     * The name of the event table of a context.
     *
     * @throws LocalCloudException if there is no such context
     */
    public String eventTable(String context) {
        String table = eventTables.get(context);
        if (table == null) {
            throw new LocalCloudException(connection.place() + " has no context '" + context + "'. There are: "
                    + String.join(", ", eventTables.keySet()) + ".");
        }
        return table;
    }

    /** Reads the event tables, with the rights of an operator. */
    public DynamoDbClient dynamo() {
        return connection.dynamo();
    }

    /** Who the operator is: the name of the user of this machine, or the identity at AWS. */
    public String actor() {
        return connection.actor().get();
    }

    /**
     * Does something with the clients of the SDK, and says what a failure means.
     *
     * @throws LocalCloudException if a call fails
     */
    public <T> T calling(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (SdkException e) {
            throw connection.failures().sentence(e);
        }
    }

    /**
     * Asks the maintenance function of a slice once.
     *
     * @param request the operation and its parameters
     * @throws LocalCloudException if there is no such slice, or the function fails
     */
    public JsonNode ask(String slice, JsonNode request) {
        String function = maintenance.get(slice);
        if (function == null) {
            throw new LocalCloudException("There is no view and no event handler '" + slice + "'. There are: "
                    + String.join(", ", slices()) + ".");
        }
        return calling(() -> invoke(slice, function, request));
    }

    /** The slices that tell what they fold: those with a view or an event handler, and commands with an internal endpoint. */
    public List<String> folding() {
        Set<String> all = new TreeSet<>(maintenance.keySet());
        all.addAll(deciders.keySet());
        return List.copyOf(all);
    }

    /**
     * Asks a slice what it folds from a stream, up to a version.
     *
     * @return {@code version}, {@code state}, and of a view {@code rows} and {@code moreRows}
     * @throws LocalCloudException if there is no such slice, or its function fails or is older than the question
     */
    public ObjectNode fold(String slice, StreamId stream, long version) {
        String decider = deciders.get(slice);
        ObjectNode question = Json.mapper()
                .createObjectNode()
                .put("stream", stream.toString())
                .put("at", version);
        if (decider == null) {
            return (ObjectNode) ask(slice, question.put("do", "fold"));
        }
        // An older endpoint takes this for a command that is no object, and does nothing.
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", "fold")
                .put("actor", "operator")
                .put("correlation", "fold")
                .put("followedUp", false)
                .put("command", "none");
        message.set("fold", question);
        JsonNode answer = calling(() -> invoke(slice, decider, message));
        if (!answer.has("state")) {
            throw new LocalCloudException("The slice " + slice + " is older than this question: deploy it anew.");
        }
        ObjectNode state = Json.mapper()
                .createObjectNode()
                .put("version", answer.path("version").asLong());
        return state.set("state", answer.path("state"));
    }

    private JsonNode invoke(String slice, String function, JsonNode request) {
        InvokeResponse response = null;
        for (int tries = 1; response == null; tries++) {
            try {
                response = connection
                        .lambda()
                        .invoke(call ->
                                call.functionName(function).payload(SdkBytes.fromUtf8String(request.toString())));
            } catch (TooManyRequestsException e) {
                if (tries == MOST_TRIES) {
                    throw new LocalCloudException(
                            "The function of " + slice + " is busy: run the command again later.", e);
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
        JsonNode payload = read(response.payload().asUtf8String());
        if (response.functionError() != null) {
            throw new LocalCloudException(payload.path("errorMessage").asText(payload.toString()));
        }
        return payload;
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new LocalCloudException("A maintenance function answered something that is not JSON: " + text, e);
        }
    }

    /**
     * Reads the clock of a local cloud, or moves it.
     *
     * @param request {@code to} or {@code by}; empty to read it
     * @return {@code now} and {@code ahead}, or {@code failed} with the reason
     * @throws LocalCloudException on AWS
     */
    JsonNode clock(ObjectNode request) {
        LocalSide local = connection.local();
        if (local == null) {
            throw new LocalCloudException("The clock of AWS cannot be moved.");
        }
        return local.clock(request);
    }

    /** What only a local cloud offers; null on AWS. */
    @Nullable
    LocalSide local() {
        return connection.local();
    }

    /** How far the clock of a local cloud is ahead of that of the machine; zero on AWS. */
    Duration ahead() {
        LocalSide local = connection.local();
        return local == null
                ? Duration.ZERO
                : Duration.parse(local.clock(Json.mapper().createObjectNode())
                        .path("ahead")
                        .asText("PT0S"));
    }

    @Override
    public void close() {
        connection.closing().run();
    }
}
